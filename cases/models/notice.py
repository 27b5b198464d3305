"""What a case owes its customers, and what they answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.case import Case
from cases.models.customer import Customer
from cases.models.nondisclosure import NondisclosureOrder
from cases.states import DutyKind, DutyState, ObjectionState


class NoticeDuty(models.Model):
    """A customer is owed a notice: whether it was given, or on what basis it was not. A fact of the case."""

    # No index of its own, as with a target's: duty_in_order begins with it.
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="duties", db_index=False)
    # None: the target's customer is not known; a person must find them or say why nobody is told.
    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=12, choices=DutyKind.choices, default=DutyKind.REQUEST)
    state = models.CharField(max_length=10, choices=DutyState.choices, default=DutyState.PENDING)
    due_at = models.DateTimeField(null=True, blank=True)  # None: not yet due, the case has not come so far
    is_held = models.BooleanField(default=False)  # came with an import: an operator releases it first

    basis = models.CharField(max_length=40, blank=True)  # code of rules/data/bases.toml: why it is withheld or not owed
    order = models.ForeignKey(
        NondisclosureOrder, null=True, blank=True, on_delete=models.PROTECT, related_name="duties"
    )
    withheld_until = models.DateTimeField(null=True, blank=True)  # exclusive; None with an order: the order says
    review_date = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)

    delivered_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)  # a positive delivery event, not only the relay's word
    failed_at = models.DateTimeField(null=True, blank=True)
    uncertain_at = models.DateTimeField(null=True, blank=True)  # an attempt is without outcome: perhaps they know
    posted_on = models.DateField(null=True, blank=True)  # a letter with it was put into the post; it counts days later
    window_starts_at = models.DateTimeField(null=True, blank=True)
    window_ends_at = models.DateTimeField(null=True, blank=True)
    window_explanation = models.TextField(blank=True)
    waived_at = models.DateTimeField(null=True, blank=True)  # the customer gave up the rest of the window
    told_before = models.BooleanField(default=False)  # a notice had left before its basis ended or was recorded

    class Meta:
        verbose_name_plural = "notice duties"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DutyState.values), name="duty_state_is_known"),
            models.CheckConstraint(condition=~Q(state="withheld") | ~Q(basis=""), name="withheld_on_a_basis"),
            models.CheckConstraint(condition=~Q(state="not_owed") | ~Q(basis=""), name="not_owed_for_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="delivered") | Q(delivered_at__isnull=False), name="delivered_at_some_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state="withheld")
                | Q(order__isnull=False)
                | Q(withheld_until__isnull=False)
                | Q(review_date__isnull=False),
                name="withheld_has_an_end_or_a_review",
            ),
        ]
        indexes = [
            # Asked by the planner: due and not yet done.
            models.Index(fields=["due_at"], name="duty_due", condition=Q(state="pending", is_held=False)),
            # Asked by the clock: whose basis has ended?
            models.Index(fields=["order"], name="duty_withheld", condition=Q(state="withheld")),
            # Asked by the first page of the staff: what needs a person.
            models.Index(fields=["failed_at"], name="duty_failed", condition=Q(state="failed")),
            models.Index(fields=["uncertain_at"], name="duty_uncertain", condition=Q(uncertain_at__isnull=False)),
            models.Index(fields=["case", "id"], name="duty_in_order"),
            # Asked by who reminds: whose days to object end soon?
            models.Index(fields=["window_ends_at"], name="duty_window", condition=Q(state="delivered")),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.customer_id}: {self.kind} {self.state}"


class Objection(models.Model):
    """A customer says no. While it is open nothing is answered."""

    duty = models.ForeignKey(NoticeDuty, on_delete=models.PROTECT, related_name="objections")
    text = models.TextField(_("your reasons"), blank=True)
    # Who speaks for them, and how to reach them: counsel writes there by hand.
    lawyer = models.CharField(_("your lawyer"), max_length=300, blank=True, default="", db_default="")
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ObjectionState.choices, default=ObjectionState.OPEN)
    proof_asked_at = models.DateTimeField(null=True, blank=True)
    proof_due_at = models.DateTimeField(null=True, blank=True)
    proof_shown_at = models.DateTimeField(null=True, blank=True)
    decision = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["received_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ObjectionState.values), name="objection_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None) | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="objection_ends_once",
            ),
        ]
        indexes = [models.Index(fields=["received_at"], name="objection_open", condition=Q(state="open"))]

    def __str__(self) -> str:
        return f"{self.duty_id}: {self.state}"
