"""What is put into the post arrives some days later: when it counts as delivered."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from notifications.rules.local_hours import at_hour


def arrives_at(posted_on: date, *, days: int, zone: ZoneInfo) -> datetime:
    """Return the moment from which a letter counts as delivered: so many days after it was posted, as their day begins.

    In the zone of whom it goes to; the days are the operator's. No statute is known to set them for a provider's
    notice: engineering input, such as rules that let a posted notice count after three to five days.
    """
    return at_hour(posted_on + timedelta(days=days), 0, zone)
