"""Drafts: a worker counts a period for the publisher's page."""

from datetime import datetime

from django.conf import settings

from accounts.models import User
from reports.actions.refusals import require_publisher_after
from reports.body import build, to_bytes
from reports.counting import check_case_by_case, count
from reports.models import ReportDraft
from reports.queries import next_revision
from reports.rules.lines import DoesNotAddUp
from reports.rules.periods import Period


def ask_for_draft(period: Period, *, by: User, now: datetime) -> ReportDraft:
    """Note that a worker shall count the period for the publisher's page. Raises NotAPublisher and NotOver."""
    require_publisher_after(period, by=by, now=now)
    fresh = {"step": ReportDraft.Step.ASKED, "asked_at": now, "counted_at": None, "body": None, "failure": ""}
    draft, _created = ReportDraft.objects.update_or_create(period=period.label, defaults=fresh)
    return draft


def build_draft(period: Period, *, now: datetime) -> None:
    """Count a draft that was asked for, noting each step for the page; what does not add up is noted as its failure.

    Without a draft that waits, nothing happens, so a task that is delivered twice counts once.
    """
    waiting = ReportDraft.objects.filter(period=period.label)
    if not waiting.filter(step=ReportDraft.Step.ASKED).update(step=ReportDraft.Step.COUNTING):
        return
    zone = settings.WRITDESK.reporting_zone
    try:
        counts = count(period, zone)
        waiting.update(step=ReportDraft.Step.CHECKING)
        check_case_by_case(counts, period, zone)
    except DoesNotAddUp as wrong:
        waiting.update(step=ReportDraft.Step.FAILED, failure=str(wrong))
        return
    body = build(period, zone, counts, revision=next_revision(period.label))
    waiting.update(step=ReportDraft.Step.DONE, counted_at=now, body=to_bytes(body))
