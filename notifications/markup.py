"""The small language in which a wording is written: paragraphs, "- " lists, "# " headings, facts, and conditions.

    {{ fact }}                               a fact, within a sentence or, where it is a list, on a line of its own
    {% if fact %} … {% endif %}              only where the fact is there; {% if not fact %} where it is not

There is nothing else. We read it ourselves instead of confining Django's templates: what cannot be said needs no guard.
Facts are put in after the text was taken apart, so that nothing in them counts as a list, a heading or a mark.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

TOKEN = re.compile(r"\{\{ *([a-z_]+) *\}\}|\{% *(?:if +(not +)?([a-z_]+)|(endif)) *%\}")
MARK = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
DEEPEST = 4  # conditions within one another

# Where a fact goes in a text that is taken apart. Wordings hold no characters of private use: notifications.checking.
SLOT = re.compile("\ue000([a-z_]+)\ue001")


class NotReadable(Exception):
    """The text is not written in this language; the message says where and what would be right."""


@dataclass(frozen=True)
class Condition:
    """One `if`: what must be there, or must not."""

    fact: str
    is_negated: bool

    def holds(self, facts: Mapping[str, object]) -> bool:
        """Whether what stands in it is said."""
        return bool(facts.get(self.fact)) != self.is_negated


@dataclass(frozen=True)
class Piece:
    """A piece of a text, under the conditions around it: words of its writer, or a fact."""

    words: str
    fact: str
    conditions: tuple[Condition, ...]


class Kind(Enum):
    """What a block of a mail is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    POINTS = "points"
    QUOTE = "quote"


@dataclass(frozen=True)
class Block:
    """A block of a mail: the lines of a paragraph or heading, the points of a list, the paragraphs of a quotation."""

    kind: Kind
    lines: tuple[str, ...]


def pieces(text: str) -> list[Piece]:
    """Return the pieces of a text in their order. Raises NotReadable."""
    found, conditions, at = [], list[Condition](), 0
    for token in TOKEN.finditer(text):
        found.append(Piece(_plain(text[at : token.start()]), "", tuple(conditions)))
        at = token.end()
        fact, negated, asked, ends = token.groups()
        if fact:
            found.append(Piece("", fact, tuple(conditions)))
        elif ends and not conditions:
            raise NotReadable(_("There is an {% endif %} without its {% if … %}."))
        elif ends:
            conditions.pop()
        elif len(conditions) == DEEPEST:
            raise NotReadable(_("Conditions stand too deep within one another."))
        else:
            conditions.append(Condition(asked, bool(negated)))
    if conditions:
        raise NotReadable(_("The condition {%% if %(fact)s %%} has no {%% endif %%}.") % {"fact": conditions[-1].fact})
    return [*found, Piece(_plain(text[at:]), "", ())]


def blocks(text: str, facts: Mapping[str, object], shown: Mapping[str, tuple[Block, ...]]) -> list[Block]:
    """Return what the text says of these facts, block by block. Raises NotReadable.

    `shown` has the facts that stand on lines of their own, as blocks; every other one stands within its sentence.
    """
    said = [piece for piece in pieces(text) if all(one.holds(facts) for one in piece.conditions)]
    whole = "".join(piece.words or (f"\ue000{piece.fact}\ue001" if piece.fact else "") for piece in said)
    return _joined(_taken_apart(whole.splitlines(), facts, shown))


def _taken_apart(
    lines: Iterable[str], facts: Mapping[str, object], shown: Mapping[str, tuple[Block, ...]]
) -> Iterator[Block]:
    paragraph: list[str] = []
    for line in (one.strip() for one in lines):
        slot = SLOT.fullmatch(line)
        alone = slot[1] if slot and slot[1] in shown else None
        if paragraph and (alone or not line or line.startswith(("- ", "# "))):
            yield Block(Kind.PARAGRAPH, tuple(paragraph))
            paragraph = []
        if alone:
            yield from shown[alone]
        elif line.startswith("- "):
            yield Block(Kind.POINTS, (_filled(line[2:], facts),))
        elif line.startswith("# "):
            yield Block(Kind.HEADING, (_filled(line[2:], facts),))
        elif line:
            paragraph.append(_filled(line, facts))
    if paragraph:
        yield Block(Kind.PARAGRAPH, tuple(paragraph))


def _filled(line: str, facts: Mapping[str, object]) -> str:
    """Return the line with its facts in it, each on one line whatever it holds."""
    return SLOT.sub(lambda slot: one_line(facts.get(slot[1]) or ""), line).strip()


def _joined(found: Iterable[Block]) -> list[Block]:
    """Return the blocks, lists that follow one another as one: a condition between points leaves no gap."""
    whole: list[Block] = []
    for block in found:
        if whole and block.kind == whole[-1].kind == Kind.POINTS:
            whole[-1] = Block(Kind.POINTS, whole[-1].lines + block.lines)
        elif block.lines:
            whole.append(block)
    return whole


def one_line(value: object) -> str:
    """Return a fact as it stands within a sentence."""
    return " ".join(str(value).split())


def _plain(words: str) -> str:
    """Return words in which no mark is left. Raises NotReadable naming what stands there."""
    if wrong := MARK.search(words):
        raise NotReadable(
            _("“%(words)s” is not understood. Write {{ fact }}, {%% if fact %%}, {%% if not fact %%} or {%% endif %%}.")
            % {"words": one_line(words[wrong.start() : wrong.start() + 40])}
        )
    return words
