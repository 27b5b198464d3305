"""Reporting periods: years, halves and quarters of the calendar."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

from django.utils.translation import gettext as _

Kind = Literal["year", "half", "quarter"]
LABEL = re.compile(r"(?P<year>[12]\d{3})(-(?P<kind>[HQ])(?P<number>\d))?", re.ASCII)
KINDS: dict[str | None, tuple[Kind, int]] = {None: ("year", 12), "H": ("half", 6), "Q": ("quarter", 3)}


class BadPeriod(Exception):
    """The label names no period."""


@dataclass(frozen=True)
class Period:
    """A span of whole days, from start_date on and before after_date."""

    label: str
    kind: Kind
    start_date: date
    after_date: date

    @property
    def last_date(self) -> date:
        """The last day that belongs to it."""
        return self.after_date - timedelta(days=1)

    def instants(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Return its first instant and the first one after it: a period has its first and its last second."""
        return _midnight(self.start_date, zone), _midnight(self.after_date, zone)

    def is_over(self, now: datetime, zone: tzinfo) -> bool:
        """Return whether its last second has passed."""
        return now >= _midnight(self.after_date, zone)

    def previous(self) -> "Period":
        """Return the period of the same length just before."""
        return containing(self.start_date - timedelta(days=1), self.kind)

    def overlaps(self, other: "Period") -> bool:
        """Return whether a day belongs to both."""
        return self.start_date < other.after_date and other.start_date < self.after_date


def period(label: str) -> Period:
    """Return the period of a label: 2018, 2018-H2 or 2018-Q3. Raises BadPeriod."""
    found = LABEL.fullmatch(label)
    if found:
        kind, months = KINDS[found["kind"]]
        number = int(found["number"] or 1)
        if 1 <= number <= 12 // months:
            return _period(int(found["year"]), kind, months, number)
    raise BadPeriod(_("“%(label)s” is no period. Write 2018, 2018-H2 or 2018-Q3.") % {"label": label})


def containing(day: date, kind: Kind) -> Period:
    """Return the period of that kind to which the day belongs."""
    months = next(length for name, length in KINDS.values() if name == kind)
    return _period(day.year, kind, months, (day.month - 1) // months + 1)


def _period(year: int, kind: Kind, months: int, number: int) -> Period:
    first, end = (number - 1) * months, number * months
    letter = next(letter for letter, (name, _length) in KINDS.items() if name == kind)
    return Period(
        label=f"{year}-{letter}{number}" if letter else str(year),
        kind=kind,
        start_date=date(year, first + 1, 1),
        after_date=date(year + end // 12, end % 12 + 1, 1),
    )


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
