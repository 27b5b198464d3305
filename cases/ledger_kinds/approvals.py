"""The second person."""

from django.utils.translation import gettext_lazy as _

from ledger.kinds import Field, declare

F = Field

APPROVAL_PROPOSED = declare(
    "approval_proposed",
    _("Proposed: {what}."),
    approval=F.ID,
    what=F.CODE,
    digest=F.COMMITMENT,
    reason=F.COMMITMENT,
)
APPROVAL_DECIDED = declare(
    "approval_decided",
    _("{what}: {decision}."),
    approval=F.ID,
    what=F.CODE,
    decision=F.CODE,
    digest=F.COMMITMENT,
    reason=F.COMMITMENT,
)
APPROVAL_ASKED = declare(
    "approval_asked", _("{what}: staff member {asked} was asked to decide."), approval=F.ID, what=F.CODE, asked=F.ID
)
APPROVAL_EXPIRED = declare(
    "approval_expired",
    _("{what}: not decided or not carried out in its time, it expired."),
    approval=F.ID,
    what=F.CODE,
)
APPROVAL_BLOCKED = declare(
    "approval_blocked",
    _("{what}: an attempt to {attempt} was blocked ({because})."),
    approval=F.ID,
    what=F.CODE,
    attempt=F.CODE,
    because=F.CODE,
)
APPROVALS_VOIDED = declare(
    "approvals_voided", _("Approvals no longer hold: {because}."), approvals=F.IDS, because=F.CODE
)
