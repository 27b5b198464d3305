"""Of which days national security figures may be published on a given day (50 USC 1874(b))."""

import calendar
from datetime import date, timedelta

from reports.rules.bands import Category, Structure
from reports.rules.periods import Period

HALF_YEAR = timedelta(days=180)  # what the law calls semiannual: 1874(a)(1) to (3)
NEW_PLATFORM = timedelta(days=540)  # 1874(b)(1)(B)

Window = tuple[date, date]  # the first day, and the first day after it


def recent_window(published: date) -> Window:
    """Return the previous 180 days: National Security Letters in (a)(1) and (a)(2), everything in (a)(3).

    Law: 50 USC 1874(b).
    """
    return published - HALF_YEAR, published


def delayed_window(published: date) -> Window:
    """Return the latest 180 days of which FISA figures may be stated in (a)(1) and (a)(2).

    They end not less than 180 days before the publication.

    Law: 50 USC 1874(b)(1)(A).
    """
    return recent_window(published - HALF_YEAR)


def latest_year_end(published: date) -> date:
    """Return the latest last day of a year that (a)(4) lets be stated: a year before the publication.

    Law: 50 USC 1874(b)(3).
    """
    return _same_day(published, years=-1)


def earliest_publication(last_date: date) -> date:
    """Return the first day on which (a)(4) lets a year with that last day be stated."""
    day = _same_day(last_date, years=1)
    return day if latest_year_end(day) >= last_date else day + timedelta(days=1)


def new_platform_until(received: date) -> date:
    """Return until when (a)(1) and (a)(2) leave out an order for a platform that had none before: day 540.

    Law: 50 USC 1874(b)(1)(B).
    """
    return received + NEW_PLATFORM


def categories_due(structure: Structure, period: Period, on: date) -> tuple[Category, ...]:
    """Return the categories that a report of the period may state when it is made on that day; often none.

    The period must be one the structure allows, and over: a range seen while it grows tells the number when it changes.
    """
    if period.kind != structure.period or on < period.after_date:
        return ()
    if period.kind == "year" and on < earliest_publication(period.last_date):
        return ()
    return tuple(
        category for category in structure.categories if not category.is_delayed or on >= period.after_date + HALF_YEAR
    )


def _same_day(day: date, *, years: int) -> date:
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))
