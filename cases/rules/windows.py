"""The objection window: the days between a delivered notice and whatever happens next."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
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
    first_day = delivered_on + ONE_DAY
    starts_at = datetime.combine(first_day, time.min, tzinfo=zone)
    last_day = add_working_days(delivered_on, days, country) if calendar == "working" else delivered_on + days * ONE_DAY
    kind = "working_day" if calendar == "working" else "day"
    reason = f"{counted(days, kind)} from delivery on {short_date(delivered_on)}"
    policy_last_day, answer_day_lost = last_day, return_date is not None and last_day >= return_date
    if return_date is not None and rule == "later_of" and not answer_day_lost:
        last_day = return_date - ONE_DAY
        reason = f"the return date, {long_date(return_date)}, is later than {reason}"
    if return_date is not None and rule == "bounded":
        # A return date so near that no day is left makes an empty window, which ends as it starts.
        last_day = max(min(last_day, add_working_days(return_date, -1, country)), delivered_on)
        if last_day < policy_last_day:
            reason = f"{reason}, cut at the last working day before the return date, {long_date(return_date)}"
    return Window(
        starts_at=starts_at,
        ends_at=end_of(last_day, zone),
        days=days,
        rule=rule,
        explanation=f"until the end of {long_date(last_day)}: {reason}",
        shortened=last_day < policy_last_day,
        extension_wanted=answer_day_lost if rule == "later_of" else last_day < policy_last_day,
    )


def days_in(window: Window) -> int:
    """Return how many whole days of the customer's the window has, whatever the clock does in them."""
    return (window.ends_at.date() - window.starts_at.date()) // timedelta(days=1)
