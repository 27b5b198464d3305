"""Correspondence with agencies: what is owed to them in writing. How it travels is not our business here."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.case import Case


class LetterKind(models.TextChoices):
    QUESTION = "question", _("Question")
    REJECTION = "rejection", _("Rejection")
    EXTENSION = "extension", _("Request for more time")
    ANSWER = "answer", _("Answer")
    RETURN_DEMAND = "return_demand", _("Demand to return what was produced")
    DEFICIENCY = "deficiency", _("Letter of deficiency")
    ANNEX_III = "annex_iii", _("Answer by Annex III")
    MLAT_REDIRECT = "mlat_redirect", _("Redirection to mutual legal assistance")
    NARROWING = "narrowing", _("Proposal to narrow")
    COSTS = "costs", _("Invoice for costs")
    EFFECT_REPORT = "effect_report", _("Report of the effect given")


class LetterState(models.TextChoices):
    DRAFTED = "drafted", _("Drafted")
    SENT = "sent", _("Sent")
    ANSWERED = "answered", _("Answered")
    DROPPED = "dropped", _("Dropped")


class Letter(models.Model):
    """One letter to the agency of a case. A question also holds the agency's reply."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=14, choices=LetterKind.choices)
    state = models.CharField(max_length=8, choices=LetterState.choices, default=LetterState.DRAFTED)
    text = models.TextField()
    meets = models.CharField(max_length=40, blank=True, default="", db_default="")  # the clock that sending it meets
    reply = models.TextField(blank=True)
    drafted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_how = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="drafted") | Q(state="dropped") | Q(sent_at__isnull=False),
                name="letter_left_at_some_moment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind} {self.state}"
