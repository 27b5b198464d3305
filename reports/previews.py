"""What staff see of reports before and after publishing."""

import json
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from accounts.models import Compartment, User
from cases.actions.opening import NATIONAL_SECURITY
from reports import queries
from reports.actions.making import fingerprint, make_without_bands
from reports.actions.refusals import require_publisher_after
from reports.body import Body, build, with_bands, without_bands
from reports.comparing import Difference, differences
from reports.counting import count
from reports.models import PublishedReport, ReportDraft
from reports.national_security import block
from reports.page import Page
from reports.rules.bands import structure
from reports.rules.periods import Period
from reports.rules.periods import period as parse
from reports.rules.windows import categories_due


@dataclass(frozen=True)
class Preview:
    """A period as it would be published now."""

    page: Page
    revision: int
    fingerprint: str
    counted_at: datetime
    draft: ReportDraft | None  # that a worker counts, or counted
    bands_follow: bool  # a national security block will stand in it that this reader may not see before
    last_period: Period
    since_last_period: list[Difference] | None  # None: it is not published
    since_last_revision: list[Difference] | None


def offered(now: datetime) -> list[Period]:
    """Return the periods that are over and wait to be published."""
    return queries.unpublished(now.astimezone(settings.WRITDESK.reporting_zone).date())


def preview(period: Period, *, reader: User, now: datetime, fresh: bool = False) -> Preview:
    """Return what a publisher looks at before publishing: a worker's draft, or (`fresh`: always) a count of now.

    Only of a period that is over. Ranges of national security only for members of its compartment: whoever sees a
    range move learns more than the range. Raises NotAPublisher, NotOver and DoesNotAddUp.
    """
    require_publisher_after(period, by=reader, now=now)
    draft = queries.draft(period.label)
    before, last = queries.revisions(period.label).first(), queries.revisions(period.previous().label).first()
    drafted = _drafted(draft) if draft and not fresh else None
    body, counted_at = drafted or (make_without_bands(period), now)
    desk = settings.WRITDESK
    chosen, is_member = structure(desk.ns_structure), _may_see_bands(reader)
    bands = block(chosen, period, desk.reporting_zone, now=now) if is_member else None
    return Preview(
        page=Page(with_bands(body, bands)),
        revision=body["revision"],
        fingerprint=fingerprint(body),
        counted_at=counted_at,
        draft=draft,
        bands_follow=not is_member and bool(categories_due(chosen, period, now.astimezone(desk.reporting_zone).date())),
        last_period=period.previous(),
        since_last_period=_changes(last.figures, body) if last else None,
        since_last_revision=_changes(before.figures, body) if before else None,
    )


def recount(report: PublishedReport) -> list[Difference]:
    """Return how the published figures differ from those of the ledger as sealed then: in nothing, if all is well.

    National security is left out, for everyone. Raises DoesNotAddUp.
    """
    published = report.figures
    zone, of = ZoneInfo(published["period"]["zone"]), parse(report.period)
    counts = count(of, zone, sealed=report.checkpoint)
    return _changes(published, build(of, zone, counts, revision=report.revision))


def _drafted(draft: ReportDraft) -> tuple[Body, datetime] | None:
    """Return the figures that a worker counted for the next revision and when, None where there are none."""
    if draft.body is None or draft.counted_at is None:
        return None
    body: Body = json.loads(bytes(draft.body))
    return (body, draft.counted_at) if body["revision"] == queries.next_revision(draft.period) else None


def _changes(before: Body, after: Body) -> list[Difference]:
    return differences(without_bands(before), without_bands(after))


def _may_see_bands(reader: User) -> bool:
    return Compartment.objects.filter(code=NATIONAL_SECURITY, pk__in=reader.compartment_ids).exists()
