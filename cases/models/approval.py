"""The second person: one mechanism for everything that needs one."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from cases.models.case import Case
from cases.states import ApprovalKind, ApprovalState


class Approval(models.Model):
    """Exactly this may be done, said one person and agreed another. Bound to a digest of what will be done."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="approvals")
    kind = models.CharField(max_length=20, choices=ApprovalKind.choices)
    state = models.CharField(max_length=10, choices=ApprovalState.choices, default=ApprovalState.PROPOSED)
    subject = models.JSONField()  # what the approver reads, in full
    digest = models.CharField(max_length=64)  # SHA-256 of the subject and of the case as it stood: cases.approvals
    reason = models.TextField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)  # not decided or carried out by then, it is void
    asked = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # to decide it
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.TextField(blank=True)
    executed_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_because = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ApprovalState.values), name="approval_state_is_known"),
            # Invariant 5, at its simplest; that they are two persons is asked by the action.
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="nobody_decides_their_own_proposal"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "executed"]) | Q(decided_by__isnull=False),
                name="approved_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["proposed_at"], name="approval_inbox", condition=Q(state="proposed")),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind} {self.state}"

    def is_over(self, now: datetime) -> bool:
        """Whether the time in which it was to be decided and carried out is over, also where no clock came by yet."""
        if self.state in (ApprovalState.PROPOSED, ApprovalState.APPROVED):
            return self.expires_at is not None and self.expires_at <= now
        return bool(self.state == ApprovalState.EXPIRED)
