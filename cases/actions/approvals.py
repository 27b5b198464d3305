"""The second person, half one: proposing, and taking back. Deciding and carrying out: cases.actions.deciding."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import NotForYou, Refused, changing_for, committed, record
from cases.approvals import digest_of, subject_of
from cases.models import Approval, Case
from cases.states import RELEASES, ApprovalKind, ApprovalState

RELEASE_KINDS = tuple(RELEASES)
EMERGENCY_LIFE = timedelta(hours=24)  # what was urgent a day ago is to be asked anew
LIVE = (ApprovalState.PROPOSED, ApprovalState.APPROVED)


class AlreadyProposed(Refused):
    """The same thing waits for a second person already."""


class ReasonMissing(Refused):
    """A proposal without a reason tells the second person nothing."""


def propose(
    case: Case, kind: ApprovalKind, params: dict[str, Any], *, reason: str, by: User, now: datetime
) -> Approval:
    """Return the proposal, frozen. The caller holds the case's lock and has asked the guards.

    Raises ReasonMissing, AlreadyProposed.
    """
    if not reason.strip():
        raise ReasonMissing(_("Give the second person your reason."))
    subject = subject_of(kind, case, params)
    digest = digest_of(subject)
    if any(not same.is_over(now) for same in case.approvals.filter(kind=kind, digest=digest, state__in=LIVE)):
        raise AlreadyProposed(_("Exactly this waits for a second person already."))
    approval = Approval.objects.create(
        case=case,
        kind=kind,
        subject=subject,
        digest=digest,
        reason=reason.strip(),
        proposed_by=by,
        proposed_at=now,
        expires_at=now + _life(kind),
    )
    record(
        case,
        kinds.APPROVAL_PROPOSED,
        at=now,
        by=by,
        approval=approval.pk,
        what=kind,
        digest=digest,
        reason=committed(case, reason.strip(), now=now),
    )
    return approval


def _life(kind: ApprovalKind) -> timedelta:
    """Return how long a proposal may wait to be decided and carried out."""
    days = timedelta(days=settings.WRITDESK.approval_days)
    return min(days, EMERGENCY_LIFE) if kind == ApprovalKind.ANSWER_EMERGENCY else days


def void_approvals(case: Case, which: Collection[str], *, because: str, now: datetime) -> None:
    """Void what was proposed or approved and is not done yet: the ground under it has moved."""
    standing = case.approvals.filter(kind__in=which, state__in=LIVE)
    ids = list(standing.values_list("pk", flat=True))
    void_these(case, ids, because=because, now=now)


def void_all(case: Case, *, because: str, now: datetime) -> None:
    """Void every approval that still counts, going on in spite of a conflict included: the request changed."""
    ids = list(case.approvals.filter(state__in=LIVE).values_list("pk", flat=True))
    ids += case.approvals.filter(kind=ApprovalKind.GO_ON, state=ApprovalState.EXECUTED).values_list("pk", flat=True)
    void_these(case, ids, because=because, now=now)


def void_these(case: Case, ids: list[int], *, because: str, now: datetime) -> None:
    """Void the approvals of these keys. The caller has seen under the case's lock that they count."""
    if not ids:
        return
    Approval.objects.filter(pk__in=ids).update(state=ApprovalState.VOID, voided_at=now, void_because=because)
    record(case, kinds.APPROVALS_VOIDED, at=now, by=None, approvals=ids, because=because)


def take_back(*, approval_id: int, by: User, now: datetime) -> None:
    """Take back one's own proposal, approved or not, while it is not carried out."""
    approval = Approval.objects.select_related("proposed_by").get(pk=approval_id)
    with changing_for(by, approval.case_id, Role.COUNSEL, Role.ANALYST) as case:
        if approval.proposed_by.person_id != by.person_id:
            raise NotForYou(_("Only who proposed this can take it back."))
        if not case.approvals.filter(pk=approval_id, state__in=LIVE).exists():
            raise Refused(_("This is no longer waiting."))
        void_these(case, [approval_id], because="taken_back", now=now)
