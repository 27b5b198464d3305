"""How long an alert may lie: on working days, and never past half of the time that is left."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from cases.rules.calendars import is_working_day
from notifications.rules.patience import escalates_at, horizon

HOUR = timedelta(hours=1)
OFFICE, HERE = ZoneInfo("America/Los_Angeles"), "US"
FRIDAY = datetime(2026, 12, 4, 17, tzinfo=OFFICE)


def waits(told_at: datetime, wait: timedelta, due_at: datetime | None = None, country: str | None = HERE) -> datetime:
    return escalates_at(told_at, wait, due_at=due_at, zone=OFFICE, country=country)


def test_a_working_day_from_friday_afternoon_ends_on_monday_afternoon() -> None:
    assert waits(FRIDAY, 24 * HOUR) == datetime(2026, 12, 7, 17, tzinfo=OFFICE)


def test_what_is_told_at_a_weekend_waits_from_monday_on() -> None:
    assert waits(FRIDAY + 20 * HOUR, 4 * HOUR) == datetime(2026, 12, 7, 4, tzinfo=OFFICE)


def test_a_holiday_does_not_count() -> None:
    christmas_eve = datetime(2026, 12, 24, 12, tzinfo=OFFICE)
    assert waits(christmas_eve, 24 * HOUR) == datetime(2026, 12, 28, 12, tzinfo=OFFICE)


def test_what_is_urgent_waits_for_no_office() -> None:
    assert waits(FRIDAY + 20 * HOUR, HOUR / 2, country=None) == FRIDAY + 20.5 * HOUR


def test_half_of_the_time_to_the_deadline_is_left_for_the_next() -> None:
    assert waits(FRIDAY, 24 * HOUR, due_at=FRIDAY + 8 * HOUR) == FRIDAY + 4 * HOUR


def test_a_deadline_that_passed_hurries_nothing() -> None:
    assert waits(FRIDAY, HOUR, due_at=FRIDAY - HOUR) == FRIDAY + HOUR


def test_on_a_friday_mondays_end_is_soon_and_on_a_monday_tuesdays() -> None:
    assert horizon(FRIDAY, zone=OFFICE, country=HERE) == datetime(2026, 12, 8, tzinfo=OFFICE)
    assert horizon(FRIDAY + 72 * HOUR, zone=OFFICE, country=HERE) == datetime(2026, 12, 9, tzinfo=OFFICE)


MOMENTS = st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 31)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=UTC)
)
WAITS = st.integers(1, 200).map(lambda hours: hours * HOUR)


@given(
    MOMENTS, WAITS, st.sampled_from([ZoneInfo("America/Los_Angeles"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC")])
)
def test_the_hours_that_pass_on_working_days_are_the_hours_to_wait(
    at: datetime, wait: timedelta, zone: ZoneInfo
) -> None:
    ends = escalates_at(at, wait, due_at=None, zone=zone, country=HERE)
    assert ends >= at + wait
    step, worked, moment = timedelta(minutes=30), timedelta(0), at
    while moment < ends:
        # Days begin on the half hour in one of the zones; the smaller step at the end is what is left.
        part = min(step - (moment - datetime.min.replace(tzinfo=UTC)) % step, ends - moment)
        if is_working_day(moment.astimezone(zone).date(), HERE):
            worked += part
        moment += part
    assert worked == wait


@given(MOMENTS, WAITS, st.integers(-100, 100))
def test_it_is_never_at_once_and_never_after_half_of_what_is_left(at: datetime, wait: timedelta, hours: int) -> None:
    due_at = at + hours * HOUR
    ends = waits(at, wait, due_at)
    assert ends > at
    if due_at > at:
        assert ends <= at + (due_at - at) / 2
