"""Places and hours that the tests of the rules share."""

from datetime import datetime
from zoneinfo import ZoneInfo

DUBLIN = ZoneInfo("Europe/Dublin")
NEW_YORK = ZoneInfo("America/New_York")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
TOKYO = ZoneInfo("Asia/Tokyo")


def at(zone: ZoneInfo, text: str) -> datetime:
    """Return "2026-09-04 14:20" on the clocks of that zone."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)
