"""Working days in the country of the office that counts them."""

from datetime import date, timedelta
from functools import cache

import holidays

ONE_DAY = timedelta(days=1)


def is_working_day(day: date, country: str) -> bool:
    """Return whether offices of that country (ISO 3166-1 alpha-2) work on that day.

    Where the country's holidays are not known, Saturday and Sunday alone are free.

    Law: the country's public holidays.
    """
    calendar = _calendar(country)
    return day.weekday() < 5 if calendar is None else calendar.is_working_day(day)


def add_working_days(day: date, amount: int, country: str) -> date:
    """Return the working day that is `amount` working days after `day` (before it, when negative).

    `day` itself is not counted; with 0 it is returned as it is, working or not.
    """
    step = ONE_DAY if amount > 0 else -ONE_DAY
    for _ in range(abs(amount)):
        day += step
        while not is_working_day(day, country):
            day += step
    return day


def working_day_from(day: date, country: str) -> date:
    """Return `day`, or the first working day after it."""
    return day if is_working_day(day, country) else add_working_days(day, 1, country)


@cache
def _calendar(country: str) -> holidays.HolidayBase | None:
    # A country we have no calendar for must not stop a clock: fewer free days only make it run out earlier.
    try:
        return holidays.country_holidays(country)
    except NotImplementedError:
        return None
