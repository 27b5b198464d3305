"""The outcome of the conflict-of-law check, per target."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import User
from cases.models.case import Case
from cases.models.letter import Letter
from cases.models.target import Target


class ConflictAssessment(models.Model):
    """What counsel found for one target: which laws, on what basis, with what outcome and why."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assessments")
    target = models.OneToOneField(Target, on_delete=models.CASCADE, related_name="assessment")
    requesting_state = models.CharField(max_length=2)
    residence = models.CharField(max_length=2, blank=True)
    nationality = models.CharField(max_length=2, blank=True)
    law = models.CharField(max_length=60, blank=True)  # code of rules/data/laws.toml, or "other": not on record
    law_title = models.CharField(max_length=200, blank=True, default="", db_default="")  # of one that is not
    provision = models.CharField(max_length=200, blank=True)
    # On what the finding rests, out of rules.conflict.CONNECTIONS; where data is stored never decides alone.
    rests_on = ArrayField(models.CharField(max_length=40), default=list)
    role = models.CharField(max_length=12, default="controller")
    legal_basis = models.TextField(blank=True)  # GDPR Art. 6, the first step
    transfer_ground = models.TextField(blank=True)  # GDPR Chapter V, the second
    outcome = models.CharField(max_length=40)  # of rules.conflict.OUTCOMES
    is_conflict = models.BooleanField()
    reason = models.TextField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="assessment_gives_its_reason"),
            models.CheckConstraint(condition=~Q(law="other") | ~Q(law_title=""), name="other_law_has_its_title"),
            models.CheckConstraint(
                condition=Q(is_conflict=False) | (~Q(law="") & ~Q(provision="")),
                name="conflict_names_law_and_provision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id}: {self.outcome}"

    @property
    def law_named(self) -> str:
        """The code of a law on record, the title of one that is not, or nothing."""
        return self.law_title or self.law


class ComityFactor(models.Model):
    """What counsel says to one factor that a court weighs. Law: 18 USC 2703(h)(3)(A)-(H)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="comity_factors")
    letter = models.CharField(max_length=1)  # of rules/data/comity.toml
    text = models.TextField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["letter"]
        constraints = [
            models.UniqueConstraint(fields=["case", "letter"], name="comity_factor_once"),
            models.CheckConstraint(condition=~Q(text=""), name="comity_factor_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.letter}"


class GovernmentNotice(models.Model):
    """A qualifying foreign government was told the fact of process about its national. Law: 18 USC 2703(h)(5)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="government_notices")
    country = models.CharField(max_length=2)
    authority = models.CharField(max_length=200)
    reason = models.TextField()
    # The letter that tells it; none of a notice from before there were such letters, whose text stands here.
    letter = models.OneToOneField(Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="government")
    text = models.TextField(blank=True, default="", db_default="")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_how = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "country"], name="government_told_once")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.country}"
