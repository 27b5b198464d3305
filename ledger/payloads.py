"""From the arguments of an append to its payload: checked against the kind, in the order of its canonical form."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from ledger.facts import FACT_NAMES, Fact
from ledger.kinds import EntryKind, Field, Shape

Payload = dict[str, Any]

CODE = re.compile(r"[A-Za-z0-9_.:()/ §-]{0,80}")
# What the alphabet of codes would let through and is somebody's: words of prose (a name), a domain or IP address,
# a number to call or to pay with. "18 U.S.C. § 2705(b)", "Reg. (EU) 2023/1543 Art. 10" and "GDPR Art. 48" pass.
SOMEBODYS = re.compile(
    r"[a-z] [A-Za-z]|[A-Z]{2} [A-Z]{2}"
    r"|[A-Za-z0-9]\.[A-Za-z]{2}|\d+\.\d+\.\d+|:[0-9A-Fa-f]*:|[0-9A-Fa-f]+:[0-9A-Fa-f]+:"
    r"|(?:\d[ ./()-]?){10}"
)
# Of which one in five would else have ten digits in a row.
UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
COMMITMENT = re.compile(r"[0-9a-f]{64}")
REFERENCE = re.compile(r"WD-\d{4}-[0-9A-HJKMNP-TV-Z]{8}-?[0-9A-HJKMNP-TV-Z*~$=]")
LARGEST = 2**63 - 1

_as_json = json.JSONEncoder(ensure_ascii=False).encode  # made once: json.dumps would make one for every payload


class UndeclaredField(Exception):
    """The entry would hold a field that its kind does not declare."""


class InvalidField(Exception):
    """A value does not fit its field, most likely because it is somebody's data. The message leaves the value out."""


def instant(value: datetime) -> str:
    """Return the instant in UTC with microseconds, always of the same length; naive ones raise ValueError."""
    if value.tzinfo is None:
        raise ValueError(_("An instant in the ledger needs a time zone."))
    return value.astimezone(UTC).isoformat(timespec="microseconds")


@lru_cache(maxsize=4096)
def is_code(value: str) -> bool:
    """Return whether this can be a word of our lists, a provision of law, or a key of ours."""
    if UUID.fullmatch(value):
        return True
    return CODE.fullmatch(value) is not None and SOMEBODYS.search(value) is None


def build(kind: EntryKind, *, at: datetime, by: int | None, fact: Fact | None, fields: Mapping[str, object]) -> Payload:
    """Return the payload, its keys in canonical order; what is None is left out.

    Raises UndeclaredField and InvalidField.
    """
    if not kind.fields.keys() >= fields.keys():
        undeclared = ", ".join(sorted(fields.keys() - kind.fields.keys()))
        raise UndeclaredField(_("%(kind)s has no field %(fields)s.") % {"kind": kind.name, "fields": undeclared})
    reserved = {
        "at": instant(at),
        "by": None if by is None else _count(by),
        "kind": kind.name,
        "fact": None if fact is None else _fact(fact),
    }
    payload: Payload = {}
    for key, encode in _encoders(kind):
        value: object = reserved[key] if encode is None else fields.get(key)
        if value is None:
            continue
        try:
            payload[key] = value if encode is None else encode(value)
        except (ValueError, TypeError, AttributeError):
            raise InvalidField(
                _("%(kind)s: %(field)s cannot hold that value.") % {"kind": kind.name, "field": key}
            ) from None
    return payload


def text(payload: Payload) -> str:
    """Return a built payload as the text that PostgreSQL gives for it as jsonb."""
    return _as_json(payload)


def _fact(fact: Fact) -> Payload:
    if fact.name not in FACT_NAMES or not (is_code(fact.line) and is_code(fact.value)):
        raise InvalidField(_("The fact's name, line or value is not a code."))
    return {
        "at": instant(fact.at),
        "line": fact.line,
        "name": fact.name,
        "value": fact.value,
        "domains": _count(fact.domains),
        "subject": _count(fact.subject),
        "accounts": _count(fact.accounts),
        "selectors": _count(fact.selectors),
        "restricted": bool(fact.restricted),
    }


Encoder = Callable[[Any], object]


@lru_cache(maxsize=1024)
def _encoders(kind: EntryKind) -> tuple[tuple[str, Encoder | None], ...]:
    """Return key and encoder in jsonb's order of keys; None stands for what every payload has."""
    keys = sorted({*kind.fields, "kind", "at", "by", "fact"}, key=lambda key: (len(key), key))
    return tuple((key, _encoder(kind.fields[key]) if key in kind.fields else None) for key in keys)


def _encoder(shape: Shape) -> Encoder:
    if not isinstance(shape, Field):
        return lambda value: _one_of(shape, value)
    return ENCODERS[shape]


def _one_of(words: frozenset[str], value: str) -> str:
    if value not in words:
        raise ValueError
    return str(value)


def _code(value: str) -> str:
    if not is_code(value):
        raise ValueError
    return str(value)


def _count(value: int) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST:
        raise ValueError
    return value


def _flag(value: bool) -> bool:
    if type(value) is not bool:
        raise ValueError
    return value


def _day(value: date) -> str:
    if type(value) is not date:
        raise ValueError
    return value.isoformat()


def _matching(pattern: re.Pattern[str]) -> Encoder:
    def encode(value: str) -> str:
        if pattern.fullmatch(value) is None:
            raise ValueError
        return value

    return encode


ENCODERS: dict[Field, Encoder] = {
    Field.CODE: _code,
    Field.CODES: lambda values: [_code(value) for value in values],
    Field.ID: _count,
    Field.IDS: lambda values: [_count(value) for value in values],
    Field.INSTANT: instant,
    Field.END: instant,
    Field.DATE: _day,
    Field.COUNT: _count,
    Field.FLAG: _flag,
    Field.COMMITMENT: _matching(COMMITMENT),
    Field.REFERENCE: _matching(REFERENCE),
}
