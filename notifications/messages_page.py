"""Draw docs/messages.md: everything that leaves, why it is sent, what stops it, and the facts that notices state."""

from collections.abc import Iterator

from django.utils import translation

from cases.rules.correspondence import needs_proof
from notifications.alerts.kinds import AlertKind
from notifications.catalogue import MAILS, Mail
from notifications.correspondence import DOOR_CODE, LETTERS, STAFF
from notifications.described import DESCRIBED, Form

HEADER = """# Everything that can leave

Drawn from `notifications/catalogue.py`, `described.py` and `correspondence.py` by `manage.py draw_messages`; a test
fails when this page is stale, and another renders every mail in every language from the facts it declares. Five of them
as pictures: [mails.md](mails.md). Why counsel may change their words, and how:
[decision 8](decisions/0008-wording-of-messages.md).

The legal basis is engineering input, not legal advice; what is not verified against a source says so.
"""
FORMS = {Form.WORDS: "within a sentence", Form.BLOCK: "on a line of its own", Form.FLAG: "for conditions"}


def page() -> str:
    """Return the whole page, in Markdown."""
    with translation.override("en"):
        return "\n".join([HEADER, *_mails(), *_others(), *_facts()])


def _mails() -> Iterator[str]:
    yield "## Notices to customers\n"
    yield "| mail | for | why it is sent | an order not to tell | must state | states where known |"
    yield "|---|---|---|---|---|---|"
    yield from (_row(mail) for mail in MAILS.values())
    yield ""


def _row(mail: Mail) -> str:
    stopped = _stops(mail.stopped_by_order)
    needs, may = (", ".join(f"`{name}`" for name in mail.in_order if name in part) for part in (mail.needs, mail.may))
    cells = (f"`{mail.name}`: {mail.title}", mail.whom, mail.basis, stopped, needs, may or "–")
    return f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in cells)} |"


def _others() -> Iterator[str]:
    yield "## Letters to authorities\n"
    yield "| letter | for | why it is sent | leaves only while it is proven who asks |"
    yield "|---|---|---|---|"
    for kind, sent in LETTERS.items():
        yield f"| `{kind}`: {kind.label} | {sent.whom} | {sent.basis} | {'yes' if needs_proof(kind) else 'no'} |"
    yield "\nAn order not to tell the customer stops none of them: they go to who asks.\n"
    yield "## Word to staff, and the customer's code\n"
    yield "| what | for | why it is sent | an order not to tell |"
    yield "|---|---|---|---|"
    for staff_kind, sent in STAFF.items():
        yield f"| `{staff_kind}`: {staff_kind.label} | {sent.whom} | {sent.basis} | {_stops(sent.stopped_by_order)} |"
    yield f"| `door_code`: Code | {DOOR_CODE.whom} | {DOOR_CODE.basis} | {_stops(DOOR_CODE.stopped_by_order)} |"
    yield (
        "\nWhat staff are told of: " + ", ".join(str(kind.label) for kind in AlertKind) + ". Never of a sealed case.\n"
    )


def _stops(stopped: bool) -> str:
    return "stops it" if stopped else "does not stop it"


def _facts() -> Iterator[str]:
    yield "## The facts\n"
    yield "| fact | what it is | in a wording |"
    yield "|---|---|---|"
    for name, described in DESCRIBED.items():
        yield f"| `{name}` | {described.words} | {FORMS[described.form]} |"
    yield ""
