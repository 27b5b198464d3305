"""Dates and amounts as they read in an explanation, in English: the words of the law are quoted, not translated."""

from datetime import date, datetime, timedelta

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def long_date(day: date) -> str:
    """Return "14 September 2026"."""
    return f"{short_date(day)} {day.year}"


def short_date(day: date) -> str:
    """Return "14 September"."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def long_time(at: datetime) -> str:
    """Return "4 September 2026 22:20 IST", in the zone the instant carries: an hour without its zone is no instant."""
    return f"{long_date(at.date())} {at:%H:%M %Z}"


def counted(amount: int, unit: str) -> str:
    """Return "10 days", "1 working day"."""
    return f"{amount} {unit.replace('_', ' ')}{'' if amount == 1 else 's'}"


def counted_time(span: timedelta) -> str:
    """Return "2 days 6 hours 5 minutes"; less than a minute is left out."""
    hours, minutes = divmod(span.seconds // 60, 60)
    parts = ((span.days, "day"), (hours, "hour"), (minutes, "minute"))
    return " ".join(counted(amount, unit) for amount, unit in parts if amount) or "less than a minute"


def years_later(day: date, years: int) -> date:
    """Return the same day of the year `years` later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
