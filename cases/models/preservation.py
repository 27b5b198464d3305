"""Data kept so that it can be produced later. Preserving is not a state of a case."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.case import Case


class LapseReason(models.TextChoices):
    """Why a hold no longer binds us, and waits for a person to release it."""

    TIME_OVER = "time_over", _("Its time is over")
    EXEMPT = "exempt", _("Exempt: the authority did not clarify its order in time")


class Preservation(models.Model):
    """A hold on data. It lapses into a task to release, never into silent deletion."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="preservations")
    rule = models.CharField(max_length=40)  # code of rules/data/clocks.toml, or "interim"
    starts_date = models.DateField()
    ends_date = models.DateField(null=True, blank=True)  # last day; None: as long as necessary
    extensions = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)  # the data is known to be kept
    confirmed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    open_ended_at = models.DateTimeField(null=True, blank=True)  # from when as long as necessary: Annex V arrived
    reason = models.TextField(blank=True)  # why it was recorded, extended or released
    lapsed_at = models.DateTimeField(null=True, blank=True)  # it binds no more: someone must release it
    lapsed_because = models.CharField(max_length=10, choices=LapseReason.choices, blank=True)
    asked_again_at = models.DateTimeField(null=True, blank=True)  # a further request came that extends it no more
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lapsed_at=None, lapsed_because="")
                | Q(lapsed_at__isnull=False, lapsed_because__in=LapseReason.values),
                name="lapse_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(open_ended_at=None) | Q(ends_date=None), name="open_ended_hold_has_no_last_day"
            ),
        ]
        indexes = [
            models.Index(fields=["ends_date"], name="hold_ending", condition=Q(lapsed_at=None, released_at=None)),
            models.Index(
                fields=["lapsed_at"], name="hold_to_release", condition=Q(lapsed_at__isnull=False, released_at=None)
            ),
            models.Index(
                fields=["asked_again_at"],
                name="hold_asked_again",
                condition=Q(asked_again_at__isnull=False, released_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.rule}"
