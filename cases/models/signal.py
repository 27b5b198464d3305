"""Signs that a request may not be what it says."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.case import Case


class FraudSignal(models.Model):
    """One sign of fraud in a case, until a person looked at it. Law: requirement 26 of docs/law.md."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="fraud_signals")
    code = models.CharField(max_length=40)  # of rules/data/fraud_signals.toml
    detail = models.CharField(_("what was seen"), max_length=500, blank=True)
    found_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(_("why it is no sign of fraud"), blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="fraud_signal_once"),
            models.CheckConstraint(condition=Q(cleared_at=None) | ~Q(note=""), name="cleared_signal_says_why"),
        ]
        indexes = [models.Index(fields=["found_at"], name="fraud_signal_open", condition=Q(cleared_at=None))]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.code}"
