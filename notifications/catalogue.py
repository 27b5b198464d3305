"""Every mail that can leave, in one table: its name (and its templates' folder's), for whom it is, what it must state.

A mail knows the facts that it declares and no others. One that is missing stops the sending: rather no mail than one
with a hole. Templates: templates/notifications/<name>/{subject.txt,body.txt,body.html}. What a fact is: described.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.described import DESCRIBED, Described

COMMON = frozenset({"provider", "contact", "reference", "accounts", "page", "page_until"})
ASKED_BY = frozenset({"agency", "order", "law", "received_on"})
# What a notice repeats of an order that takes effect: Reg. (EU) 2022/2065 Arts. 9(5), 10(5).
STATED = frozenset({"effects", "reasons", "redress"})
# What the frame of every mail says, whatever stands in it: templates/notifications/mail.{html,txt}.
FRAMED = frozenset({"provider", "contact", "reference", "page", "page_until"})

POLICY = "operator's policy: no statute asks a provider for it"
PRACTICE = "practice of published guidelines (Automattic, Cloudflare, GitHub, Google)"
AFTER_ORDER = "18 USC 2705(b): the order forbids for a time only"
CONTROLLER = "Reg. (EU) 2016/679 Art. 28(3)(a) (not verified); Reg. (EU) 2023/1543 Annex I, section G(d)"
TAKES_EFFECT = "Reg. (EU) 2022/2065 Arts. 9(5), 10(5); for other orders, operator's policy"


@dataclass(frozen=True)
class Mail:
    """A mail: its title and for whom it is, in staff's words; why it is sent, in law or in policy.

    `needs` are the facts without which it does not leave, `may` those that it states where there are any;
    `stopped_by_order` is whether an order not to tell stops it.
    """

    name: str
    title: Promise
    whom: Promise
    basis: str
    needs: frozenset[str]
    may: frozenset[str] = frozenset()
    stopped_by_order: bool = True

    @property
    def facts(self) -> frozenset[str]:
        """Everything its templates may speak of."""
        return self.needs | self.may

    @property
    def in_order(self) -> tuple[str, ...]:
        """The same, in the order in which facts are described."""
        return tuple(name for name in DESCRIBED if name in self.facts)

    @property
    def listed(self) -> list[tuple[str, Described, str]]:
        """Each fact with what it is, and where it is said: by the frame, always, or where it is known."""
        where = dict.fromkeys(self.may, "known") | dict.fromkeys(self.needs, "always") | dict.fromkeys(FRAMED, "framed")
        return [(name, DESCRIBED[name], where[name]) for name in self.in_order]


def _mail(name: str, title: Promise, whom: Promise, basis: str, *needs: str, may: frozenset[str] = frozenset()) -> Mail:
    return Mail(name, title, whom, basis, COMMON | set(needs), may)


MAILS: Mapping[str, Mail] = {
    mail.name: mail
    for mail in (
        _mail(
            "request_for_data",
            _("Request for data, with days to object"),
            _("whose data are asked for, with days to object"),
            f"{POLICY}; {PRACTICE}",
            *ASKED_BY,
            "asked",
            "not_asked",
            "window_until",
        ),
        _mail(
            "reminder",
            _("Reminder before the days to object end"),
            _("who was told of a request and has not answered, before the days to object end"),
            POLICY,
            "agency",
            "window_until",
            may=frozenset({"asked"}),
        ),
        _mail(
            "request_received",
            _("Request received"),
            _("whom a request is about, with nothing (left) to object to"),
            f"{POLICY}; {PRACTICE}",
            *ASKED_BY,
            may=frozenset({"asked", "not_asked", "result", "keeps"}) | STATED,
        ),
        _mail(
            "request_to_controller",
            _("Request to who is responsible for data"),
            _("who is responsible for data that an order asks for, apart from the person"),
            CONTROLLER,
            *ASKED_BY,
            may=frozenset({"asked_of_person", "silence"}),
        ),
        _mail(
            "delayed_after_order",
            _("Told late, after an order not to tell"),
            _("who could not be told while silence was ordered"),
            f"{POLICY}; {AFTER_ORDER}",
            *ASKED_BY,
            "silence",
            may=frozenset({"asked", "not_asked", "window_until", "result", "keeps"}) | STATED,
        ),
        _mail(
            "delayed_after_emergency",
            _("Told late, after an emergency"),
            _("whose data left to avert a danger, once that is over"),
            f"{POLICY}; {PRACTICE}; what it tells of: 18 USC 2702(b)(8), (c)(4)",
            *ASKED_BY,
            "result",
            may=frozenset({"asked"}),
        ),
        _mail(
            "order_against_content",
            _("Order against content, a service or a domain"),
            _("whose content, service or domain an order is directed at"),
            TAKES_EFFECT,
            *ASKED_BY,
            may=frozenset({"silence", "result"}) | STATED,
        ),
        # No word of the target, its customer or anybody else who is hit, and no page that would have one.
        Mail(
            "affected",
            _("Hit beside the target of an order"),
            _("what of theirs is hit beside the target of an order"),
            POLICY,
            needs=frozenset({"provider", "contact", "reference", "hit", "hit_effects"}) | ASKED_BY,
            may=frozenset({"is_lifted"}),
        ),
        _mail("outcome", _("How it ended"), _("who was told of a request: how it ended"), POLICY, "agency", "result"),
        _mail(
            "decision",
            _("Decision, or fewer days to object"),
            _("who objected, or whose days to object became fewer"),
            POLICY,
            "agency",
            "answer_from",
            may=frozenset({"decision", "window_until"}),
        ),
        _mail(
            "fraud",
            _("An impostor asked"),
            _("about whom an impostor asked"),
            "practice after the FBI notification of 4 November 2024; where data left, Reg. (EU) 2016/679 Art. 34 "
            "(not verified)",
            "agency",
            "received_on",
            may=frozenset({"result"}),
        ),
    )
}
