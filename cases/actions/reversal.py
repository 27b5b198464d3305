"""Undoing what took effect: by a court, the authority, or because its time is over; always by two people."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.approvals import propose
from cases.actions.changing import Refused, changing_for, committed, record
from cases.actions.duties import owe_all
from cases.actions.effect_reports import reversal_report
from cases.actions.letters import draft_letter
from cases.dossier import ABOUT_TARGETS
from cases.models import Affected, Approval, Case, LetterKind, Measure
from cases.rules.measures import is_over
from cases.states import ApprovalKind, DutyKind, DutyState

CAUSES = ("court", "authority", "end")  # a court's decision, the authority's lifting, the order's last day


class NotReversible(Refused):
    """Nothing took effect that could be reversed, or it was reversed already, or its time is not over."""


def propose_reversal(
    *, case_id: int, cause: str, reason: str, target_ids: Collection[int] = (), by: User, now: datetime
) -> Approval:
    """Ask a second counsel to undo what took effect on these targets, or on all. Raises NotReversible."""
    if cause not in CAUSES:
        raise Refused(_("Choose why it is reversed."))
    with changing_for(by, case_id, Role.COUNSEL) as case:
        chosen = Q(target__in=target_ids) if target_ids else Q()
        standing = case.measures.filter(chosen, effect_at__isnull=False, reversed_at=None)
        _require_reversible(list(standing), cause, now)
        params = {"measures": [measure.pk for measure in standing], "cause": cause}
        return propose(case, ApprovalKind.REVERSE, params, reason=reason, by=by, now=now)


def reverse(case: Case, approval: Approval, *, by: User, now: datetime) -> None:
    """Carry out an approved reversal. Who was told of the effect is told of this too; a report of it is drafted."""
    params = approval.subject["params"]
    measures = list(case.measures.filter(pk__in=params["measures"], reversed_at=None))
    _require_reversible(measures, params["cause"], now)
    case.measures.filter(pk__in=[measure.pk for measure in measures]).update(
        reversed_at=now, reversed_reason=approval.reason, reversal=approval
    )
    told = _tell(case, measures, by=by, now=now)
    record(
        case,
        kinds.MEASURES_REVERSED,
        at=now,
        by=by,
        measures=len(measures),
        cause=params["cause"],
        reversed=now,
        told=told,
        reason=committed(case, approval.reason, now=now),
    )
    report = reversal_report(case, measures, params["cause"], now)
    draft_letter(case, LetterKind.EFFECT_REPORT, report, by=by, now=now)


def _tell(case: Case, measures: Sequence[Measure], *, by: User, now: datetime) -> int:
    """Owe the outcome to the targets' customers and to who was hit beside them, where they were told of the effect."""
    told = case.duties.filter(state=DutyState.DELIVERED)
    targets = [measure.target_id for measure in measures]
    own = told.filter(kind__in=ABOUT_TARGETS, targets__in=targets).values_list("customer", flat=True)
    hit = Affected.objects.filter(measure__in=[measure.pk for measure in measures], is_told=True)
    others = told.filter(kind=DutyKind.AFFECTED, customer__in=hit.values("customer"))
    return len(
        [
            *owe_all(case, DutyKind.OUTCOME, sorted(set(own)), now=now, by=by),
            *owe_all(case, DutyKind.AFFECTED, sorted(set(others.values_list("customer", flat=True))), now=now, by=by),
        ]
    )


def _require_reversible(measures: Sequence[Measure], cause: str, now: datetime) -> None:
    if not measures:
        raise NotReversible(_("Nothing has effect here that could be reversed."))
    today = now.astimezone(settings.WRITDESK.receiving_zone).date()
    if cause == "end" and not all(is_over(measure.ends_date, today) for measure in measures):
        raise NotReversible(_("The order's last day has not passed."))


def note_ended(*, now: datetime) -> int:
    """Turn measures whose last day has passed into work for a person; return how many. Reverses nothing."""
    today = now.astimezone(settings.WRITDESK.receiving_zone).date()
    over = Measure.objects.filter(ends_date__lt=today, effect_at__isnull=False, ended_at=None, reversed_at=None)
    return sum(_note_ended(measure, now=now) for measure in over.select_related("case"))


@transaction.atomic
def _note_ended(measure: Measure, *, now: datetime) -> int:
    # Compare and swap: of two schedulers one writes the entry.
    if not Measure.objects.filter(pk=measure.pk, ended_at=None, reversed_at=None).update(ended_at=now):
        return 0
    record(measure.case, kinds.MEASURE_ENDED, at=now, by=None, measure=measure.pk)
    return 1
