"""How long an alert may lie before the next people are told."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cases.rules.calendars import is_working_day

ONE_DAY = timedelta(days=1)


def escalates_at(
    told_at: datetime, wait: timedelta, *, due_at: datetime | None, zone: ZoneInfo, country: str | None
) -> datetime:
    """Return when the next people are told, where nobody has looked by then.

    `wait` runs on the working days of the country alone, with all their hours, counted in the zone; without a country
    it runs always. Whatever it is, half of the time to the deadline is left for the next ones.
    """
    at = told_at + wait if country is None else _on_working_days(told_at, wait, zone, country)
    if due_at is not None and due_at > told_at:
        return min(at, told_at + (due_at - told_at) / 2)
    return at


def horizon(now: datetime, *, zone: ZoneInfo, country: str) -> datetime:
    """Return the end of the next working day after today: what is due by then is due soon.

    On a Friday that is the end of Monday, so that nobody hears of Sunday's deadline on Monday.
    """
    day = now.astimezone(zone).date() + ONE_DAY
    while not is_working_day(day, country):
        day += ONE_DAY
    return _midnight(day + ONE_DAY, zone)


def _on_working_days(at: datetime, wait: timedelta, zone: ZoneInfo, country: str) -> datetime:
    while True:
        day = at.astimezone(zone).date()
        ends_at = _midnight(day + ONE_DAY, zone)
        if is_working_day(day, country):
            if at + wait < ends_at:
                return at + wait
            wait -= ends_at - at
        at = ends_at


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    from_zone = datetime.combine(day, time.min, tzinfo=zone)
    # To a zone without summer time: adding hours to one with it would count hours that the clock leaves out.
    return from_zone.astimezone(ZoneInfo("UTC"))
