"""A report, counted: what a preview shows and a publication freezes."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings

from reports.body import Body, build, to_bytes, with_bands, without_bands
from reports.counting import check_case_by_case, count
from reports.national_security import block
from reports.queries import next_revision
from reports.rules.bands import structure
from reports.rules.periods import Period


@dataclass(frozen=True)
class Made:
    """A report, and the structure of its national security block (empty: it has none)."""

    body: Body
    structure: str


def make(period: Period, *, now: datetime, sealed: int | None = None, checked: bool = False) -> Made:
    """Return the report of a period as its next revision, counted from the ledger.

    `now` decides only whether the law lets a national security block stand yet. `sealed`: of the ledger as that
    checkpoint sealed it. `checked`: count what is open case by case too. Raises DoesNotAddUp.
    """
    desk = settings.WRITDESK
    body = make_without_bands(period, sealed=sealed, checked=checked)
    bands = block(structure(desk.ns_structure), period, desk.reporting_zone, now=now, sealed=sealed)
    return Made(with_bands(body, bands), desk.ns_structure if bands else "")


def make_without_bands(period: Period, *, sealed: int | None = None, checked: bool = False) -> Body:
    """Return the same without national security, of which nothing is read then. Raises DoesNotAddUp."""
    zone = settings.WRITDESK.reporting_zone
    counts = count(period, zone, sealed=sealed)
    if checked:
        check_case_by_case(counts, period, zone, sealed=sealed)
    return build(period, zone, counts, revision=next_revision(period.label))


def fingerprint(body: Body) -> str:
    """Return the hash of what a publisher looks at before publishing: everything but the bands."""
    return sha256(to_bytes(without_bands(body))).hexdigest()
