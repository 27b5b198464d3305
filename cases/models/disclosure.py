"""What was handed over."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import User
from cases.models.approval import Approval
from cases.models.case import Case
from cases.models.target import Target
from cases.states import Category, DisclosureResult


class Production(models.Model):
    """One release, whole or a part: exactly what its approval froze."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="productions")
    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="production")
    number = models.PositiveSmallIntegerField()
    is_last = models.BooleanField()
    manifest = models.JSONField()  # cases.rules.manifest: files with sizes and hashes, the order, the parties
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="production_number_once")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.number}"


class Disclosure(models.Model):
    """For one target and category: produced, no records, withheld, preserved or effect given."""

    production = models.ForeignKey(Production, on_delete=models.CASCADE, related_name="rows")
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="disclosures")
    category = models.CharField(
        max_length=20, choices=Category.choices, blank=True
    )  # blank for preserved, effect given
    # Of subscriber data under a subpoena: letters of 18 USC 2703(c)(2)(A)-(F).
    fields = ArrayField(models.CharField(max_length=1), default=list, blank=True)
    result = models.CharField(max_length=12, choices=DisclosureResult.choices)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["production", "target", "category"], name="disclosed_once_per_production"),
            models.CheckConstraint(condition=Q(result__in=DisclosureResult.values), name="disclosure_result_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.target_id}: {self.category} {self.result}"


class CaseDocument(models.Model):
    """A document of the vault that belongs to a case, and what it is there."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="documents")
    document = models.OneToOneField("vault.Document", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)  # process, order, production, filing, evidence, objection
    # What a customer sent with their objection.
    objection = models.ForeignKey(
        "cases.Objection", null=True, blank=True, on_delete=models.PROTECT, related_name="papers"
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.role}"
