"""What a mail says of its facts, in the built-in words or in the operator's: subject, text and HTML."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from notifications.blocks import as_html, as_text, shown
from notifications.catalogue import Mail
from notifications.checking import problems
from notifications.facts import Context
from notifications.markup import blocks
from notifications.wording_models import Wording


class WordingBroken(Exception):
    """The operator's words cannot be used for this mail, any more."""


@dataclass(frozen=True)
class Said:
    """A mail's subject on one line, its text and its HTML."""

    subject: str
    text: str
    html: str


def said(mail: Mail, context: Context, wording: Wording | None, *, frame: Context | None = None) -> Said:
    """Return what the mail says of these facts, in the language in use. Raises WordingBroken, never for None.

    `frame` is what only the frame around it needs to know. What a mail must say may have changed since a wording was
    approved, so it is checked anew each time.
    """
    if wording is None:
        return _built_in(mail, {**(frame or {}), **context})
    if problems(mail, wording.subject, wording.text):
        raise WordingBroken(str(wording))
    found = blocks(wording.text, context, shown(context))
    return Said(
        subject=" ".join(line for block in blocks(wording.subject, context, {}) for line in block.lines),
        text=_framed("body.txt", context, as_text(found)),
        html=_framed("body.html", {**(frame or {}), **context}, as_html(found)),
    )


def _built_in(mail: Mail, context: Context) -> Said:
    def part(name: str) -> str:
        return render_to_string(f"notifications/{mail.name}/{name}", {**context})  # a copy: templates set names in it

    return Said(" ".join(part("subject.txt").split()), part("body.txt"), part("body.html"))


def _framed(name: str, context: Context, words: str) -> str:
    """Return the words in the frame of every mail, which brings the page, who we are and how to be sure of it."""
    return render_to_string(f"notifications/wording/{name}", {**context, "said": words})
