"""What a cell can hold: text in, value out, BadValue with a sentence when it is something else."""

import re
from collections.abc import Callable, Collection
from datetime import date, datetime
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from cases.states import TargetKind
from cases.target_kinds import LONGEST
from intake.countries import CODES
from intake.imports.problems import BadValue

INDEFINITE = "indefinite"
OTHER_KINDS = tuple(kind for kind in TargetKind.values if kind not in (TargetKind.ACCOUNT, TargetKind.DOMAIN))
SHOWN = 40  # characters of a wrong value that an error repeats

# What PostgreSQL holds in no text. A lone surrogate stands for a byte that is not UTF-8: see files.py.
UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")


def shown(value: str) -> str:
    """Return the value as an error repeats it: short, on one line."""
    line = " ".join(value.split())
    return f"“{line[:SHOWN]}…”" if len(line) > SHOWN else f"“{line}”"


def text(most: int) -> Callable[[str], str]:
    """Return a reader of text of at most so many characters."""

    def read(value: str) -> str:
        if len(value) > most:
            raise BadValue(_("has %(length)d characters; at most %(most)d fit") % {"length": len(value), "most": most})
        return value

    return read


def one_of(words: Collection[str]) -> Callable[[str], str]:
    """Return a reader of one word of a list."""

    def read(value: str) -> str:
        if value not in words:
            raise BadValue(_("%(value)s is not one of: %(words)s") % {"value": shown(value), "words": ", ".join(words)})
        return value

    return read


def instant(value: str) -> datetime:
    """Return an aware instant."""
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise BadValue(
            _("%(value)s is not a time of ISO 8601, such as 2018-07-26T02:33:22Z") % {"value": shown(value)}
        ) from None
    if at.tzinfo is None:
        raise BadValue(
            _("%(value)s has no offset: write Z, or +02:00, after the time of day") % {"value": shown(value)}
        )
    return at


@lru_cache(maxsize=4096)
def day(value: str) -> date:
    """Return a date."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadValue(_("%(value)s is not a date of ISO 8601, such as 2018-07-26") % {"value": shown(value)}) from None


def last_day(value: str) -> date | str:
    """Return the last day, or INDEFINITE."""
    return INDEFINITE if value == INDEFINITE else day(value)


def flag(value: str) -> bool:
    """Return true or false."""
    if value not in ("true", "false"):
        raise BadValue(_("%(value)s is not true or false") % {"value": shown(value)})
    return value == "true"


def country(value: str) -> str:
    """Return two letters of ISO 3166-1."""
    code = value.upper()
    if code not in CODES:
        raise BadValue(_("%(value)s is not a country code of ISO 3166-1, such as GB") % {"value": shown(value)})
    return code


@lru_cache(maxsize=4096)
def email(value: str) -> str:
    """Return an e-mail address in lower case."""
    try:
        validate_email(value)
    except ValidationError:
        raise BadValue(_("%(value)s is not an e-mail address") % {"value": shown(value)}) from None
    return value.lower()


def pieces(value: str) -> tuple[str, ...]:
    """Return the pieces between semicolons, each once, in their order."""
    found = tuple(dict.fromkeys(piece for piece in map(str.strip, value.split(";")) if piece))
    # First by the whole: most lists are shorter than one target may be.
    if len(value.encode()) > LONGEST and any(len(one.encode()) > LONGEST for one in found):
        raise BadValue(_("one of them is longer than %(most)d bytes") % {"most": LONGEST})
    return found


def words_of(words: Collection[str]) -> Callable[[str], tuple[str, ...]]:
    """Return a reader of pieces that are all words of a list."""
    word = one_of(words)

    @lru_cache(maxsize=256)
    def read(value: str) -> tuple[str, ...]:
        return tuple(word(piece) for piece in pieces(value))

    return read


def other_targets(value: str) -> tuple[tuple[str, str], ...]:
    """Return kind and value of each piece `kind:value`."""
    found = []
    for piece in pieces(value):
        kind, colon, rest = (part.strip() for part in piece.partition(":"))
        if not colon or not rest or kind not in OTHER_KINDS:
            raise BadValue(
                _("%(value)s is not kind:value with one of the kinds %(kinds)s")
                % {"value": shown(piece), "kinds": ", ".join(OTHER_KINDS)}
            )
        found.append((kind, rest))
    return tuple(dict.fromkeys(found))
