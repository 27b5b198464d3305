"""What the staff are told: alerts, who was told, how each wants to be told, and the mails that tell them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case
from notifications.alerts.kinds import AlertKind


def _working_days() -> list[int]:
    return [1, 2, 3, 4, 5]


class Alert(models.Model):
    """A fact that calls for a person, while it stands. Raised and resolved by asking the facts, by nothing else."""

    kind = models.CharField(max_length=20, choices=AlertKind.choices)
    # No index of its own: alert_of_a_case begins with it.
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.CASCADE, related_name="alerts", db_index=False
    )  # None: it concerns no case, such as a canary
    subject = models.CharField(max_length=40)  # the row that it is about: "clock:12", "approval:7"
    due_at = models.DateTimeField(null=True, blank=True)
    is_urgent = models.BooleanField(default=False)
    raised_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    circle = models.PositiveSmallIntegerField(default=0)  # the last one told: notifications.rules.circles
    next_at = models.DateTimeField(null=True, blank=True)  # when the next is told; None: somebody looked, or none left
    # The case's when somebody was told last: a new one is told too.
    assignee = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    taken_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=Q(resolved_at=None), name="one_open_alert_a_subject"
            ),
            models.CheckConstraint(condition=Q(kind__in=AlertKind.values), name="alert_kind_is_known"),
            models.CheckConstraint(condition=Q(case__isnull=False) | Q(kind=AlertKind.CANARY), name="alert_has_a_case"),
            models.CheckConstraint(
                condition=Q(resolved_at=None) | Q(next_at=None), name="resolved_alert_is_told_no_more"
            ),
        ]
        indexes = [
            # Asked by the clock: who is to be told now?
            models.Index(fields=["next_at"], name="alert_to_tell", condition=Q(next_at__isnull=False)),
            models.Index(fields=["case", "id"], name="alert_of_a_case"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject}"


class StaffMailKind(models.TextChoices):
    DIGEST = "digest", _("Digest")
    URGENT = "urgent", _("Urgent")
    ESCALATION = "escalation", _("Nobody has acted")


class StaffMailState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    CLAIMED = "claimed", _("On its way")  # without an end: nobody knows, and nobody sends it again
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Nothing to tell any more")


class StaffMail(models.Model):
    """A mail to a member of staff, planned once; what it says is read from the alerts when it is sent."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=StaffMailKind.choices)
    day = models.DateField(null=True, blank=True)  # of a digest, in the reader's zone
    key = models.CharField(max_length=32, unique=True)  # names the mail in its Message-ID
    state = models.CharField(max_length=10, choices=StaffMailState.choices, default=StaffMailState.PLANNED)
    planned_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempt_count = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], condition=Q(kind="digest"), name="one_digest_a_day"),
            models.CheckConstraint(condition=Q(kind__in=StaffMailKind.values), name="staff_mail_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=StaffMailState.values), name="staff_mail_state_is_known"),
            models.CheckConstraint(condition=~Q(kind="digest") | Q(day__isnull=False), name="digest_has_its_day"),
        ]
        indexes = [
            # Asked by the sender: due and not yet done.
            models.Index(fields=["due_at"], name="staff_mail_due", condition=Q(state="planned")),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind} {self.state}"


class Telling(models.Model):
    """Somebody was told of an alert: in the inbox at once, by mail where `mail` says which."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="tellings")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tellings")
    circle = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()
    mail = models.ForeignKey(StaffMail, null=True, blank=True, on_delete=models.SET_NULL, related_name="tellings")
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["alert", "user"], name="told_once")]
        indexes = [
            # Asked by every page, for the figure beside the menu.
            models.Index(fields=["user"], name="telling_unseen", condition=Q(seen_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id}: {self.user_id}"


class StaffPreferences(models.Model):
    """How somebody wants to be told, and who stands in for them. Who has none yet is told as the defaults say."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="preferences")
    digest = models.BooleanField(_("Send me a digest"), default=True)
    digest_hour = models.PositiveSmallIntegerField(_("At this hour"), default=8, validators=[MaxValueValidator(23)])
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=_working_days)  # ISO 8601: Monday is 1
    at_once = models.BooleanField(_("Write to me at once"), default=True)
    away_from = models.DateField(_("First day away"), null=True, blank=True)
    away_until = models.DateField(_("Last day away"), null=True, blank=True)  # inclusive
    deputy = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    feed_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)  # SHA-256 of the feed's token
    feed_of_all = models.BooleanField(_("Deadlines of all open cases"), default=False)

    class Meta:
        verbose_name_plural = "staff preferences"
        constraints = [
            models.CheckConstraint(condition=Q(digest_hour__lt=24), name="digest_hour_is_of_a_day"),
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=[1, 2, 3, 4, 5, 6, 7]), name="digest_weekdays_are_known"
            ),
            models.CheckConstraint(
                condition=Q(away_from=None, away_until=None)
                | Q(away_from__isnull=False, away_until__isnull=False, away_until__gte=F("away_from")),
                name="away_from_a_day_to_a_day",
            ),
            models.CheckConstraint(condition=Q(deputy=None) | ~Q(deputy=F("user")), name="nobody_is_their_own_deputy"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: preferences"

    def is_away(self, at: datetime) -> bool:
        """Whether the person is out of office at that moment, by the days of their own zone."""
        if self.away_from is None or self.away_until is None:
            return False
        return self.away_from <= at.astimezone(ZoneInfo(self.user.timezone)).date() <= self.away_until
