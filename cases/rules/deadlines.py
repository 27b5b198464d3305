"""When something is due: a clock rule, the instant of its event, the zone and country of the office that counts.

Where the law leaves two readings, the earlier end is the deadline and the later one is its alternative.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cases.rules.calendars import ONE_DAY, add_working_days, is_working_day, working_day_from
from cases.rules.clocks import ClockRule, clock_rule
from cases.rules.wording import counted, counted_time, long_date, long_time, short_date

UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class Deadline:
    """An end, and how it was found. Instants are aware and in the counting office's zone."""

    due_at: datetime  # exclusive: a whole last day ends at the midnight that begins the next one
    not_before_at: datetime | None  # nothing may be produced earlier, unless the authority confirms
    steps: tuple[str, ...]  # the calculation, one sentence each
    explanation: str
    source: str
    alternative: str  # a later end that is arguable, with its reason; empty: none
    last_day: date | None = None  # the last day that counts in full; None: the end is an instant


@dataclass(frozen=True)
class Pause:
    """A time in which a clock stands still; without end it still does."""

    start_at: datetime
    end_at: datetime | None


def deadline(rule: ClockRule, event_at: datetime, zone: ZoneInfo, country: str) -> Deadline:
    """Return when the clock that started at `event_at` runs out.

    `zone` and `country` are those of the receiving office. The day of the event is not counted; weekends and holidays
    count, unless the unit is the working day. Hours are hours that pass, also over a change of the clock.

    Law: the rule's source; for EU instruments counted by Reg. 1182/71 Art. 3.
    """
    local = event_at.astimezone(zone)
    if rule.unit == "hour":
        return _hours(rule, local)
    unrolled = _last_day(rule, local.date(), country)
    last_day = working_day_from(unrolled, country) if rule.roll == "next_working_day" else unrolled
    steps = [f"{rule.event.replace('_', ' ')} on {long_date(local.date())}"]
    steps.append(f"{counted(rule.amount, rule.unit)} after it: {long_date(unrolled)}")
    if last_day != unrolled:
        steps.append(f"not a working day, so {long_date(last_day)}")
    whole_day = rule.ends == "end_of_day"
    due_at = end_of(last_day, zone) if whole_day else datetime.combine(last_day, local.timetz())
    until = long_date(last_day) if whole_day else long_time(due_at)
    return Deadline(
        due_at=due_at,
        not_before_at=due_at if rule.not_before else None,
        steps=tuple(steps),
        explanation=_explanation(rule, until, local),
        source=rule.source,
        alternative=_later_working_day(rule, last_day, country),
        last_day=last_day if whole_day else None,
    )


def return_date_deadline(return_date: date, zone: ZoneInfo) -> Deadline:
    """Return the deadline that the paper itself states: the end of that day in the receiving office's zone."""
    return Deadline(
        due_at=end_of(return_date, zone),
        not_before_at=None,
        steps=(f"return date {long_date(return_date)}, stated in the document",),
        explanation=f"due {long_date(return_date)}: the return date that the document states",
        source="the document",
        alternative="",
        last_day=return_date,
    )


def named_deadline(rule: ClockRule, day: date, zone: ZoneInfo) -> Deadline:
    """Return the deadline of a rule that counts nothing: the end of the named day in the receiving office's zone.

    Of what takes place on the day at an hour that is not known, a hearing, it is the day's beginning.
    """
    whole_day = rule.ends == "end_of_day"
    return Deadline(
        due_at=end_of(day, zone) if whole_day else datetime.combine(day, time.min, tzinfo=zone),
        not_before_at=None,
        steps=(f"last day {long_date(day)}, as named" if whole_day else f"{long_date(day)}, as named",),
        explanation=f"{'through' if whole_day else 'on'} {long_date(day)}: {rule.source}",
        source=rule.source,
        alternative="",
        last_day=day if whole_day else None,
    )


def title_iii_start(*, entered_at: datetime, began_at: datetime | None, zone: ZoneInfo, country: str) -> datetime:
    """Return when the days of an interception order begin: at the first interception or, if earlier, on day ten.

    Its end, thirty days from there: clock title_iii_end.

    Law: 18 USC 2518(5).
    """
    latest_start_at = deadline(clock_rule("title_iii_start"), entered_at, zone, country).due_at
    return latest_start_at if began_at is None else min(began_at, latest_start_at)


