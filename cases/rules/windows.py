"""The objection window: the days between a delivered notice and whatever happens next."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from cases.rules.calendars import ONE_DAY, add_working_days
from cases.rules.deadlines import end_of
from cases.rules.wording import counted, long_date, short_date


@dataclass(frozen=True)
class Window:
    """From `starts_at` to `ends_at`, exclusive, in the customer's zone. Nothing is produced before `ends_at`."""

    starts_at: datetime
    ends_at: datetime
    days: int  # the policy's days, calendar or working
    rule: str  # later_of, bounded
    explanation: str
    shortened: bool  # fewer days than the policy gives
    extension_wanted: bool  # it leaves no time to answer by the return date: the agency is asked for more


def objection_window(
    *,
    delivered_at: datetime,
    zone: ZoneInfo,
    days: int,
    calendar: str,
    country: str,
    rule: str,
    return_date: date | None,
) -> Window:
    """Return the window of a notice delivered at that instant.

    It starts the day after, in the customer's zone, and ends at 24:00 of its last day, also over a change of the clock.
    `calendar` is "calendar" or "working" (in `country`). `rule` "later_of" waits for the policy's days or until the
    return date begins, whichever is later, so that the answer can still leave on that date; "bounded" waits for the
    policy's days but not past the last working day before the return date.

    Practice: Automattic's legal guidelines (the later of 7 days and the time before the data are due).
    """
    delivered_on = delivered_at.astimezone(zone).date()
    policy_last_day = _days_later(delivered_on, days, calendar, country)
    last_day = _last_day(rule, policy_last_day, delivered_on, return_date, country)
    shortened = last_day < policy_last_day
    return Window(
        starts_at=datetime.combine(delivered_on + ONE_DAY, time.min, tzinfo=zone),
        ends_at=end_of(last_day, zone),
        days=days,
        rule=rule,
        explanation=_explanation(days, calendar, delivered_on, policy_last_day, last_day, return_date),
        shortened=shortened,
        extension_wanted=shortened or (return_date is not None and last_day >= return_date),
    )


def _days_later(day: date, days: int, calendar: str, country: str) -> date:
    return add_working_days(day, days, country) if calendar == "working" else day + days * ONE_DAY


def _last_day(rule: str, policy_last_day: date, delivered_on: date, return_date: date | None, country: str) -> date:
    if return_date is None:
        return policy_last_day
    if rule == "later_of":
        # The day before: on the return date itself the answer can still leave in time.
        return max(policy_last_day, return_date - ONE_DAY)
    # A return date so near that no day is left makes an empty window, which ends as it starts.
    return max(min(policy_last_day, add_working_days(return_date, -1, country)), delivered_on)


def _explanation(
    days: int, calendar: str, delivered_on: date, policy_last_day: date, last_day: date, return_date: date | None
) -> str:
    amount = counted(days, "working_day" if calendar == "working" else "day")
    text = f"until the end of {long_date(last_day)}: {amount} from delivery on {short_date(delivered_on)}"
    if return_date is None or last_day == policy_last_day:
        return text
    if last_day > policy_last_day:
        return f"{text}; the return date, {long_date(return_date)}, is later"
    return f"{text}, cut at the last working day before the return date, {long_date(return_date)}"
