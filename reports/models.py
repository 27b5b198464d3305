"""What was published, and what is being prepared."""

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class PublishedReport(models.Model):
    """One revision of a period's report, frozen. Append-only: triggers refuse UPDATE, DELETE and TRUNCATE."""

    period = models.CharField(max_length=7, db_collation="C")  # 2018-H2
    revision = models.PositiveIntegerField()
    start_date = models.DateField()
    after_date = models.DateField()  # the first day after the period
    structure = models.CharField(max_length=2, blank=True)  # of 50 USC 1874(a); empty: no national security block
    body = models.BinaryField()  # the JSON report, byte for byte
    sha256 = models.CharField(max_length=64)  # of the body
    method = models.PositiveIntegerField()  # version of the rules of counting
    checkpoint = models.BigIntegerField()  # the figures are those of the ledger as this checkpoint sealed it
    note = models.TextField(blank=True)  # what changed and why; only a first revision may have none
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "revision"], name="report_revision_once"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="report_revision_from_one"),
            models.CheckConstraint(condition=Q(revision=1) | ~Q(note=""), name="report_change_is_explained"),
        ]

    def __str__(self) -> str:
        return f"{self.period} revision {self.revision}"

    @property
    def figures(self) -> dict[str, Any]:
        """The frozen report, parsed."""
        parsed: dict[str, Any] = json.loads(bytes(self.body))
        return parsed


class ReportDraft(models.Model):
    """Figures of a period that a worker counts for the publisher's page. Never national security, never public."""

    class Step(models.TextChoices):
        ASKED = "asked", _("Waiting for a worker")
        COUNTING = "counting", _("Counting")
        CHECKING = "checking", _("Checking case by case")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    period = models.CharField(max_length=7, unique=True, db_collation="C")
    step = models.CharField(max_length=8, choices=Step.choices, default=Step.ASKED)
    asked_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)
    body = models.BinaryField(null=True)
    failure = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.period} ({self.step})"
