"""Draw docs/messages.md: every mail, why it is sent, what stops it, and the facts that it states."""

from collections.abc import Iterator

from django.utils import translation

from notifications.catalogue import MAILS, Mail
from notifications.described import DESCRIBED, Form

HEADER = """# Every mail that can leave

Drawn from `notifications/catalogue.py` and `notifications/described.py` by `manage.py draw_messages`; a test fails when
this page is stale, and another renders every mail in every language from the facts it declares. Five of them as
pictures: [mails.md](mails.md). Why counsel may change their words, and how:
[decision 11](decisions/0008-wording-of-messages.md).

The legal basis is engineering input, not legal advice; what is not verified against a source says so.
"""
FORMS = {Form.WORDS: "within a sentence", Form.BLOCK: "on a line of its own", Form.FLAG: "for conditions"}


def page() -> str:
    """Return the whole page, in Markdown."""
    with translation.override("en"):
        return "\n".join([HEADER, *_mails(), *_facts()])


def _mails() -> Iterator[str]:
    yield "| mail | for | why it is sent | an order not to tell | must state | states where known |"
    yield "|---|---|---|---|---|---|"
    yield from (_row(mail) for mail in MAILS.values())
    yield ""


def _row(mail: Mail) -> str:
    stopped = "stops it" if mail.stopped_by_order else "**does not stop it**"
    needs, may = (", ".join(f"`{name}`" for name in mail.in_order if name in part) for part in (mail.needs, mail.may))
    cells = (f"`{mail.name}`: {mail.title}", mail.whom, mail.basis, stopped, needs, may or "–")
    return f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in cells)} |"


def _facts() -> Iterator[str]:
    yield "## The facts\n"
    yield "| fact | what it is | in a wording |"
    yield "|---|---|---|"
    for name, described in DESCRIBED.items():
        yield f"| `{name}` | {described.words} | {FORMS[described.form]} |"
    yield ""
