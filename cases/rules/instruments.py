"""The kinds of legal process that Writdesk knows, and what each one can do. The table: data/instruments.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from cases.rules import tables

CATEGORIES = ("subscriber", "identification", "traffic", "content")
ENDINGS = frozenset({"disclosure", "preserved", "effect", "prospective"})


class UnknownInstrument(Exception):
    """No instrument of this code stands in data/instruments.toml."""


@dataclass(frozen=True)
class Authority:
    """A power that an instrument can rest on and that the legislature may let lapse."""

    cite: str
    valid_from: date | None
    valid_until: date | None  # the last day, inclusive; None: no end known
    verified: bool
    note: str


@dataclass(frozen=True)
class Instrument:
    """One kind of legal process. Guards ask these fields and never the code."""

    code: str
    title: str
    cite: str
    ends_in: frozenset[str]  # how it can be complied with, out of ENDINGS
    notice: str  # when the provider tells the customer: before, at_effect, after_basis, never, none
    window: bool  # whether the customer gets days to object before anything happens
    interim_preservation: bool  # whether the data are preserved before the customer is told
    not_before: bool  # whether a clock of it can forbid answering before a date
    second_person_to_refuse: bool
    controller_notice: bool  # whether a controller may be owed a notice of its own, apart from the user
    compels: Mapping[str, str]  # data category → source of law; for a voluntary one: what the law permits
    subscriber_fields: tuple[str, ...]  # the only items of 18 USC 2703(c)(2) it reaches; empty: it knows no items
    issuers: tuple[str, ...]
    issuer_limits: Mapping[str, tuple[str, ...]]  # issuer → the only categories it may order; absent: all
    nondisclosure: str  # how silence can arise: none, order, statute, certification, always
    clocks: tuple[str, ...]  # clock rules that start when it is received
    other_clocks: tuple[str, ...]  # clock rules that start at another event, named by the rule
    line: str  # where transparency reports count it
    national_security: bool
    emergency: bool
    voluntary: bool
    kind: str  # data, preservation, content_order, seizure
    countries: tuple[str, ...]  # from which it may come, ISO 3166-1 alpha-2; empty: any
    valid_from: date | None
    valid_until: date | None  # the last day, inclusive
    authorities: tuple[Authority, ...]
    answer_form: str  # the form that the law gives for what is defective: annex_iii, or empty: a letter
    review: tuple[str, ...]  # what legal review asks: codes of data/review.toml
    measures: tuple[str, ...]  # what it can order to be done to a target; empty unless it ends in effect
    notice_states: tuple[str, ...]  # what the notice must repeat of the order: reasons, redress, territories
    notice_source: str
    silence_source: str  # of counsel's decision where an order not to tell stands against the notice; empty: none
    source: str
    verified: bool
    note: str

    @property
    def is_eevidence(self) -> bool:
        """Whether it is a certificate of the e-Evidence Regulation, which has a form of its own for the answer."""
        return self.answer_form == "annex_iii"

    @property
    def tells_at_effect(self) -> bool:
        """Whether the customer is told in the moment in which it is complied with, and not before."""
        return self.notice == "at_effect"


def instrument(code: str) -> Instrument:
    """Return the instrument with this code; raises UnknownInstrument."""
    try:
        return INSTRUMENTS[code]
    except KeyError:
        raise UnknownInstrument(code) from None


def in_force(instrument: Instrument, on: date) -> bool:
    """Return whether this kind of process exists in law on that day.

    An instrument that rests on listed authorities is in force while at least one of them is.
    """
    if not _valid(instrument.valid_from, instrument.valid_until, on):
        return False
    powers = instrument.authorities
    return not powers or any(_valid(power.valid_from, power.valid_until, on) for power in powers)


def _valid(first: date | None, last: date | None, on: date) -> bool:
    return (first is None or first <= on) and (last is None or on <= last)


def _authority(row: Mapping[str, Any]) -> Authority:
    return Authority(
        cite=row["cite"],
        valid_from=row.get("valid_from"),
        valid_until=row.get("valid_until"),
        verified=row["verified"],
        note=row.get("note", ""),
    )


def _review(code: str) -> tuple[str, ...]:
    questions = tables.read("review").items()
    return tuple(question for question, row in questions if code in row.get("applies_to", (code,)))


def _instrument(code: str, row: Mapping[str, Any]) -> Instrument:
    return Instrument(
        code=code,
        title=row["title"],
        cite=row["cite"],
        ends_in=frozenset(row["ends_in"]),
        notice=row["notice"],
        window=row["window"],
        interim_preservation=row["interim_preservation"],
        not_before=row.get("not_before", False),
        second_person_to_refuse=row["second_person_to_refuse"],
        controller_notice=row.get("controller_notice", False),
        compels=MappingProxyType(dict(row.get("compels", {}))),
        subscriber_fields=tuple(row.get("subscriber_fields", ())),
        issuers=tuple(row["issuers"]),
        issuer_limits=MappingProxyType({who: tuple(what) for who, what in row.get("issuer_limits", {}).items()}),
        nondisclosure=row["nondisclosure"],
        clocks=tuple(row.get("clocks", ())),
        other_clocks=tuple(row.get("other_clocks", ())),
        line=row.get("line", code),
        national_security=row.get("national_security", False),
        emergency=row.get("emergency", False),
        voluntary=row.get("voluntary", False),
        kind=row["kind"],
        countries=tuple(row.get("countries", ())),
        valid_from=row.get("valid_from"),
        valid_until=row.get("valid_until"),
        authorities=tuple(_authority(power) for power in row.get("authorities", ())),
        answer_form=row.get("answer_form", ""),
        review=_review(code),
        measures=tuple(row.get("measures", ())),
        notice_states=tuple(row.get("notice_states", ())),
        notice_source=row.get("notice_source", ""),
        silence_source=row.get("silence_source", ""),
        source=row["source"],
        verified=row["verified"],
        note=row.get("note", ""),
    )


INSTRUMENTS: Mapping[str, Instrument] = MappingProxyType(
    {code: _instrument(code, row) for code, row in tables.read("instruments").items()}
)
