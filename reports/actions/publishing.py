"""Publishing: frozen with a hash, sealed in the ledger, never changed."""

from datetime import datetime
from hashlib import sha256

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.actions import append, checkpoint
from ledger.models import Checkpoint
from reports import ledger_kinds as kinds
from reports import method
from reports.actions.making import Made, fingerprint, make
from reports.actions.refusals import (
    BandsOverlap,
    ChangeNotExplained,
    FiguresChanged,
    require_not_held,
    require_publisher_after,
)
from reports.body import to_bytes
from reports.models import PublishedReport
from reports.rules.periods import Period

LOCK = 0x7265706F7274  # "report": one publication at a time in a database


def publish(period: Period, *, by: User, now: datetime, note: str = "", seen: str | None = None) -> PublishedReport:
    """Freeze the period's report as its next revision, and publish it.

    It is counted from the ledger as a checkpoint taken at this moment seals it, checked case by case, and sealed by
    another checkpoint afterwards. `seen` is the fingerprint of what the publisher looked at. Publications queue up: of
    two at once the later is a revision of the former.
    Raises Refused (one of the classes above) and DoesNotAddUp.
    """
    require_publisher_after(period, by=by, now=now)
    require_not_held()
    checkpoint(now)
    sealed = Checkpoint.objects.order_by("number").values_list("number", flat=True).last() or 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        made = make(period, now=now, sealed=sealed, checked=True)
        if seen is not None and seen != fingerprint(made.body):
            raise FiguresChanged(_("The figures changed since you looked at them. Look again, then publish."))
        report = _freeze(period, made, by=by, now=now, note=note.strip(), sealed=sealed)
    checkpoint(now)
    return report


def _freeze(period: Period, made: Made, *, by: User, now: datetime, note: str, sealed: int) -> PublishedReport:
    revision, frozen = made.body["revision"], to_bytes(made.body)
    if revision > 1 and not note:
        raise ChangeNotExplained(
            _("%(period)s is published already. Write what changed and why; readers will see it beside both revisions.")
            % {"period": period.label}
        )
    _require_no_overlap(period, made.structure)
    report = PublishedReport.objects.create(
        period=period.label,
        revision=revision,
        start_date=period.start_date,
        after_date=period.after_date,
        structure=made.structure,
        body=frozen,
        sha256=sha256(frozen).hexdigest(),
        method=method.VERSION,
        checkpoint=sealed,
        note=note,
        published_by=by,
        published_at=now,
    )
    append(
        stream=kinds.stream(period.label),
        kind=kinds.PUBLISHED,
        at=now,
        by=by.pk,
        period=period.label,
        revision=revision,
        method=method.VERSION,
        checkpoint=sealed,
        sha256=report.sha256,
    )
    return report


def _require_no_overlap(period: Period, chosen: str) -> None:
    """No two published blocks about the same days, but revisions of one report in one structure."""
    others = PublishedReport.objects.filter(start_date__lt=period.after_date, after_date__gt=period.start_date)
    if chosen and others.exclude(structure="").exclude(period=period.label, structure=chosen).exists():
        raise BandsOverlap(
            _("National security figures about days of %(period)s are published in another report or structure.")
            % {"period": period.label}
        )
