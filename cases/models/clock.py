"""The clocks of a case: several at once, each from a rule with its source."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.case import Case
from cases.states import ClockState


class Clock(models.Model):
    """One deadline, or one day before which nothing may happen, as a rule computed it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks")
    rule = models.CharField(max_length=40)  # code of rules/data/clocks.toml, or "return_date"
    state = models.CharField(max_length=8, choices=ClockState.choices, default=ClockState.RUNNING)
    event_at = models.DateTimeField()
    named_date = models.DateField(null=True, blank=True)  # the last day, where a paper or a court named it
    challenge = models.ForeignKey(
        "cases.Challenge", null=True, blank=True, on_delete=models.CASCADE, related_name="clocks"
    )
    due_at = models.DateTimeField(null=True, blank=True)  # None: open-ended
    not_before_at = models.DateTimeField(null=True, blank=True)
    ends_answer = models.BooleanField(default=True)  # met by answering, rejecting or withdrawal
    ends_delivery = models.BooleanField(default=False)  # of data that a prospective order lets flow
    explanation = models.TextField()
    steps = ArrayField(models.TextField(), default=list, blank=True)  # the calculation, one sentence each
    source = models.CharField(max_length=200)
    alternative = models.TextField(blank=True)
    pauses = models.JSONField(default=list)  # [[from, to or null], ...] as ISO instants; why and who: ClockChange
    warned_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [models.CheckConstraint(condition=Q(state__in=ClockState.values), name="clock_state_is_known")]
        indexes = [
            models.Index(fields=["due_at"], name="clock_running", condition=Q(state="running")),
            models.Index(
                fields=["escalated_at"], name="clock_passed", condition=Q(state="running", escalated_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.rule}"


class ClockChangeKind(models.TextChoices):
    SUSPENDED = "suspended", _("Suspended")
    RESUMED = "resumed", _("Runs on")
    EXTENDED = "extended", _("Extended")


class ClockChange(models.Model):
    """A clock that was made to stand still, to run on or to end later: by whom, and why."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=ClockChangeKind.choices)
    at = models.DateTimeField()
    until_date = models.DateField(null=True, blank=True)  # of an extension: the last day that counts in full
    reason = models.TextField()
    changed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ClockChangeKind.values), name="clock_change_is_known"),
            models.CheckConstraint(
                condition=~Q(kind="extended") | Q(until_date__isnull=False), name="clock_extended_until_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id}: {self.kind}"
