"""Ways to challenge a request: which lie against it, and whether the deadline to answer stands still meanwhile.

The table: data/remedies.toml.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from cases.rules import tables

OTHER = "other"  # what a challenge is where nobody said more


@dataclass(frozen=True)
class Remedy:
    """One way to challenge a request."""

    code: str
    title: str
    instruments: tuple[str, ...]  # against which it lies; empty: any
    suspends: bool  # whether the deadline to answer stands still by law while it is pending
    effect: str  # the sentence that says so
    meets: str  # the clock of the law that filing it in time meets; empty: the law sets no days
    source: str
    verified: bool


class UnknownRemedy(Exception):
    """No remedy of this code stands in data/remedies.toml."""


def remedy(code: str) -> Remedy:
    """Return the remedy with this code; raises UnknownRemedy."""
    try:
        return REMEDIES[code]
    except KeyError:
        raise UnknownRemedy(code) from None


def remedies_against(instrument_code: str) -> tuple[Remedy, ...]:
    """Return the ways to challenge this kind of process, what is particular to it first."""
    return tuple(one for one in REMEDIES.values() if instrument_code in one.instruments or not one.instruments)


def _remedy(code: str, row: Mapping[str, Any]) -> Remedy:
    return Remedy(
        code=code,
        title=row["title"],
        instruments=tuple(row["instruments"]),
        suspends=row["suspends"],
        effect=row["effect"],
        meets=row.get("meets", ""),
        source=row["source"],
        verified=row["verified"],
    )


REMEDIES: Mapping[str, Remedy] = MappingProxyType(
    {code: _remedy(code, row) for code, row in tables.read("remedies").items()}
)
