"""Laws that can stand against a disclosure to a foreign authority. The table: data/laws.toml."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from cases.rules import tables


@dataclass(frozen=True)
class Law:
    """One law and where it can apply."""

    code: str
    title: str
    provision: str
    countries: frozenset[str]  # ISO 3166-1 alpha-2
    test: str  # prohibits, two_steps, consent
    exception: str
    penalty: str
    source: str
    verified: bool


def blocking_laws(requesting_state: str, countries: Iterable[str]) -> tuple[Law, ...]:
    """Return the laws of these countries that can forbid an answer to the requesting state.

    A law does not stand against the authorities of a country it is the law of.
    """
    connected = frozenset(countries)
    return tuple(law for law in LAWS.values() if law.countries & connected and requesting_state not in law.countries)


def _law(code: str, row: Mapping[str, Any]) -> Law:
    return Law(
        code=code,
        title=row["title"],
        provision=row["provision"],
        countries=frozenset(row["countries"]),
        test=row["test"],
        exception=row["exception"],
        penalty=row["penalty"],
        source=row["source"],
        verified=row["verified"],
    )


LAWS: Mapping[str, Law] = MappingProxyType({code: _law(code, row) for code, row in tables.read("laws").items()})
