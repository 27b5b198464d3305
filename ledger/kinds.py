"""The kinds of entry that the ledger can hold. Each declares its fields, and a payload holds nothing else.

Every app declares its own kinds in its `ledger_kinds.py`. What a person wrote (names, reasons, addresses, texts)
never goes into a payload: it is given as a COMMITMENT, an HMAC under the key of its case.
"""

import enum
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

RESERVED = frozenset({"kind", "at", "by", "fact"})


class Field(enum.Enum):
    """What a field of a payload may hold. Every field may also be None, which leaves it out."""

    CODE = "code"  # one word of a list of ours, or a provision of law: never what a person typed
    CODES = "codes"
    ID = "id"  # a primary key of ours
    IDS = "ids"
    INSTANT = "instant"
    END = "end"  # an instant too, at which something is over: at midnight people call it by the day before
    DATE = "date"
    COUNT = "count"
    FLAG = "flag"
    COMMITMENT = "commitment"  # 64 hexadecimal digits: HMAC-SHA256 of a text or document under its case's key
    REFERENCE = "reference"  # the public reference of a case, WD-…


Shape = Field | frozenset[str]  # a frozenset is a closed vocabulary: the value is one of these words


@dataclass(frozen=True)
class EntryKind:
    """One kind of entry: its name in the payload, its sentence with {slots} for people, and its fields.

    A part of the sentence in [brackets] is left out where one of its slots is empty or counts none.
    """

    name: str
    sentence: StrOrPromise
    fields: Mapping[str, Shape]

    def __hash__(self) -> int:
        return hash(self.name)


class KindDeclaredTwice(Exception):
    """Two apps declared a kind of the same name, so that a reader could not tell which one an entry is."""


class ReservedFieldName(Exception):
    """A kind declared a field by a name that every payload has already."""


_kinds: dict[str, EntryKind] = {}


def declare(name: str, sentence: StrOrPromise, **fields: Field | Collection[str]) -> EntryKind:
    """Register a kind of entry and return it. A field given as a list of words accepts these words only.

    Raises KindDeclaredTwice and ReservedFieldName, both at import: a wrong declaration stops the program.
    """
    if name in _kinds:
        raise KindDeclaredTwice(name)
    if taken := RESERVED & fields.keys():
        raise ReservedFieldName(f"{name}: {', '.join(sorted(taken))}")
    shapes = {key: shape if isinstance(shape, Field) else frozenset(shape) for key, shape in fields.items()}
    kind = EntryKind(name=name, sentence=sentence, fields=shapes)
    _kinds[name] = kind
    return kind


def named(name: str) -> EntryKind | None:
    """Return the kind of that name, or None for one that this version does not know (any more)."""
    return _kinds.get(name)
