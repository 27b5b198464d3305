"""Laws that can stand against a disclosure to a foreign authority. The table: data/laws.toml."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from cases.rules import tables

OTHER = "other"  # the code of a law that is not on record: a finding names it by its title


@dataclass(frozen=True)
class Law:
    """One law and where it can apply."""

    code: str
    title: str
    provision: str
    countries: frozenset[str]  # ISO 3166-1 alpha-2
    test: str  # prohibits, two_steps, consent
    categories: frozenset[str]  # the data categories it protects; empty: all
    agreement: str  # the kind of agreement that lifts it while in force, or empty
    clock: str  # of data/clocks.toml: the time in which its authority gives an opinion; empty: it knows none
    valid_from: date | None
    valid_until: date | None  # the last day, inclusive
    exception: str
    penalty: str
    source: str
    verified: bool


def blocking_laws(
    requesting_state: str,
    countries: Iterable[str],
    *,
    on: date | None = None,
    categories: Collection[str] = (),
    laws: Mapping[str, Law] | None = None,
) -> tuple[Law, ...]:
    """Return the laws of these countries that can forbid an answer to the requesting state.

    A law does not stand against the authorities of a country it is the law of. `on`: only those that apply on that day;
    None: whatever the day. `categories`: only those that protect one of them; empty: whatever is asked. `laws`: out of
    these, by code; None: of data/laws.toml.
    """
    connected = frozenset(countries)
    return tuple(
        law
        for law in (LAWS if laws is None else laws).values()
        if law.countries & connected
        and requesting_state not in law.countries
        and (on is None or _applies_on(law, on))
        and (not categories or not law.categories or law.categories & set(categories))
    )


def _applies_on(law: Law, on: date) -> bool:
    return (law.valid_from is None or law.valid_from <= on) and (law.valid_until is None or on <= law.valid_until)


def read_laws(rows: Mapping[str, Any]) -> Mapping[str, Law]:
    """Return a parsed table of laws, by code."""
    return MappingProxyType({code: _law(code, row) for code, row in rows.items()})


def _law(code: str, row: Mapping[str, Any]) -> Law:
    return Law(
        code=code,
        title=row["title"],
        provision=row["provision"],
        countries=frozenset(row["countries"]),
        test=row["test"],
        categories=frozenset(row.get("categories", ())),
        agreement=row.get("agreement", ""),
        clock=row.get("clock", ""),
        valid_from=row.get("valid_from"),
        valid_until=row.get("valid_until"),
        exception=row["exception"],
        penalty=row["penalty"],
        source=row["source"],
        verified=row["verified"],
    )


LAWS: Mapping[str, Law] = read_laws(tables.read("laws"))