def shifted(original: Deadline, pauses: Iterable[Pause]) -> Deadline | None:
    """Return the deadline moved by the time its clock stood still; None while a pause is open.

    Pauses may overlap. One that began when the clock had already run out moves nothing. A deadline of whole days moves
    by whole days: rounded down, so that we are never late; rounded up where nothing may be produced before it.

    Law: Reg. (EU) 2023/1543 Art. 10(6), (9): the duties wait for the clarification.
    """
    stood_still = timedelta()
    covered_until: datetime | None = None
    runs_out_at = original.due_at.astimezone(UTC)
    for pause in sorted(pauses, key=lambda pause: pause.start_at):
        if pause.start_at >= runs_out_at + stood_still:
            break
        if pause.end_at is None:
            return None
        # In UTC: within one zone Python subtracts wall clocks, which a change of the clock falsifies.
        begins_at, ends_at = pause.start_at.astimezone(UTC), pause.end_at.astimezone(UTC)
        if covered_until is not None:
            begins_at = max(begins_at, covered_until)
        stood_still += max(ends_at - begins_at, timedelta())
        covered_until = ends_at if covered_until is None else max(ends_at, covered_until)
    return _moved(original, stood_still) if stood_still else original


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return 24:00 of that day in the zone: the midnight that begins the next day."""
    return datetime.combine(day + ONE_DAY, time.min, tzinfo=zone)


def _hours(rule: ClockRule, local: datetime) -> Deadline:
    due_at = _later(local, timedelta(hours=rule.amount))
    alternative = ""
    if rule.arguable == "whole_hours" and local != local.replace(minute=0, second=0, microsecond=0):
        next_hour = _later(local.replace(minute=0, second=0, microsecond=0), timedelta(hours=1))
        alternative = f"{rule.alternative}: {long_time(_later(next_hour, timedelta(hours=rule.amount)))}"
    return Deadline(
        due_at=due_at,
        not_before_at=due_at if rule.not_before else None,
        steps=(
            f"{rule.event.replace('_', ' ')} on {long_time(local)}",
            f"{counted(rule.amount, rule.unit)} after it: {long_time(due_at)}",
        ),
        explanation=_explanation(rule, long_time(due_at), local),
        source=rule.source,
        alternative=alternative,
    )


def _later(local: datetime, amount: timedelta) -> datetime:
    # Added in UTC: on wall clocks an hour can be missing or come twice.
    return (local.astimezone(UTC) + amount).astimezone(local.tzinfo)


def _last_day(rule: ClockRule, event_day: date, country: str) -> date:
    if rule.unit == "month":
        return _months_later(event_day, rule.amount)
    if rule.unit == "working_day":
        return add_working_days(event_day, rule.amount, country)
    return event_day + timedelta(days=rule.amount)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    last_of_month = (first + timedelta(days=31)).replace(day=1) - ONE_DAY
    return min(first + timedelta(days=day.day - 1), last_of_month)


def _later_working_day(rule: ClockRule, last_day: date, country: str) -> str:
    if rule.arguable != "next_working_day" or is_working_day(last_day, country):
        return ""
    return f"{rule.alternative}: {long_date(working_day_from(last_day, country))}"


def _explanation(rule: ClockRule, until: str, event_at: datetime) -> str:
    event = short_date(event_at.date()) if rule.unit != "hour" else long_time(event_at)
    weekends = "weekends do not count" if rule.unit == "working_day" else "weekends count"
    due = "not before the end of, and due," if rule.not_before else "due"
    name = rule.event.replace("_", " ")
    return f"{due} {until}: {counted(rule.amount, rule.unit)} from {name} on {event}, {weekends}, {rule.source}"


def _moved(original: Deadline, by: timedelta) -> Deadline:
    stood_still = counted_time(by)
    if original.last_day is None:
        due_at = _later(original.due_at, by)
        until = long_time(due_at)
        last_day = None
    else:
        days = -(-by // ONE_DAY) if original.not_before_at else by // ONE_DAY
        if by != days * ONE_DAY:
            stood_still += f", counted as {counted(days, 'day')}"
        last_day = original.last_day + timedelta(days=days)
        due_at = datetime.combine(last_day + ONE_DAY, time.min, tzinfo=original.due_at.tzinfo)
        until = long_date(last_day)
    step = f"the clock stood still for {stood_still}: {until}"
    return replace(
        original,
        due_at=due_at,
        not_before_at=due_at if original.not_before_at else None,
        steps=(*original.steps, step),
        explanation=f"{original.explanation}; {step}",
        last_day=last_day,
    )
