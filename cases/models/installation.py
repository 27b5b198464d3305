"""Whether this installation may act by itself at all."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class HoldReason(models.TextChoices):
    RESTORED = "restored", _("It was restored from a backup.")
    ROLLED_BACK = "rolled_back", _("Its database was put back to an earlier moment.")
    BY_HAND = "by_hand", _("Somebody held it.")


class InstallationHold(models.Model):
    """While one is in force nothing is sent, answered, purged or published: what happened since is not known here."""

    because = models.CharField(max_length=12, choices=HoldReason.choices)
    held_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    second_person = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["held_at"]
        constraints = [
            models.CheckConstraint(condition=Q(because__in=HoldReason.values), name="hold_reason_is_known"),
            models.UniqueConstraint(
                fields=["released_at"], condition=Q(released_at=None), nulls_distinct=False, name="held_once_at_a_time"
            ),
            # Invariant 14, at its simplest; that they are two persons is asked by the action.
            models.CheckConstraint(
                condition=Q(released_at=None)
                | (Q(released_by__isnull=False) & Q(second_person__isnull=False) & ~Q(second_person=F("released_by"))),
                name="hold_released_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_at:%Y-%m-%d} {self.because}"
