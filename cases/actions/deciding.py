"""The second person, half two: approve or decline. What does not leave the house is done in the same moment."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions import challenges, conflict, ending, fraud, objections, redactions, reversal, withholding
from cases.actions.approvals import ReasonMissing
from cases.actions.blocked import noted_if_blocked
from cases.actions.changing import changing_for, committed, record
from cases.actions.second_person import (
    NotApproved,
    NotWhatWasRead,
    execute,
    require_in_time,
    require_same,
    require_second_person,
)
from cases.models import Approval, Case
from cases.states import RELEASES, ApprovalKind, ApprovalState

Deed = Callable[..., None]

DEEDS: Mapping[str, Deed] = {
    ApprovalKind.GO_ON: conflict.go_on,
    ApprovalKind.CHALLENGE: challenges.begin,
    ApprovalKind.WITHHOLD: withholding.withhold,
    ApprovalKind.SHORTEN_WINDOW: withholding.shorten,
    ApprovalKind.REJECT: ending.carry_out_rejection,
    ApprovalKind.REOPEN: ending.carry_out_reopening,
    ApprovalKind.OBJECTION: objections.decide,
    ApprovalKind.VOID_ORDERS: fraud.void_orders,
    ApprovalKind.REVERSE: reversal.reverse,
    ApprovalKind.REDACT: redactions.carry_out,
}


def approve(*, approval_id: int, digest: str, decision: str, by: User, now: datetime) -> Approval:
    """Approve a proposal as the approver saw it: `digest` is the one on the page they read.

    Releases wait for counsel's hand afterwards (cases.actions.productions.release); all else is carried out now.
    """
    with _deciding("approve", approval_id, by=by, now=now) as (case, approval):
        if digest != approval.digest:
            raise NotWhatWasRead(_("This is not the proposal that you read. Look at it again."))
        require_same(case, approval)
        _decide(case, approval, ApprovalState.APPROVED, decision, by=by, now=now)
        if approval.kind not in RELEASES:
            execute(case, approval, now=now)
            DEEDS[approval.kind](case, approval, by=by, now=now)
        return approval


def decline(*, approval_id: int, decision: str, by: User, now: datetime) -> Approval:
    """Decline a proposal, with a reason for who proposed it."""
    if not decision.strip():
        raise ReasonMissing(_("Say why, for the person who proposed it."))
    with _deciding("decline", approval_id, by=by, now=now) as (case, approval):
        _decide(case, approval, ApprovalState.DECLINED, decision, by=by, now=now)
        return approval


@contextmanager
def _deciding(attempt: str, approval_id: int, *, by: User, now: datetime) -> Iterator[tuple[Case, Approval]]:
    """Yield case and proposal under lock, for a person who may decide it while it waits."""
    found = Approval.objects.select_related("case").get(pk=approval_id)
    with noted_if_blocked(attempt, found, by=by, now=now), changing_for(by, found.case_id, Role.COUNSEL) as case:
        approval = case.approvals.select_related("proposed_by", "decided_by").get(pk=approval_id)
        require_in_time(approval, now)
        if approval.state != ApprovalState.PROPOSED:
            raise NotApproved(_("This no longer waits for anyone."))
        require_second_person(case, approval, by, now)
        yield case, approval


def _decide(case: Case, approval: Approval, state: ApprovalState, decision: str, *, by: User, now: datetime) -> None:
    approval.state, approval.decided_by, approval.decided_at = state, by, now
    approval.decision = decision.strip()
    approval.save()
    record(
        case,
        kinds.APPROVAL_DECIDED,
        at=now,
        by=by,
        approval=approval.pk,
        what=approval.kind,
        decision=state,
        digest=approval.digest,
        reason=committed(case, decision.strip(), now=now),
    )
