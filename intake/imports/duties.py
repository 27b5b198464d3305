"""The one notice duty that a row may bring. What else a live case owes comes with its workflow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from cases.models import NondisclosureOrder
from cases.rules.instruments import instrument
from cases.rules.windows import objection_window
from cases.states import DutyState
from intake.imports.rows import WITHHELD_NONDISCLOSURE, WITHHELD_STATUTE, Row


@dataclass(slots=True)
class Duty:
    """A notice duty as plain values, for COPY."""

    customer_id: int | None
    state: DutyState
    pk: int = 0
    order: NondisclosureOrder | None = None
    basis: str = ""
    review_date: date | None = None
    delivered_at: datetime | None = None
    window_starts_at: datetime | None = None
    window_ends_at: datetime | None = None
    window_explanation: str = ""

    def columns(self, case_id: int) -> tuple[Any, ...]:
        """Return its values in the order of COLUMNS."""
        return (
            self.pk,
            case_id,
            self.customer_id,
            self.state,
            True,
            self.order.pk if self.order else None,
            self.basis,
            self.review_date,
            self.delivered_at,
            self.window_starts_at,
            self.window_ends_at,
            self.window_explanation,
        )


COLUMNS = (
    "id",
    "case_id",
    "customer_id",
    "state",
    "is_held",
    "order_id",
    "basis",
    "review_date",
    "delivered_at",
    "window_starts_at",
    "window_ends_at",
    "window_explanation",
)


def leaves_duty(row: Row) -> bool:
    """Whether a row of history leaves a duty: silence was ordered, and nobody was told since."""
    return row.notice == WITHHELD_NONDISCLOSURE and row.notified_at is None


def brings_duty(row: Row) -> bool:
    """Whether the row, history or live, brings a duty."""
    return _state(row) is not None


def _state(row: Row) -> DutyState | None:
    if not row.is_open:
        return DutyState.WITHHELD if leaves_duty(row) else None
    if row.notice and row.notified_at:
        return DutyState.DELIVERED
    return DutyState.WITHHELD if row.notice in (WITHHELD_NONDISCLOSURE, WITHHELD_STATUTE) else None


def duty_of(row: Row, owners: set[int | None], orders: Sequence[NondisclosureOrder]) -> Duty | None:
    """Return the duty of the row, or None. The owners are the customers of its targets; None: not known.

    With several customers, or where nobody knows whose a target is, the duty is to nobody yet: a person says whose
    (cases.actions.customers.match_customer), and each customer gets one.
    """
    state = _state(row)
    if state is None:
        return None
    customer_id = next(iter(owners)) if len(owners) == 1 else None
    duty = Duty(customer_id, state)
    if state == DutyState.WITHHELD:
        duty.order, duty.basis, duty.review_date = orders[0], orders[0].basis, orders[0].review_date
    else:
        _deliver(duty, row)
    return duty


def _deliver(duty: Duty, row: Row) -> None:
    """Nothing may be produced before the days are over that a live notice would give, counted where we are."""
    desk = settings.WRITDESK
    duty.delivered_at = row.notified_at
    if row.notified_at is None or not instrument(row.instrument).window:
        return
    window = objection_window(
        delivered_at=row.notified_at,
        zone=desk.receiving_zone,
        days=desk.notice_days,
        calendar=desk.notice_calendar,
        country=row.customer_country or desk.receiving_country,
        rule=desk.window_rule,
        return_date=None,
    )
    duty.window_starts_at, duty.window_ends_at = window.starts_at, window.ends_at
    duty.window_explanation = window.explanation
