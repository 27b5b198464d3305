"""Requirement 13. Gag end → delayed-notice task next working day: gag 2025-10-19 to 2026-10-19 → task due 2026-10-20.
Extension before expiry moves it; extension after notice is recorded as too late. Indefinite gags get a review date
(default 1 year criminal; 3 years NSL).
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases.actions import nondisclosure
from cases.actions.clockwork import run_clocks
from cases.actions.duties import record_delivery
from cases.actions.nondisclosure import ExtensionTooLate
from cases.models import Case, NondisclosureOrder
from cases.rules.nondisclosure import delayed_notice_date, review_date
from cases.states import DutyState
from tests import lives
from tests.lives import Staff
from vault.actions import new_scope, store

pytestmark = pytest.mark.django_db

LAST_DAY, A_YEAR_ON = date(2026, 10, 19), date(2027, 10, 19)
STILL_SILENT = datetime.fromisoformat("2026-10-19T23:59:59-07:00")
OVER = datetime.fromisoformat("2026-10-20T00:00:00-07:00")


@pytest.fixture
def now() -> datetime:
    """Noon in UTC on the first day of the gag."""
    return datetime(2025, 10, 19, 12, tzinfo=UTC)


@pytest.fixture
def gagged(staff: Staff, now: datetime) -> Case:
    """Silent from 19 October 2025 through 19 October 2026 in Los Angeles."""
    return lives.withheld(lives.received(now), staff, now, last_day=LAST_DAY)


def extend(case: Case, staff: Staff, now: datetime, *, decided_on: date) -> NondisclosureOrder:
    nondisclosure.extend_order(
        order_id=case.orders.get().pk, new_last_day=A_YEAR_ON, decided_on=decided_on, by=staff.analyst, now=now
    )
    return case.orders.get()


def test_the_delayed_notice_is_due_on_the_next_working_day(gagged: Case) -> None:
    assert delayed_notice_date(LAST_DAY, "US") == date(2026, 10, 20)
    run_clocks(now=STILL_SILENT)
    assert gagged.duties.get().state == DutyState.WITHHELD
    run_clocks(now=OVER)
    duty = gagged.duties.get()
    assert (duty.state, duty.due_at) == (DutyState.PENDING, OVER)


@pytest.mark.parametrize(
    ("last_day", "due"),
    [
        pytest.param(date(2026, 10, 19), "2026-10-20T00:00-07:00", id="a Monday: on Tuesday"),
        pytest.param(date(2026, 10, 23), "2026-10-26T00:00-07:00", id="a Friday: on Monday"),
    ],
)
def test_of_an_answered_case_it_waits_for_the_working_day(
    last_day: date, due: str, staff: Staff, now: datetime
) -> None:
    case = lives.answered_now(lives.withheld(lives.received(now), staff, now, last_day=last_day), staff, now)
    last_hour = datetime.combine(last_day, time(23), tzinfo=ZoneInfo("America/Los_Angeles"))
    run_clocks(now=last_hour + timedelta(hours=1))
    duty = case.duties.get(kind="request")
    assert (duty.state, duty.due_at) == (DutyState.PENDING, datetime.fromisoformat(due))


def test_an_extension_before_expiry_moves_the_end(gagged: Case, staff: Staff) -> None:
    order = extend(gagged, staff, STILL_SILENT, decided_on=date(2026, 10, 15))
    assert order.last_day == A_YEAR_ON
    run_clocks(now=OVER)
    assert gagged.duties.get().state == DutyState.WITHHELD
    row = order.extensions.get()
    assert (row.decided_date, row.last_day, row.in_time) == (date(2026, 10, 15), A_YEAR_ON, True)


def test_an_extension_after_the_notice_is_recorded_as_too_late_and_moves_nothing(gagged: Case, staff: Staff) -> None:
    run_clocks(now=OVER)
    record_delivery(duty_id=gagged.duties.get().pk, at=OVER, now=OVER, confirmed=True)
    with pytest.raises(ExtensionTooLate):
        extend(gagged, staff, OVER + timedelta(days=1), decided_on=date(2026, 10, 21))
    order = gagged.orders.get()
    assert (order.last_day, gagged.duties.get().state) == (LAST_DAY, DutyState.DELIVERED)
    assert order.extensions.get().in_time is False


def test_the_decision_stays_with_its_document(gagged: Case, staff: Staff, now: datetime) -> None:
    scope = lives.again(gagged).keys or new_scope(now=now)
    document = store([b"Prolonged."], scope=scope, name="extension.txt", by_id=staff.ines.pk, now=now)
    nondisclosure.extend_order(
        order_id=gagged.orders.get().pk,
        new_last_day=A_YEAR_ON,
        decided_on=now.date(),
        document=document,
        by=staff.analyst,
        now=now,
    )
    assert gagged.orders.get().extensions.get().document == document


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        pytest.param("us_2705b", date(2026, 10, 19), id="criminal: one year"),
        pytest.param("us_2709c", date(2028, 10, 19), id="a letter: three years"),
    ],
)
def test_a_gag_without_end_gets_a_review_date(basis: str, expected: date, staff: Staff, now: datetime) -> None:
    assert review_date(basis, now.date()) == expected
    case = lives.received(now)
    new = nondisclosure.NewOrder(
        basis=basis, provision="18 USC", first_day=now.date(), zone="America/New_York", is_indefinite=True
    )
    nondisclosure.record_order(case_id=case.pk, new=new, by=staff.analyst, now=now)
    assert case.orders.get().review_date == expected
