"""Signs that a request may be a fraud, seen in what is known when it arrives. The table: data/fraud_signals.toml.

None of them proves anything, and their absence proves nothing. They only say that a person must look first.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from cases.rules import tables


@dataclass(frozen=True)
class SignalRule:
    """One kind of sign."""

    code: str
    title: str
    sentence: str
    source: str
    verified: bool
    for_good: bool  # a fact that nobody can clear


@dataclass(frozen=True)
class Seen:
    """What is known of a request when it arrives."""

    on: date
    country: str  # of the agency, ISO 3166-1 alpha-2
    known_agency: bool  # it was verified, or sent another request before
    email_domain: str = ""  # of the officer; empty: not known
    domain_registered: date | None = None  # None: not known
    text: str = ""  # what the sender wrote
    documents_of_others: int = 0  # of its documents, those that came with another agency's request
    emergencies: int = 0  # emergency requests of the agency within a day, this one included
    most_emergencies: int = 1  # how many of them the operator thinks usual


@dataclass(frozen=True)
class Signal:
    """A sign that was seen, and in what."""

    code: str
    detail: str = ""


def signals(seen: Seen) -> tuple[Signal, ...]:
    """Return every sign of fraud, in the order of the table; empty where there is none.

    Law: FBI Private Industry Notification of 4 November 2024; requirement 26.
    """
    return tuple(_signals(seen))


def _signals(seen: Seen) -> Iterator[Signal]:
    if not seen.known_agency:
        yield Signal("first_contact")
    if seen.email_domain.lower() in FREE_MAIL:
        yield Signal("free_mail", seen.email_domain.lower())
    if seen.domain_registered and is_young(seen.domain_registered, seen.on):
        yield Signal(YOUNG_DOMAIN, seen.domain_registered.isoformat())
    if cited := foreign_statutes(seen.text, seen.country):
        yield Signal("foreign_statute", ", ".join(cited))
    if seen.documents_of_others:
        yield Signal("reused_document")
    if seen.emergencies > seen.most_emergencies:
        yield Signal("many_emergencies", str(seen.emergencies))


def is_young(registered: date, on: date) -> bool:
    """Return whether a domain registered on that day was younger than a year on the other.

    Law: FBI Private Industry Notification of 4 November 2024; requirement 26.
    """
    return on - registered < YOUNGEST_DOMAIN


def foreign_statutes(text: str, country: str) -> tuple[str, ...]:
    """Return the laws, as the text cites them, that are none of the country's."""
    found = (pattern.search(text) for pattern, countries in STATUTES if country not in countries)
    return tuple(match.group(0) for match in found if match)


def _rule(code: str, row: Mapping[str, Any]) -> SignalRule:
    return SignalRule(
        code=code,
        title=row["title"],
        sentence=row["sentence"],
        source=row["source"],
        verified=row["verified"],
        for_good=row.get("for_good", False),
    )


YOUNG_DOMAIN = "young_domain"
FORGED = "forged"
FORGED_ELSEWHERE = "forged_elsewhere"
PAPER_NEVER_CAME = "paper_never_came"

_TABLE = tables.read("fraud_signals")
SIGNALS: Mapping[str, SignalRule] = MappingProxyType({code: _rule(code, row) for code, row in _TABLE.items()})
FREE_MAIL = frozenset(_TABLE["free_mail"]["domains"])
YOUNGEST_DOMAIN = timedelta(days=_TABLE["young_domain"]["least_days"])
STATUTES = tuple(
    (re.compile(pattern, re.IGNORECASE), frozenset(countries))
    for pattern, countries in _TABLE["foreign_statute"]["laws"].items()
)
