"""The receiving office of the worked examples: its clocks, and the hours on them."""

from datetime import datetime
from zoneinfo import ZoneInfo

OFFICE = ZoneInfo("America/Los_Angeles")


def at(text: str) -> datetime:
    """Return "2026-09-04 14:20" on the office's clocks."""
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE)
