"""Data kept so that it can be produced later. Preserving is not a state of a case."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from cases.models.case import Case


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
    lapsed_at = models.DateTimeField(null=True, blank=True)  # its time is over: someone must release it
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["ends_date"], name="hold_ending", condition=Q(lapsed_at=None, released_at=None)),
            models.Index(
                fields=["lapsed_at"], name="hold_to_release", condition=Q(lapsed_at__isnull=False, released_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.rule}"
