"""How a package may travel to an authority, and how long a link to it stays open. The table: data/deliveries.toml."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cases.rules import tables
from cases.rules.wording import long_date

_TABLE = tables.read("deliveries")
BYTES_PER_KB = 1024  # 25 MB are 25,600 kB
LARGEST_INSIDE = _TABLE["eevidence_system"]["most_kb"] * BYTES_PER_KB
FEWEST_DAYS: int = _TABLE["link"]["fewest_days"]
MOST_DAYS: int = _TABLE["link"]["most_days"]
USUAL_DAYS: int = _TABLE["link"]["usual_days"]
ATTEMPTS: int = _TABLE["code"]["attempts"]


class LinkLife(ValueError):
    """A link would end too early or too late."""


@dataclass(frozen=True)
class Channel:
    """By which channel a package goes, why, and by which law."""

    code: str  # eevidence_system, link
    reason: str
    source: str


def channel(size: int, *, in_eevidence: bool) -> Channel:
    """Return the channel for a package of so many bytes; `in_eevidence`: the order came through that system.

    Law: Implementing Reg. (EU) 2025/1550 Annex.
    """
    source = _TABLE["eevidence_system"]["source"]
    most = _TABLE["eevidence_system"]["most_kb"]
    if not in_eevidence:
        return Channel("link", "The order did not come through the e-Evidence system.", "")
    if size <= LARGEST_INSIDE:
        return Channel("eevidence_system", f"It holds no more than {most:,} kB: it goes inside the system.", source)
    return Channel("link", f"It holds more than {most:,} kB: it goes by another channel, with its manifest.", source)


def link_ends_between(available: date) -> tuple[date, date]:
    """Return the first and the last day on which a link made available that day may end.

    Law: Implementing Reg. (EU) 2025/1550 Annex: 10 to 45 calendar days.
    """
    return available + timedelta(days=FEWEST_DAYS), available + timedelta(days=MOST_DAYS)


def link_end(available_at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Return the midnight after the link's last day, which counts in full, as the receiving office counts days.

    Raises LinkLife for fewer than 10 or more than 45 days.
    """
    available = available_at.astimezone(zone).date()
    first, last = link_ends_between(available)
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise LinkLife(f"A link made available now ends between {long_date(first)} and {long_date(last)}.")
    return datetime.combine(available + timedelta(days=days + 1), time.min, tzinfo=zone)
