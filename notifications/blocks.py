"""Blocks of a mail: how facts that are lists or quotations become blocks, and blocks become text or HTML."""

from collections.abc import Iterable, Mapping
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.described import DESCRIBED, Form
from notifications.facts import Context, Silence
from notifications.markup import Block, Kind, one_line
from notifications.outcomes import Result
from notifications.targets import Accounts


def shown(context: Context) -> Mapping[str, tuple[Block, ...]]:
    """Return every fact that stands on a line of its own as blocks; none where it is not there."""
    return {name: tuple(_blocks(value)) for name, value in context.items() if DESCRIBED[name].form == Form.BLOCK}


def _blocks(value: object) -> Iterable[Block]:
    match value:
        case Accounts():
            more = ngettext("and %(more)s more of yours", "and %(more)s more of yours", value.more)
            return [_points([*value.named, *([more % {"more": value.more}] if value.more else [])])]
        case Result():
            return [Block(Kind.PARAGRAPH, (value.sentence,)), _points(value.given)]
        case Silence():
            return [Block(Kind.PARAGRAPH, (_silence(value),))]
        case list():
            return [_points(value)]
        case str() if value.strip():
            return [Block(Kind.QUOTE, tuple(one_line(part) for part in value.split("\n\n") if part.strip()))]
    return []


def _points(words: Iterable[object]) -> Block:
    return Block(Kind.POINTS, tuple(one_line(word) for word in words))


def _silence(silence: Silence) -> str:
    facts = {"provision": silence.provision, "court": silence.court, "until": silence.until}
    if silence.court:
        return _("We were forbidden to tell you earlier (%(provision)s, %(court)s). That ended with %(until)s.") % facts
    return _("We were forbidden to tell you earlier (%(provision)s). That ended with %(until)s.") % facts


def as_text(blocks: Iterable[Block]) -> str:
    """Return the blocks as plain text, an empty line between two; a list follows its heading at once."""
    text = ""
    for block in blocks:
        gap = "" if not text else "\n" if block.kind == Kind.POINTS else "\n\n"
        text += gap + _lines(block)
    return text


def _lines(block: Block) -> str:
    match block.kind:
        case Kind.POINTS:
            return "\n".join(f"- {line}" for line in block.lines)
        case Kind.QUOTE:
            return "\n\n".join(block.lines)
    return "\n".join(block.lines)


def as_html(blocks: Iterable[Block]) -> SafeString:
    """Return the blocks as HTML, every word of them escaped. The first heading is the mail's."""
    headings = 0
    parts: list[SafeString] = []
    for block in blocks:
        headings += block.kind == Kind.HEADING
        parts.append(_element(block, "h1" if headings == 1 else "h2"))
    return format_html_join("\n", "{}", ((part,) for part in parts))


def _element(block: Block, heading: Literal["h1", "h2"]) -> SafeString:
    match block.kind:
        case Kind.POINTS:
            return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line,) for line in block.lines)))
        case Kind.QUOTE:
            lines = format_html_join("", "<p>{}</p>", ((line,) for line in block.lines))
            return format_html("<blockquote>{}</blockquote>", lines)
        case Kind.HEADING:
            return format_html(f"<{heading}>{{}}</{heading}>", " ".join(block.lines))
    return format_html("<p>{}</p>", format_html_join(mark_safe("<br>"), "{}", ((line,) for line in block.lines)))
