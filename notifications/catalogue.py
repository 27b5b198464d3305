"""Every mail that can leave, in one table: its name (and its templates' folder's), for whom it is, what it must state.

A mail knows the facts that it declares and no others. One that is missing stops the sending: rather no mail than one
with a hole. Templates: templates/notifications/<name>/{subject.txt,body.txt,body.html}.
"""

from collections.abc import Mapping
from dataclasses import dataclass

COMMON = frozenset({"provider", "contact", "reference", "accounts", "page", "page_until"})
ASKED_BY = frozenset({"agency", "order", "law", "received_on"})
# What a notice repeats of an order that takes effect: Reg. (EU) 2022/2065 Arts. 9(5), 10(5).
STATED = frozenset({"effects", "reasons", "redress"})


@dataclass(frozen=True)
class Mail:
    """A mail: needs are the facts without which it does not leave, may are those that it states where there are any."""

    name: str
    whom: str
    needs: frozenset[str]
    may: frozenset[str] = frozenset()

    @property
    def facts(self) -> frozenset[str]:
        """Everything its templates may speak of."""
        return self.needs | self.may


def _mail(name: str, whom: str, *needs: str, may: frozenset[str] = frozenset()) -> Mail:
    return Mail(name, whom, COMMON | set(needs), may)


MAILS: Mapping[str, Mail] = {
    mail.name: mail
    for mail in (
        _mail(
            "request_for_data",
            "whose data are asked for, with days to object",
            *ASKED_BY,
            "asked",
            "not_asked",
            "window_until",
        ),
        _mail(
            "request_received",
            "whom a request is about, with nothing (left) to object to",
            *ASKED_BY,
            may=frozenset({"asked", "not_asked", "result", "keeps"}) | STATED,
        ),
        _mail(
            "request_to_controller",
            "who is responsible for data that an order asks for, apart from the person",
            *ASKED_BY,
            may=frozenset({"asked_of_person", "silence"}),
        ),
        _mail(
            "delayed_after_order",
            "who could not be told while silence was ordered",
            *ASKED_BY,
            "silence",
            may=frozenset({"asked", "not_asked", "window_until", "result", "keeps"}) | STATED,
        ),
        _mail(
            "delayed_after_emergency",
            "whose data left to avert a danger, once that is over",
            *ASKED_BY,
            "result",
            may=frozenset({"asked"}),
        ),
        _mail(
            "order_against_content",
            "whose content, service or domain an order is directed at",
            *ASKED_BY,
            may=frozenset({"silence", "result"}) | STATED,
        ),
        # No word of the target, its customer or anybody else who is hit, and no page that would have one.
        Mail(
            "affected",
            "what of theirs is hit beside the target of an order",
            needs=frozenset({"provider", "contact", "reference", "hit", "hit_effects"}) | ASKED_BY,
            may=frozenset({"is_lifted"}),
        ),
        _mail("outcome", "who was told of a request: how it ended", "agency", "result"),
        _mail(
            "decision",
            "who objected, or whose days to object became fewer",
            "agency",
            "answer_from",
            may=frozenset({"decision", "window_until"}),
        ),
        _mail("fraud", "about whom an impostor asked", "agency", "received_on", may=frozenset({"result"})),
    )
}
