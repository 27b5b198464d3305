"""How a package may travel to an authority, and how long a link to it stays open. The table: data/deliveries.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cases.rules import tables
from cases.rules.problems import Problem
from cases.rules.wording import long_date

_TABLE = tables.read("deliveries")
MEANS: Mapping[str, str] = {code: row["title"] for code, row in _TABLE["means"].items()}
INSIDE, OTHER = "eevidence_system", "other"
ENCRYPTION_SOURCE: str = _TABLE["encryption"]["source"]
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


def means_problem(means: str, how: str, size: int, *, is_eevidence: bool) -> Problem | None:
    """Return why a package of so many bytes was not handed over by these means, or None; `how` says more of them.

    `is_eevidence`: the order is a certificate of the e-Evidence Regulation.

    Law: Implementing Reg. (EU) 2025/1550 Annex.
    """
    if means not in MEANS:
        return Problem("unknown", "Choose by what means it was handed over.")
    if means == OTHER and not how.strip():
        return Problem("unsaid", "Say by what means it was handed over.")
    if means == INSIDE and not is_eevidence:
        return Problem("not_eevidence", "Only certificates of Reg. (EU) 2023/1543 are answered inside that system.")
    if means == INSIDE and size > LARGEST_INSIDE:
        row = _TABLE["eevidence_system"]
        return Problem("too_large", f"More than {row['most_kb']:,} kB does not go inside the system: {row['source']}.")
    return None


def asks_encryption(*, is_eevidence: bool, has_files: bool, means: str = "") -> bool:
    """Return whether it must be said of a delivery that it is encrypted to the authority's certificate, or why not.

    Evidence under a certificate that goes another way than inside the system.

    Law: Implementing Reg. (EU) 2025/1550 Annex 6.5, 6.6.
    """
    return is_eevidence and has_files and means != INSIDE


def encryption_problem(is_encrypted: bool | None, reason: str) -> Problem | None:
    """Return what is missing of what is said of a delivery's encryption; None when it is all there.

    Law: Implementing Reg. (EU) 2025/1550 Annex 6.5, 6.6: "or a reasoned explanation".
    """
    if is_encrypted or (is_encrypted is False and reason.strip()):
        return None
    return Problem(
        "unsaid", f"Say that it is encrypted to the authority's certificate, or why not: {ENCRYPTION_SOURCE}."
    )


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
