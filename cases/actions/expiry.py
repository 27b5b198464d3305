"""Proposals whose time is over: decided and carried out within it, or not at all."""

from datetime import datetime

from cases import ledger_kinds as kinds
from cases.actions.approvals import LIVE
from cases.actions.changing import changing, record
from cases.models import Approval, Case
from cases.states import ApprovalState


def expire_approvals(*, now: datetime) -> int:
    """Let every proposal, approved or not, that was not carried out in its time expire; return how many."""
    over = Approval.objects.filter(state__in=LIVE, expires_at__lte=now, case__is_held=False)
    expired = 0
    for case_id in list(over.order_by("case_id").values_list("case_id", flat=True).distinct()):
        with changing(case_id) as case:
            expired += _expire(case, now=now)
    return expired


def _expire(case: Case, *, now: datetime) -> int:
    # Read under the lock: another scheduler, or a hand that was quicker, may have been here.
    over = list(case.approvals.filter(state__in=LIVE, expires_at__lte=now).order_by("pk"))
    for approval in over:
        approval.state = ApprovalState.EXPIRED
        approval.save(update_fields=["state"])
        record(case, kinds.APPROVAL_EXPIRED, at=now, by=None, approval=approval.pk, what=approval.kind)
    return len(over)
