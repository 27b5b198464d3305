"""Carla is reminded some days before her days to object end, in daylight, and never right after the notice."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases.rules.reminders import is_to_be_reminded, reminder_due
from cases.rules.windows import objection_window

NEW_YORK, TOKYO = ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo")


def due(delivered_at: str, zone: ZoneInfo, window_days: int, days: int) -> datetime | None:
    window = objection_window(
        delivered_at=datetime.fromisoformat(delivered_at),
        zone=zone,
        days=window_days,
        calendar="calendar",
        country="US",
        rule="later_of",
        return_date=None,
    )
    return reminder_due(starts_at=window.starts_at, ends_at=window.ends_at, zone=zone, days=days)


@pytest.mark.parametrize(
    ("delivered_at", "zone", "window_days", "days", "expected"),
    [
        # Told on 30 November, ten days: the last one is 10 December.
        pytest.param("2026-11-30T12:00Z", NEW_YORK, 10, 3, "2026-12-07T09:00-05:00", id="three days before the last"),
        pytest.param("2026-11-30T12:00Z", TOKYO, 10, 3, "2026-12-07T09:00+09:00", id="in the customer's morning"),
        pytest.param("2026-11-30T20:00Z", TOKYO, 10, 3, "2026-12-08T09:00+09:00", id="told on their 1 December"),
        pytest.param("2026-10-25T12:00Z", NEW_YORK, 10, 4, "2026-10-31T09:00-04:00", id="before the clock changes"),
        pytest.param("2026-10-25T12:00Z", NEW_YORK, 10, 2, "2026-11-02T09:00-05:00", id="after it"),
        pytest.param("2026-11-30T12:00Z", NEW_YORK, 6, 3, "2026-12-03T09:00-05:00", id="as far from the notice"),
        pytest.param("2026-11-30T12:00Z", NEW_YORK, 5, 3, None, id="too near to the notice"),
        pytest.param("2026-11-30T12:00Z", NEW_YORK, 2, 3, None, id="before the notice"),
        pytest.param("2026-11-30T12:00Z", NEW_YORK, 10, 0, None, id="the operator sends none"),
    ],
)
def test_a_reminder_is_due(
    delivered_at: str, zone: ZoneInfo, window_days: int, days: int, expected: str | None
) -> None:
    found = due(delivered_at, zone, window_days, days)
    assert found == (datetime.fromisoformat(expected) if expected else None)


def test_it_leaves_from_then_until_a_day_before_the_end() -> None:
    ends_at = datetime(2026, 12, 11, 5, tzinfo=UTC)
    due_at = datetime(2026, 12, 7, 14, tzinfo=UTC)
    second = timedelta(seconds=1)
    moments = [due_at - second, due_at, ends_at - timedelta(days=1) - second, ends_at - timedelta(days=1), ends_at]
    found = [is_to_be_reminded(moment, due_at=due_at, ends_at=ends_at) for moment in moments]
    assert found == [False, True, True, False, False]
    assert not is_to_be_reminded(due_at, due_at=None, ends_at=ends_at)
