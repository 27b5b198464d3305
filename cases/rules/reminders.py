"""When a customer who has not answered is reminded that their days to object end."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from cases.rules.calendars import ONE_DAY

AT = time(9)  # in the customer's zone: nobody is woken by it


def reminder_due(*, starts_at: datetime, ends_at: datetime, zone: ZoneInfo, days: int) -> datetime | None:
    """Return when the reminder of a window is due: at nine of the day that is `days` days before its last one.

    None where there is to be none: `days` is 0, or the window is so short that fewer than `days` days would lie between
    the notice and the reminder. `starts_at` and `ends_at` are the window's, midnights in `zone`; the end is exclusive.

    No law asks for a reminder, and none forbids it but an order not to tell: it is the operator's policy.
    """
    if days <= 0:
        return None
    last_day = ends_at.astimezone(zone).date() - ONE_DAY
    day = last_day - days * ONE_DAY
    told_on = starts_at.astimezone(zone).date() - ONE_DAY
    if (day - told_on).days < days:
        return None
    return datetime.combine(day, AT, tzinfo=zone)


def is_to_be_reminded(now: datetime, *, due_at: datetime | None, ends_at: datetime) -> bool:
    """Return whether the reminder may leave now: from when it is due until a day before the window ends.

    Whoever was held up longer is not reminded any more: it would come with the last hours.
    """
    return due_at is not None and due_at <= now < ends_at - ONE_DAY
