"""What a request is about: an account, a domain, an address."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.customer import Customer
from cases.models.notice import NoticeDuty
from cases.states import Category, TargetKind, TargetMatch


class Target(models.Model):
    """One thing named in a request, what was asked of it, and what counsel authorised."""

    # No index of its own: with one, PostgreSQL reads all targets of a case to sort them for their first page.
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="targets", db_index=False)
    kind = models.CharField(max_length=10, choices=TargetKind.choices)
    value = models.CharField(max_length=2000)
    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="targets")
    # The duty to tell this target's customer of the request; targets of one customer may have different ones.
    duty = models.ForeignKey(NoticeDuty, null=True, blank=True, on_delete=models.PROTECT, related_name="targets")
    asked = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    authorised = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    # Letters of 18 USC 2703(c)(2)(A)-(F) that may be given of subscriber data; empty: no field is told apart.
    authorised_fields = ArrayField(models.CharField(max_length=1), default=list, blank=True)
    cut_reason = models.TextField(blank=True)  # why something asked was not authorised
    # What the customer directory said of this target.
    match = models.CharField(max_length=10, choices=TargetMatch.choices, default=TargetMatch.NOT_ASKED)
    match_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TargetKind.values), name="target_kind_is_known"),
            models.CheckConstraint(
                condition=Q(asked__contained_by=list(Category.values)), name="target_asks_for_known"
            ),
            models.CheckConstraint(condition=Q(match__in=TargetMatch.values), name="target_match_is_known"),
            # Invariant 8: nothing is authorised that was not asked.
            models.CheckConstraint(condition=Q(authorised__contained_by=F("asked")), name="authorised_within_asked"),
        ]
        indexes = [
            # A page of targets costs the same of 2 and of 20,000.
            models.Index(fields=["case", "id"], name="target_in_order"),
            models.Index(fields=["value"], name="target_by_value", opclasses=["varchar_pattern_ops"]),
            # Asked by the clock: whose customer is still to be looked up?
            models.Index(
                fields=["case"], name="target_to_look_up", condition=Q(customer=None, match__in=["not_asked", "failed"])
            ),
            # Asked by the staff's first page: for whose target does a person have to find the customer?
            models.Index(
                fields=["case"],
                name="target_without_customer",
                condition=Q(customer=None, match__in=["not_found", "several", "failed"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"
