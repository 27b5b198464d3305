"""Orders under which data flows until a day, and not a moment longer (18 USC 3123(c), 2518(5))."""

from datetime import datetime, timedelta

import pytest

from cases.actions import events, productions
from cases.actions.changing import NotForYou, Refused
from cases.actions.productions import Row
from cases.models import Case
from cases.states import ApprovalKind, ClockState
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def tapped(staff: Staff, now: datetime) -> Case:
    """Return a pen register whose order was entered now, ready to deliver, its customer not told by law."""
    case = lives.received(now, instrument="us_pen_register", asked=["traffic"])
    case = lives.notice_pending(case, staff, now)
    started(case, staff, now)
    return lives.again(case)


def started(case: Case, staff: Staff, entered_at: datetime, rule: str = "pen_trap_end") -> None:
    events.record_event(case_id=case.pk, rule=rule, event_at=entered_at, by=staff.ines, now=entered_at)


def deliver(
    case: Case, staff: Staff, now: datetime, result: str = "produced", kind: ApprovalKind = ApprovalKind.PRODUCE_PART
) -> None:
    productions.propose_release(
        case_id=case.pk,
        kind=kind,
        rows=[Row(case.targets.get().pk, "traffic", result)],
        files=(),
        reason="This week's numbers.",
        by=staff.ines,
        now=now,
    )


@pytest.mark.parametrize("kind", [ApprovalKind.PRODUCE_PART, ApprovalKind.ANSWER])
def test_nothing_is_delivered_after_the_orders_end(staff: Staff, now: datetime, kind: ApprovalKind) -> None:
    case = tapped(staff, now)
    deliver(case, staff, now + 59 * DAY, kind=kind)
    with pytest.raises(Refused, match="time is over"):
        deliver(case, staff, now + 61 * DAY, kind=kind)


def test_a_case_can_still_end_after_the_order_has(staff: Staff, now: datetime) -> None:
    deliver(tapped(staff, now), staff, now + 61 * DAY, "no_records", ApprovalKind.ANSWER)


def test_a_further_order_extends_delivery_by_its_own_days(staff: Staff, now: datetime) -> None:
    case = tapped(staff, now)
    started(case, staff, now + 50 * DAY)
    deliver(case, staff, now + 61 * DAY)
    with pytest.raises(Refused, match="time is over"):
        deliver(case, staff, now + 111 * DAY)
    assert case.clocks.filter(rule="pen_trap_end", state=ClockState.VOID).count() == 1


def test_an_analyst_does_not_extend_an_order(staff: Staff, now: datetime) -> None:
    case = tapped(staff, now)
    with pytest.raises(NotForYou):
        events.record_event(case_id=case.pk, rule="pen_trap_end", event_at=now + DAY, by=staff.analyst, now=now + DAY)


def test_an_emergency_installation_stops_after_two_days_unless_the_order_came(staff: Staff, now: datetime) -> None:
    case = tapped(staff, now)
    started(case, staff, now, "pen_trap_emergency_order")
    with pytest.raises(Refused, match="time is over"):
        deliver(case, staff, now + 3 * DAY)
    confirm = {"case_id": case.pk, "rule": "pen_trap_emergency_order", "by": staff.ines, "now": now + 3 * DAY}
    with pytest.raises(Refused, match="too late"):
        events.record_confirmed_in_time(confirmed_at=now + 3 * DAY, **confirm)  # type: ignore[arg-type]
    events.record_confirmed_in_time(confirmed_at=now + DAY, **confirm)  # type: ignore[arg-type]
    deliver(case, staff, now + 3 * DAY)
