"""What the ledger says of an imported case."""

from collections.abc import Iterator
from datetime import datetime

from cases import ledger_kinds as kinds
from cases.rules.instruments import instrument
from cases.states import DutyKind, DutyState
from intake import ledger_kinds
from intake.imports.becoming import Newborn
from intake.imports.rows import NOTIFIED, Row
from ledger.actions import Row as Entry
from ledger.facts import Fact, FactName
from ledger.kinds import EntryKind


def entries(found: Newborn, now: datetime) -> Iterator[Entry]:
    """Yield what the ledger says of the case, in the order in which a live one would have said it."""
    case, row, stream = found.case, found.row, f"case:{found.pk}"

    def entry(kind: EntryKind, fact: Fact | None = None, **fields: object) -> Entry:
        return Entry(stream, kind, now, None, fact, fields)

    yield entry(
        kinds.RECEIVED,
        _fact(found, "received", row.received_at),
        reference=case["reference"],
        instrument=row.instrument,
        channel=row.channel,
        agency=case["agency_id"],
        targets=len(found.targets),
        asked=row.data_categories,
        provenance=case["provenance"],
    )
    for clock in found.clocks:
        yield entry(kinds.CLOCK_STARTED, rule=clock.rule, due=clock.due_at, not_before=clock.not_before_at)
    for order in found.orders:
        yield entry(
            kinds.ORDER_RECORDED,
            order=order.pk,
            basis=order.basis,
            first_day=order.first_day,
            last_day=order.last_day,
            indefinite=order.is_indefinite,
            told_before=[],
        )
    if row.outcome_at:
        fact = _fact(found, "outcome", row.outcome_at, row.outcome)
        yield entry(ledger_kinds.OUTCOME_IMPORTED, fact, outcome=row.outcome)
    if found.duty:
        at = found.duty.delivered_at or row.outcome_at or row.received_at
        value = NOTIFIED if found.duty.state == DutyState.DELIVERED else row.notice
        yield entry(
            kinds.DUTY_CREATED,
            _notice_fact(found, at, value, found.duty.pk),
            duty=found.duty.pk,
            kind_of_duty=DutyKind.REQUEST,
            state=found.duty.state,
        )
    elif row.outcome_at and row.notice:
        for at, notice in _notices(row, row.outcome_at):
            yield entry(ledger_kinds.NOTICE_IMPORTED, _notice_fact(found, at, notice, 0), notice=notice)


def _notices(row: Row, outcome_at: datetime) -> list[tuple[datetime, str]]:
    """Return what became of the notice, and when: withheld at first and given later is both, in that order."""
    if row.notified_at is None:
        return [(outcome_at, row.notice)]
    before = [(outcome_at, row.notice)] if row.notice != NOTIFIED and row.notified_at > outcome_at else []
    return [*before, (row.notified_at, NOTIFIED)]


def _fact(found: Newborn, name: FactName, at: datetime, value: str = "") -> Fact:
    row, kind = found.row, instrument(found.row.instrument)
    return Fact(
        name=name,
        at=at,
        line=kind.line,
        value=value,
        accounts=len(row.accounts),
        domains=len(row.domains),
        selectors=len(found.targets) - len(row.domains),
        restricted=kind.national_security,
    )


def _notice_fact(found: Newborn, at: datetime, value: str, subject: int) -> Fact:
    kind = instrument(found.row.instrument)
    return Fact(name="notice", at=at, line=kind.line, value=value, subject=subject, restricted=kind.national_security)
