"""What a row becomes: a case with its targets, orders, clocks and duty. Nothing is saved here.

A row with an outcome is history; an open row is a live case that waits for an operator. docs/import.md says it all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.actions.clocks import clocks_of_receipt
from cases.models import Case, Clock, NondisclosureOrder
from cases.models.case import NEVER
from cases.states import CaseState, Outcome, Provenance, TargetKind
from cases.tally import Tally
from intake.imports.duties import Duty, brings_duty, duty_of, leaves_duty
from intake.imports.orders import orders_of
from intake.imports.rows import Row

NamedTarget = tuple[str, str, int | None]  # kind, value, customer where one is known

STATES = {
    Outcome.ANSWERED: CaseState.ANSWERED,
    Outcome.ANSWERED_PARTIAL: CaseState.ANSWERED,
    Outcome.NO_DATA: CaseState.ANSWERED,
    Outcome.REJECTED: CaseState.REJECTED,
    Outcome.WITHDRAWN: CaseState.WITHDRAWN,
}


@dataclass(frozen=True)
class Parties:
    """What a row names and the database knows or was just told of."""

    agency_id: int
    agency_country: str
    officer_id: int | None
    compartment_id: int | None
    customers: Mapping[str, int]  # identifier → customer, for the accounts of the batch, as the case may know them


@dataclass
class Newborn:
    """A case and everything that comes with it; the keys are not taken yet.

    Case and targets are plain values: making model instances of each would take most of an import's time.
    """

    row: Row
    case: dict[str, Any]  # by column; without those that a new case has empty
    targets: list[NamedTarget]
    orders: list[NondisclosureOrder]
    clocks: list[Clock]
    duty: Duty | None

    @property
    def pk(self) -> int:
        """The case's key, once it has one."""
        return int(self.case["id"])

    def tie(self, pk: int) -> None:
        """Give the case its key, and let every row know the keys of the others."""
        self.case["id"] = pk
        for order in self.orders:
            order.case_id = pk
        for clock in self.clocks:
            clock.case_id = pk


def born(row: Row, parties: Parties, reference: str, now: datetime) -> Newborn:
    """Return what the row becomes."""
    targets = _targets(row, parties)
    orders = orders_of(row, now)
    duty = duty_of(row, {customer_id for _kind, _value, customer_id in targets}, orders)
    case = _case(row, parties, reference, targets)
    case["is_gagged"] = any(order.in_force(now) for order in orders)
    case["is_held"] = row.is_open or duty is not None
    clocks = clocks_of_receipt(Case(**case)) if row.is_open else []
    case["queue_at"] = min((clock.due_at for clock in clocks if clock.due_at), default=NEVER)
    return Newborn(row, case, targets, orders, clocks, duty)


def _targets(row: Row, parties: Parties) -> list[NamedTarget]:
    known = {value.lower(): parties.customers[value] for value in row.accounts if value in parties.customers}
    named = [(TargetKind.ACCOUNT.value, value) for value in row.accounts]
    named += [(TargetKind.DOMAIN.value, value) for value in row.domains]
    named += row.other_targets
    return [(kind, value, known.get(value.lower()) if known else None) for kind, value in named]


def _case(row: Row, parties: Parties, reference: str, targets: list[NamedTarget]) -> dict[str, Any]:
    state = _state(row)
    return {
        "reference": reference,
        "provider_reference": row.reference,
        "provenance": Provenance.LIVE if row.is_open else Provenance.IMPORTED,
        "state": state,
        "compartment_id": parties.compartment_id,
        "instrument_code": row.instrument,
        "agency_id": parties.agency_id,
        "agency_country": parties.agency_country,
        "officer_id": parties.officer_id,
        "channel": row.channel,
        "received_at": row.received_at,
        "asked": list(row.data_categories),
        "customer_country": row.customer_country,
        "outcome": "" if row.is_open else row.outcome,
        "outcome_at": row.outcome_at,
        "closed_at": row.outcome_at if state == CaseState.CLOSED else None,
        "target_count": len(targets),
        "tally": dict(vars(_tally(row, targets))),
    }


def _state(row: Row) -> CaseState:
    if row.is_open:
        return CaseState.RECEIVED
    return STATES[Outcome(row.outcome)] if leaves_duty(row) else CaseState.CLOSED


def _tally(row: Row, targets: list[NamedTarget]) -> Tally:
    """Count what cases.tally would: a test holds the two together."""
    total = len(targets)
    return Tally(
        targets=total,
        accounts=len(row.accounts),
        domains=len(row.domains),
        selectors=total - len(row.domains),
        unmatched=sum(customer_id is None for _kind, _value, customer_id in targets),
        without_duty=0 if brings_duty(row) else total,
        unauthorised=total,
        unassessed=total,
    )


# The columns of ImportedFacts, in the order of imported_facts.
FACTS = (
    "case_id",
    "emergency",
    "challenged",
    "conflict_of_law",
    "nondisclosure_basis",
    "nondisclosure_from",
    "nondisclosure_until",
    "notice",
    "notified_at",
)


def imported_facts(pk: int, row: Row) -> tuple[Any, ...]:
    """Return what the row says that a case has no field for, as the columns FACTS."""
    until = row.nondisclosure_until
    return (
        pk,
        row.emergency,
        row.challenged,
        row.conflict_of_law,
        row.nondisclosure_basis,
        row.nondisclosure_from,
        until.isoformat() if isinstance(until, date) else until or "",
        row.notice,
        row.notified_at,
    )
