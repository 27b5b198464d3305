"""The clocks of the law: from which event, how long, counted how. The table: data/clocks.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from cases.rules import tables
from cases.rules.instruments import Instrument


class UnknownClock(Exception):
    """No clock of this code stands in data/clocks.toml."""


@dataclass(frozen=True)
class Extension:
    """How a preservation can be prolonged, once."""

    amount: int  # in the unit of the clock
    form: str  # the paper that asks for it
    afterwards: str  # what a further one is
    for_counsel: bool = False  # whether counsel looks at a further one
    confirmation: str = ""  # the paper after which there is no last day any more; empty: there is none


@dataclass(frozen=True)
class ClockRule:
    """One clock. The hour or day of the event itself is not counted."""

    code: str
    title: str
    event: str  # receipt, service, entry, start, notice_sent, clarification, …
    amount: int
    unit: str  # hour, day, working_day, month; named: a paper or a court names the last day, nothing is counted
    roll: str  # none, next_working_day: what becomes of a last day that is not a working day
    ends: str  # end_of_day, instant
    not_before: bool  # whether nothing may be produced until it has run
    source: str
    verified: bool
    alternative: str  # why a later end is arguable; empty: it is not
    arguable: str  # how that end is counted: next_working_day, whole_hours, or empty
    action_when_over: str  # what the desk does: data/clocks.toml lists the words
    replaced_by: Mapping[str, str]  # circumstance → the clock that runs instead
    extension: Extension | None
    valid_from: date | None
    valid_until: date | None  # the last day, inclusive


def clock_rule(code: str) -> ClockRule:
    """Return the clock with this code; raises UnknownClock."""
    try:
        return CLOCKS[code]
    except KeyError:
        raise UnknownClock(code) from None


def in_force(rule: ClockRule, on: date) -> bool:
    """Return whether the law counts this time from an event of that day: a day outside its validity starts nothing."""
    return (rule.valid_from is None or rule.valid_from <= on) and (rule.valid_until is None or on <= rule.valid_until)


def receipt_clocks(
    instrument: Instrument, received_on: date, *, emergency: bool = False, authority_notified: bool = False
) -> tuple[ClockRule, ...]:
    """Return the clocks that start when the instrument is received on that day in these circumstances.

    An emergency comes before a notified authority: an emergency EPOC is not suspended. The day is the receiving
    office's; what is received before a clock's law applies, or after it lapsed, does not start it.

    Law: Reg. (EU) 2023/1543 Arts. 10(2)-(4), 34(2).
    """
    circumstances = [name for name, holds in _circumstances(emergency, authority_notified) if holds]
    started = (_in_circumstances(clock_rule(code), circumstances) for code in instrument.clocks)
    return tuple(rule for rule in started if in_force(rule, received_on))


def codes_started_by(event: str, instrument: Instrument, on: date) -> tuple[str, ...]:
    """Return the instrument's clocks that an event after receipt starts on that day."""
    rules = (clock_rule(code) for code in instrument.other_clocks)
    return tuple(rule.code for rule in rules if rule.event == event and in_force(rule, on))


def codes_of_receipt(instrument: Instrument) -> frozenset[str]:
    """Return the clocks that receipt can start, in whatever circumstances."""
    ordinary = [clock_rule(code) for code in instrument.clocks]
    return frozenset(code for rule in ordinary for code in (rule.code, *rule.replaced_by.values()))


def _circumstances(emergency: bool, authority_notified: bool) -> tuple[tuple[str, bool], ...]:
    return (("emergency", emergency), ("authority_notified", authority_notified))


def _in_circumstances(rule: ClockRule, circumstances: list[str]) -> ClockRule:
    for circumstance in circumstances:
        if circumstance in rule.replaced_by:
            return clock_rule(rule.replaced_by[circumstance])
    return rule


def _clock(code: str, row: Mapping[str, Any]) -> ClockRule:
    return ClockRule(
        code=code,
        title=row["title"],
        event=row["event"],
        amount=row["amount"],
        unit=row["unit"],
        roll=row["roll"],
        ends=row["ends"],
        not_before=row.get("not_before", False),
        source=row["source"],
        verified=row["verified"],
        alternative=row.get("alternative", ""),
        arguable=row.get("arguable", ""),
        action_when_over=row["over"],
        replaced_by=MappingProxyType(dict(row.get("replaced_by", {}))),
        extension=Extension(**row["extension"]) if "extension" in row else None,
        valid_from=row.get("valid_from"),
        valid_until=row.get("valid_until"),
    )


CLOCKS: Mapping[str, ClockRule] = MappingProxyType(
    {code: _clock(code, row) for code, row in tables.read("clocks").items()}
)
FOLLOW_UP_PAPER = "follow_up_paper"  # its day is the one that an analyst set; the table's is what the form suggests
BREACH = "gdpr_breach_notification"
ORDER_END = "order_end"
CHALLENGE_FILING, COURT_HEARING, APPEAL_END = "challenge_filing", "court_hearing", "appeal_end"
MET_BY_A_PERSON = tuple(code for code, rule in CLOCKS.items() if rule.action_when_over == "stays_due")
NOBODY_IS_LATE = tuple(code for code, rule in CLOCKS.items() if rule.action_when_over == "takes_place")
