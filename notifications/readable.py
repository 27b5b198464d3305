"""What others wrote, as it may stand between our own words: nothing in it turns them around, hides or floods them."""

import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

LONGEST = 300  # characters of a name within a sentence of ours; the whole stands on the staff's pages
JOINERS = "\u200c\u200d"  # which scripts of India, Persian and emoji are written with
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
ISOLATE, END = "\u2068", "\u2069"  # first strong isolate, pop directional isolate (Unicode Annex 9)
FROM_RIGHT = {"R", "AL", "AN"}

# Texts of several paragraphs, as long as their writers, who are ours or a court, made them.
WHOLE = frozenset({"reasons", "redress", "decision"})


def readable_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts with every name in them on one line, short enough, and unable to reorder what stands beside it.

    A name in a script that is written from the right is set apart, so that it moves no number or mark of ours.
    """
    return {name: _of(value, is_whole=name in WHOLE) for name, value in facts.items()}


def readable(text: str) -> str:
    """Return a name without what cannot be seen, cut with an ellipsis; set apart where it is written from the right."""
    shown = " ".join(_seen(text).split())
    cut = shown if len(shown) <= LONGEST else shown[: LONGEST - 1].rstrip() + "…"
    return _set_apart(cut)


def _of(value: Any, *, is_whole: bool) -> Any:
    if isinstance(value, str):
        return "\n".join(map(_seen, value.splitlines())) if is_whole else readable(value)
    if isinstance(value, list | tuple):
        return type(value)(_of(one, is_whole=is_whole) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _of(getattr(value, one.name), is_whole=False) for one in fields(value)})
    return value


def _seen(text: str) -> str:
    return "".join(_char(char) for char in text)


def _char(char: str) -> str:
    if char in JOINERS or unicodedata.category(char) not in UNSEEN:
        return char
    return " " if char.isspace() else ""


def _set_apart(text: str) -> str:
    is_mixed = any(unicodedata.bidirectional(char) in FROM_RIGHT for char in text)
    return f"{ISOLATE}{text}{END}" if is_mixed else text
