"""What forbids telling the customer."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.case import Case
from cases.rules.nondisclosure import Order, in_force


class BriefingCapacity(models.TextChoices):
    """To whom disclosure is allowed in spite of silence. Law: 18 USC 2709(c)(2)(A)."""

    COMPLIANCE = "compliance", _("Needed to comply")
    COUNSEL = "counsel", _("Attorney, for legal advice")
    PERMITTED = "permitted", _("Permitted by the issuing authority")


class NondisclosureOrder(models.Model):
    """An order or statute that forbids telling the customer (NDO), an object of its own."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="orders")
    basis = models.CharField(_("basis"), max_length=40)  # code of rules/data/bases.toml
    provision = models.CharField(_("provision"), max_length=200)
    court = models.CharField(_("court"), max_length=200, blank=True)
    zone = models.CharField(_("time zone of the court"), max_length=64)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day on which it binds"), null=True, blank=True)
    is_indefinite = models.BooleanField(_("without end"), default=False)  # False and no last day: unknown, so in force
    review_date = models.DateField(_("reviewed on"), null=True, blank=True)
    served_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_reason = models.TextField(blank=True)
    document = models.ForeignKey("vault.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # A recipient may ask for judicial review; the Government must then apply within 30 days. Law: 18 USC 3511(b)(1).
    review_asked_at = models.DateTimeField(null=True, blank=True)
    government_applied_at = models.DateTimeField(null=True, blank=True)
    covers_all = models.BooleanField(_("covers every target"), default=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=models.F("first_day")), name="ndo_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(last_day=None) | Q(is_indefinite=False), name="ndo_ends_or_does_not"),
            models.CheckConstraint(condition=~Q(provision=""), name="ndo_names_its_provision"),
        ]
        indexes = [
            models.Index(fields=["last_day"], name="ndo_ending", condition=Q(lifted_at=None)),
            # Asked by the first page of the staff: what binds without end and is to be looked at, or to be reviewed.
            models.Index(fields=["review_date"], name="ndo_to_look_at", condition=Q(lifted_at=None, last_day=None)),
            models.Index(
                fields=["basis"],
                name="ndo_review_unasked",
                condition=Q(lifted_at=None, last_day=None, review_asked_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.basis}"

    @property
    def rule(self) -> Order:
        """This order as the rules know it."""
        return Order(
            first_day=self.first_day,
            last_day=self.last_day,
            indefinite=self.is_indefinite,
            zone=ZoneInfo(self.zone),
            lifted_at=self.lifted_at,
            served_at=self.served_at,
        )

    def in_force(self, at: datetime) -> bool:
        """Whether it forbids telling at this moment: from service through its whole last day in the court's zone."""
        return in_force(self.rule, at)


class OrderTarget(models.Model):
    """A target that an order covers, where it does not cover all."""

    order = models.ForeignKey(NondisclosureOrder, on_delete=models.CASCADE, related_name="covered")
    target = models.ForeignKey("cases.Target", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "target"], name="order_covers_once")]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.target_id}"


class OrderExtension(models.Model):
    """A decision to prolong an order: in time it moves the end, too late it is on record and moves nothing."""

    order = models.ForeignKey(NondisclosureOrder, on_delete=models.CASCADE, related_name="extensions")
    decided_date = models.DateField()
    last_day = models.DateField()
    in_time = models.BooleanField()
    document = models.ForeignKey("vault.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.last_day}"


class OrderReview(models.Model):
    """Someone looked again at an order without end: what they found, and when it is looked at next."""

    order = models.ForeignKey(NondisclosureOrder, on_delete=models.CASCADE, related_name="reviews")
    reviewed_date = models.DateField()
    next_date = models.DateField()
    finding = models.TextField(_("what was found"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(next_date__gt=models.F("reviewed_date")), name="order_reviewed_again")
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.reviewed_date}"


class SilenceBriefing(models.Model):
    """Someone who must know was told of a silenced case, and that the silence binds them too.

    Law: 18 USC 2709(c)(2)(C), requirement 18 of docs/law.md.
    """

    order = models.ForeignKey(NondisclosureOrder, on_delete=models.CASCADE, related_name="briefings")
    person = models.CharField(_("who was told"), max_length=200)
    capacity = models.CharField(max_length=20, choices=BriefingCapacity.choices)
    reason = models.TextField(_("why they must know"))
    briefed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    briefed_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(capacity__in=BriefingCapacity.values), name="briefing_capacity_known")
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.capacity}"


class IncomingHold(models.Model):
    """Something arrived that may concern this case, perhaps an NDO, and nobody has looked yet: no notice leaves."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="incoming_holds")
    source = models.CharField(max_length=60)  # what arrived, as its own app names it: "submission:17"
    because = models.CharField(max_length=20)  # reference, thread, agency_reference, target
    created_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "source"], name="held_once_by_a_source")]
        indexes = [models.Index(fields=["case"], name="hold_unseen", condition=Q(looked_at=None))]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.source}"
