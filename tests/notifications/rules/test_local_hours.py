"""The hour that somebody chose, on days on which the clocks are moved, too."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.rules.local_hours import at_hour, digest_day

BERLIN, LORD_HOWE, SAMOA = ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Pacific/Apia")
ALL_DAYS = range(1, 8)


@pytest.mark.parametrize(
    ("day", "hour", "zone", "expected"),
    [
        pytest.param(date(2026, 11, 30), 8, BERLIN, "2026-11-30T07:00", id="an ordinary day"),
        pytest.param(date(2026, 3, 29), 2, BERLIN, "2026-03-29T01:00", id="an hour that does not exist: three o'clock"),
        pytest.param(date(2026, 3, 29), 3, BERLIN, "2026-03-29T01:00", id="and the hour after it is the same moment"),
        pytest.param(date(2026, 10, 25), 2, BERLIN, "2026-10-25T00:00", id="an hour that comes twice: the first"),
        pytest.param(date(2026, 10, 4), 2, LORD_HOWE, "2026-10-03T15:30", id="half an hour that does not exist"),
        pytest.param(date(2011, 12, 30), 8, SAMOA, "2011-12-30T18:00", id="a day that does not exist: the next"),
    ],
)
def test_the_hour_begins(day: date, hour: int, zone: ZoneInfo, expected: str) -> None:
    assert at_hour(day, hour, zone).isoformat(timespec="minutes") == f"{expected}+00:00"


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)], ids=["clocks forward", "clocks back"])
@pytest.mark.parametrize("hour", range(24))
def test_a_digest_is_due_once_on_a_day_of_23_or_25_hours(day: date, hour: int) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=BERLIN).astimezone(UTC)
    minutes = [start + timedelta(minutes=5 * step) for step in range(26 * 12)]
    of_the_day = [moment for moment in minutes if moment.astimezone(BERLIN).date() == day]
    assert len(of_the_day) in (23 * 12, 25 * 12)
    answers = [digest_day(moment, hour=hour, weekdays=ALL_DAYS, zone=BERLIN) == day for moment in of_the_day]
    assert answers == sorted(answers), "once it is due it stays so until the day is over"
    assert answers[0] == (hour == 0)
    assert answers[-1]


def test_on_a_day_that_was_not_chosen_nothing_is_due() -> None:
    sunday = datetime(2026, 11, 29, 12, tzinfo=UTC)
    assert digest_day(sunday, hour=8, weekdays=[1, 2, 3, 4, 5], zone=BERLIN) is None
    assert digest_day(sunday + timedelta(days=1), hour=8, weekdays=[1], zone=BERLIN) == date(2026, 11, 30)


@given(
    st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1)),  # noqa: DTZ001
    st.integers(0, 23),
    st.sampled_from(["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Chatham", "Africa/Casablanca"]),
)
def test_every_day_has_its_digest_by_its_end(naive: datetime, hour: int, name: str) -> None:
    zone = ZoneInfo(name)
    day = naive.date()
    last_second = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=zone)
    assert digest_day(last_second.astimezone(UTC), hour=hour, weekdays=ALL_DAYS, zone=zone) == day
