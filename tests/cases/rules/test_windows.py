"""The days in which Carla can object."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.calendars import is_working_day
from cases.rules.windows import Window, objection_window
from tests.cases.rules.days import LOS_ANGELES, NEW_YORK, TOKYO, at

DELIVERED = at(NEW_YORK, "2026-03-02 09:30")


def window(
    *,
    delivered_at: datetime = DELIVERED,
    zone: ZoneInfo = NEW_YORK,
    days: int = 7,
    calendar: str = "calendar",
    rule: str = "later_of",
    return_date: date | None = None,
) -> Window:
    return objection_window(
        delivered_at=delivered_at,
        zone=zone,
        days=days,
        calendar=calendar,
        country="US",
        rule=rule,
        return_date=return_date,
    )


def test_it_starts_the_day_after_delivery_and_ends_at_24_00() -> None:
    found = window()
    assert found.starts_at == at(NEW_YORK, "2026-03-03 00:00")
    assert found.ends_at == at(NEW_YORK, "2026-03-10 00:00")
    assert found.explanation == "until the end of 9 March 2026: 7 days from delivery on 2 March"


def test_delivered_at_night_the_day_is_the_customers_own() -> None:
    assert window(delivered_at=at(LOS_ANGELES, "2026-03-02 23:30"), zone=TOKYO).starts_at == at(
        TOKYO, "2026-03-04 00:00"
    )


@pytest.mark.parametrize(
    ("delivered", "ends", "hours"),
    [
        pytest.param("2026-03-02 09:30", "2026-03-10 00:00", 7 * 24 - 1, id="into summer time: an hour is missing"),
        pytest.param("2026-10-27 09:30", "2026-11-04 00:00", 7 * 24 + 1, id="out of it: an hour comes twice"),
        pytest.param("2026-05-04 09:30", "2026-05-12 00:00", 7 * 24, id="no change"),
    ],
)
def test_over_a_change_of_the_clock_it_still_ends_at_midnight(delivered: str, ends: str, hours: int) -> None:
    found = window(delivered_at=at(NEW_YORK, delivered))
    assert found.ends_at == at(NEW_YORK, ends)
    assert found.ends_at.astimezone(UTC) - found.starts_at.astimezone(UTC) == timedelta(hours=hours)


def test_working_days_leave_out_weekends_and_holidays() -> None:
    found = window(delivered_at=at(NEW_YORK, "2026-06-17 12:00"), days=3, calendar="working")
    assert found.ends_at == at(NEW_YORK, "2026-06-24 00:00")  # 18, then after Juneteenth and the weekend 22 and 23
    assert found.explanation == "until the end of 23 June 2026: 3 working days from delivery on 17 June"


@pytest.mark.parametrize(
    ("return_date", "ends", "extension_wanted"),
    [
        pytest.param(date(2026, 3, 20), "2026-03-20 00:00", False, id="due 20 March: not before 20 March"),
        pytest.param(
            date(2026, 3, 5), "2026-03-10 00:00", True, id="due 5 March: all of 9 March, ask for an extension"
        ),
        pytest.param(date(2026, 3, 9), "2026-03-10 00:00", True, id="due on the last day: no time to answer"),
        pytest.param(date(2026, 3, 10), "2026-03-10 00:00", False, id="due the day after: it can still be answered"),
    ],
)
def test_the_later_of_seven_days_and_the_return_date(return_date: date, ends: str, extension_wanted: bool) -> None:
    found = window(return_date=return_date)
    assert found.ends_at == at(NEW_YORK, ends)
    assert found.extension_wanted is extension_wanted
    assert not found.shortened


@pytest.mark.parametrize(
    ("return_date", "ends", "shortened"),
    [
        pytest.param(date(2026, 3, 20), "2026-03-10 00:00", False, id="due 20 March: the policy's days"),
        pytest.param(date(2026, 3, 10), "2026-03-10 00:00", False, id="due the day after the last one"),
        pytest.param(date(2026, 3, 9), "2026-03-07 00:00", True, id="due Monday: ends on Friday"),
        pytest.param(date(2026, 3, 5), "2026-03-05 00:00", True, id="due Thursday: ends on Wednesday"),
        pytest.param(date(2026, 3, 3), "2026-03-03 00:00", True, id="due the day after delivery: no day is left"),
        pytest.param(date(2026, 2, 27), "2026-03-03 00:00", True, id="due before delivery: no day is left"),
    ],
)
def test_bounded_by_the_last_working_day_before_the_return_date(return_date: date, ends: str, shortened: bool) -> None:
    found = window(rule="bounded", return_date=return_date)
    assert found.ends_at == at(NEW_YORK, ends)
    assert found.shortened is shortened
    assert found.extension_wanted is shortened


def test_the_explanation_says_which_of_the_two_decided() -> None:
    later = window(return_date=date(2026, 3, 20)).explanation
    cut = window(rule="bounded", return_date=date(2026, 3, 5)).explanation
    assert later.endswith("; the return date, 20 March 2026, is later")
    assert cut.endswith(", cut at the last working day before the return date, 5 March 2026")


instants = st.integers(0, 5 * 365 * 24).map(lambda hours: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hours))
zones = st.sampled_from([NEW_YORK, LOS_ANGELES, TOKYO, ZoneInfo("Europe/Dublin"), ZoneInfo("Pacific/Auckland")])


@given(
    delivered_at=instants,
    zone=zones,
    days=st.integers(1, 30),
    calendar=st.sampled_from(["calendar", "working"]),
    due_in=st.none() | st.integers(-5, 60),
)
def test_later_of_never_gives_fewer_days_than_the_policy_and_bounded_never_passes_the_return_date(
    delivered_at: datetime, zone: ZoneInfo, days: int, calendar: str, due_in: int | None
) -> None:
    delivered_on = delivered_at.astimezone(zone).date()
    return_date = None if due_in is None else delivered_on + timedelta(days=due_in)
    policy, later, bounded = (
        window(delivered_at=delivered_at, zone=zone, days=days, calendar=calendar, rule=rule, return_date=due)
        for rule, due in (("later_of", None), ("later_of", return_date), ("bounded", return_date))
    )
    assert delivered_at < policy.starts_at < policy.ends_at <= later.ends_at
    assert (policy.ends_at.hour, later.ends_at.hour, bounded.ends_at.hour) == (0, 0, 0)
    assert bounded.starts_at <= bounded.ends_at <= policy.ends_at
    if return_date is not None:
        assert bounded.ends_at == bounded.starts_at or bounded.ends_at.date() <= return_date
        assert later.extension_wanted == (policy.ends_at.date() > return_date)
    if calendar == "working":
        assert is_working_day(policy.ends_at.date() - timedelta(days=1), "US")
