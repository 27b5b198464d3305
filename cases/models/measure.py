"""Orders about content, domains and seizure: what takes effect, where, since when, and whom else it hits."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.approval import Approval
from cases.models.case import Case
from cases.models.customer import Customer
from cases.models.target import Target


class MeasureKind(models.TextChoices):
    BLOCK = "block", _("Block access")
    REMOVE = "remove", _("Remove content")
    SUSPEND = "suspend", _("Suspend the account or domain")
    SEIZE = "seize", _("Seize the domain")
    REDIRECT = "redirect", _("Redirect the domain")


class Measure(models.Model):
    """What an order wants done to one target, in which territories, and the effect that was given to it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="measures")
    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="measures")
    kind = models.CharField(max_length=10, choices=MeasureKind.choices)
    asked_territories = ArrayField(models.CharField(max_length=9), default=list)  # ISO 3166-1 alpha-2, or "worldwide"
    territories = ArrayField(models.CharField(max_length=9), default=list, blank=True)  # where effect is given
    narrowed_reason = models.TextField(blank=True)  # why it reaches less far than asked
    reasons = models.TextField(blank=True)  # the order's statement of reasons, for the notice: DSA Art. 9(2)(a)(ii)
    redress = models.TextField(blank=True)  # the redress it names: DSA Art. 9(2)(a)(v)
    collateral_checked_at = models.DateTimeField(null=True, blank=True)
    collateral_checked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    collateral_note = models.TextField(blank=True)
    effect_at = models.DateTimeField(null=True, blank=True)
    effect_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ends_date = models.DateField(null=True, blank=True)  # the last day of an order with an end
    ended_at = models.DateTimeField(null=True, blank=True)  # that day was found to have passed: a person reverses it
    reversed_at = models.DateTimeField(null=True, blank=True)
    reversed_reason = models.TextField(blank=True)
    reversal = models.ForeignKey(Approval, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MeasureKind.values), name="measure_kind_is_known"),
            models.UniqueConstraint(fields=["target", "kind"], name="measure_once_per_target"),
            # The territorial scope that is strictly necessary. Law: Reg. (EU) 2022/2065 Art. 9(2)(b).
            models.CheckConstraint(condition=Q(effect_at=None) | ~Q(territories=[]), name="effect_given_somewhere"),
            models.CheckConstraint(
                condition=Q(effect_at=None) | Q(collateral_checked_at__isnull=False), name="collateral_checked_first"
            ),
            models.CheckConstraint(
                condition=Q(reversed_at=None) | (Q(effect_at__isnull=False) & ~Q(reversed_reason="")),
                name="only_effect_is_reversed",
            ),
        ]
        indexes = [
            # Asked by the clock: whose last day has passed?
            models.Index(
                fields=["ends_date"],
                name="measure_to_end",
                condition=Q(effect_at__isnull=False, ended_at=None, reversed_at=None, ends_date__isnull=False),
            ),
            # Asked by the staff's first page: what does a person have to reverse?
            models.Index(fields=["case"], name="measure_over", condition=Q(ended_at__isnull=False, reversed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind}"


class Affected(models.Model):
    """Somebody whom a measure hits beside its target: behind the same domain, address or server."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="affected")
    what = models.CharField(_("what is hit"), max_length=500)
    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_told = models.BooleanField(_("is told"))
    reason = models.TextField(_("why they are told, or not"))

    class Meta:
        verbose_name_plural = "affected"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["measure", "what"], name="affected_once")]

    def __str__(self) -> str:
        return f"{self.measure_id}: {self.what}"


class OrderStatement(models.Model):
    """What an order says that its notice must repeat, where no measure says it; and counsel's word on silence.

    Law: Reg. (EU) 2022/2065 Arts. 10(5), 9(6) and 10(6).
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="statement")
    reasons = models.TextField(blank=True)
    redress = models.TextField(blank=True)
    # That an order not to tell goes before the notice: decided when, by whom, why.
    silence_decided_at = models.DateTimeField(null=True, blank=True)
    silence_decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    silence_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(silence_decided_at=None) | (Q(silence_decided_by__isnull=False) & ~Q(silence_reason="")),
                name="silence_decided_by_somebody_for_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: statement"
