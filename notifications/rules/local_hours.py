"""The hour of a day that somebody chose, in their own zone."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def at_hour(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """Return the moment at which that hour of the day begins.

    An hour that the clocks leave out begins when they have moved on; of one that comes twice it is the first.
    """
    # fold=0: in a gap the offset of before, which leads to as long after it; of two the first.
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)


def digest_day(now: datetime, *, hour: int, weekdays: Collection[int], zone: ZoneInfo) -> date | None:
    """Return the local day whose digest is due by now; None before its hour, or on a day that was not chosen.

    Weekdays as in ISO 8601: Monday is 1. Asked later on the same day the answer stays: what was slept through is sent.
    """
    day = now.astimezone(zone).date()
    return day if day.isoweekday() in weekdays and now >= at_hour(day, hour, zone) else None
