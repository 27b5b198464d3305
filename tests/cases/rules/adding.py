"""Adding up again, by hand, what the steps of a deadline say: every word they are written in, read back."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from cases.rules.calendars import add_working_days, working_day_from
from cases.rules.wording import MONTHS

DAY = r"(\d{1,2}) (" + "|".join(MONTHS) + r") (\d{4})"
AFTER = re.compile(r"(\d+) (hour|day|working day|month)s? after it: ")
STOOD_STILL = re.compile(r"the clock stood still for ([^,:]+)(?:, counted as (\d+) days?)?: ")
SPAN = re.compile(r"(\d+) (day|hour|minute)s?")


def day_in(step: str) -> date:
    """Return the day that a step ends with, an hour left aside."""
    found = re.search(DAY + r"(?: \d\d:\d\d \S+)?$", step)
    assert found, step
    return date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))


def last_day_by_hand(steps: Sequence[str], country: str) -> date:
    """Return the last day that the steps of a deadline in days add up to, each of them checked on the way."""
    day = day_in(steps[0])
    for step in steps[1:]:
        day = _next_day(day, step, country)
        assert day_in(step) == day, f"{step} does not follow from what stands before"
    return day


def _next_day(day: date, step: str, country: str) -> date:
    if after := AFTER.match(step):
        return _later(day, int(after[1]), after[2], country)
    if stood_still := STOOD_STILL.match(step):
        counted = stood_still[2] or re.fullmatch(r"(\d+) days?", stood_still[1])[1]  # type: ignore[index]
        return day + timedelta(days=int(counted))
    if step.startswith("extended to "):
        assert day_in(step) > day
        return day_in(step)
    assert step.startswith("not a working day, so "), step
    return working_day_from(day, country)


def _later(day: date, amount: int, unit: str, country: str) -> date:
    if unit == "working day":
        return add_working_days(day, amount, country)
    if unit == "day":
        return day + timedelta(days=amount)
    month = day.month + amount
    last = date(day.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)  # of the month that is meant
    return last.replace(day=min(day.day, last.day))


def ends_by_hand(steps: Sequence[str], zone: ZoneInfo) -> bool:
    """Return whether the steps of a deadline in hours add up: in an hour that comes twice, from either of the two."""
    written = [_hour_in(step) for step in steps]
    spans = [_span(step) for step in steps[1:]]
    for fold in (0, 1):
        at = written[0].replace(tzinfo=zone, fold=fold)
        reached = [at := (at.astimezone(UTC) + span).astimezone(zone) for span in spans]
        if [f"{one:%F %R}" for one in reached] == [f"{one:%F %R}" for one in written[1:]]:
            return True
    return False


def _hour_in(step: str) -> datetime:
    hour, minute = re.search(r"(\d\d):(\d\d) \S+$", step).groups()  # type: ignore[union-attr]
    return datetime.combine(day_in(step), datetime.min.time()).replace(hour=int(hour), minute=int(minute))


def _span(step: str) -> timedelta:
    after = AFTER.match(step)
    words = f"{after[1]} {after[2]}" if after else STOOD_STILL.match(step)[1]  # type: ignore[index]
    return timedelta(**{f"{unit}s": int(amount) for amount, unit in SPAN.findall(words)})
