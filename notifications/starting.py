"""The built-in words of a mail as a text to start from, in the language of wordings.

Made by rendering the built-in templates with facts that are their own placeholders, so that it never falls behind them.
Where the built-in words turn on a yes or no they are given for no; the checks say what is left to do, if anything.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from django.template.loader import render_to_string

from notifications.catalogue import Mail
from notifications.described import DESCRIBED, Form
from notifications.facts import Context, Silence
from notifications.outcomes import Result
from notifications.saying import said
from notifications.targets import Accounts

HEADING = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
LEADS_IN = (":", "：")


def starting_words(mail: Mail) -> tuple[str, str]:
    """Return subject and text to start from, in the language in use."""
    context = _placeholders(mail)
    built_in = said(mail, context, None)
    paragraphs = [_conditioned(mail, one) for one in _own_paragraphs(mail, context)]
    if "result" in mail.may:
        paragraphs += _without_result(mail, context)
    return built_in.subject, "\n\n".join([*_heading(built_in.html), *paragraphs])


def _placeholders(mail: Mail) -> Context:
    return {name: _placeholder(name) for name in mail.facts}


def _placeholder(name: str) -> object:
    """Return a fact of the right kind whose only word is its placeholder."""
    mark = f"{{{{ {name} }}}}"
    if DESCRIBED[name].form == Form.FLAG:
        return None
    match name:
        case "accounts":
            return Accounts((mark,), 0)
        case "silence":
            return Silence(mark, "", "")
        case "result":
            return Result(mark)
        case "decision" | "reasons" | "redress":
            return mark
    return [mark] if DESCRIBED[name].form == Form.BLOCK else mark


def _heading(html: str) -> list[str]:
    """Return the heading that the built-in HTML has; the text has none."""
    found = HEADING.search(html)
    return [f"# {unescape(found[1])}"] if found else []


def _own_paragraphs(mail: Mail, context: Context) -> list[str]:
    """Return the paragraphs of the mail without those of the frame, facts that are blocks on lines of their own."""
    whole = said(mail, context, None).text.rstrip()
    for frame in (context, {**context, "window_until": None}):
        whole = whole.removesuffix(render_to_string("notifications/wording/body.txt", frame).strip()).rstrip()
    lines = (_alone(mail, line) for line in whole.strip().splitlines())
    return list(_led_in("\n".join(lines).split("\n\n")))


def _alone(mail: Mail, line: str) -> str:
    for name in mail.facts:
        if DESCRIBED[name].form == Form.BLOCK and (mark := f"{{{{ {name} }}}}") in line:
            return mark
    return line.strip()


def _led_in(paragraphs: Iterable[str]) -> Iterator[str]:
    """Join what ends in a colon with what it leads in."""
    waiting = ""
    for paragraph in (one.strip() for one in paragraphs):
        if paragraph.endswith(LEADS_IN) and not waiting:
            waiting = paragraph
        elif paragraph:
            yield f"{waiting}\n{paragraph}" if waiting else paragraph
            waiting = ""


def _conditioned(mail: Mail, paragraph: str) -> str:
    """Return the paragraph under the condition that the fact in it is there, where it may be missing."""
    for name in mail.in_order:
        mark = f"{{{{ {name} }}}}"
        if name in mail.may and mark in paragraph and paragraph != mark:
            return f"{{% if {name} %}}\n{paragraph}\n{{% endif %}}" if "\n" in paragraph else _around(name, paragraph)
    return paragraph


def _around(name: str, words: str, no: str = "") -> str:
    return f"{{% if {no}{name} %}}{words}{{% endif %}}"


def _without_result(mail: Mail, context: Context) -> list[str]:
    """Return what the mail says while nothing became of the request yet."""
    usual = _own_paragraphs(mail, context)
    found = _own_paragraphs(mail, {**context, "result": None})
    return [_around("result", one, "not ") for one in found if one not in usual]
