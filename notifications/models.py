"""How a notice travels: the message, each attempt to hand it over, the customer's link. What is owed is in cases."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case, Customer, NoticeDuty
from notifications.states import LIVE, AttemptOutcome, Because, MessageState


class Message(models.Model):
    """One mail that fulfils one duty. A duty whose message was cancelled or failed may get another."""

    duty = models.ForeignKey(NoticeDuty, on_delete=models.CASCADE, related_name="messages")
    # Names the message in its Message-ID and in addresses of pages; the same duty planned twice gives the same key.
    key = models.CharField(max_length=32, unique=True)
    template = models.CharField(max_length=30)  # of notifications.catalogue
    language = models.CharField(max_length=10)
    recipient = models.EmailField(_("e-mail address"))
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.PLANNED)
    because = models.CharField(max_length=20, choices=Because.choices, blank=True)  # why cancelled or failed
    planned_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    attempt_count = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-planned_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["duty"], condition=Q(state__in=LIVE), name="one_live_message_a_duty"),
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="message_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["cancelled", "failed"]) | ~Q(because=""), name="message_ended_for_a_reason"
            ),
        ]
        indexes = [
            # Asked by the sender: due and not yet done.
            models.Index(fields=["next_attempt_at"], name="message_due", condition=Q(state="planned")),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id}: {self.template} {self.state}"


class Attempt(models.Model):
    """One try to hand a message to the relay, recorded before its first byte.

    Finished without an outcome, or never finished: nobody knows whether the customer has it. It is uncertain.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=AttemptOutcome.choices, null=True, blank=True)
    reply_code = models.PositiveSmallIntegerField(null=True, blank=True)  # the relay's, where it gave one

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="attempt_number_once"),
            models.CheckConstraint(
                condition=Q(outcome=None) | Q(outcome__in=AttemptOutcome.values), name="attempt_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome=None) | Q(finished_at__isnull=False), name="attempt_with_outcome_is_finished"
            ),
        ]
        indexes = [
            # Asked by the sweep: begun and never ended.
            models.Index(fields=["started_at"], name="attempt_open", condition=Q(finished_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.number} {self.outcome}"


class CustomerLink(models.Model):
    """The way to a customer's page about one case. Of the token in it only a hash is kept: notifications.links."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="customer_links")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="links")
    salt = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)  # SHA-256 of the token
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "customer"], name="one_link_a_customer_and_case"),
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("created_at")), name="link_expires_later"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.customer_id}"

    def is_open(self, at: datetime) -> bool:
        """Whether the link has not expired."""
        return at < self.expires_at


from notifications.alert_models import Alert as Alert  # noqa: E402 - the staff's own part of these models
from notifications.alert_models import StaffMail as StaffMail  # noqa: E402
from notifications.alert_models import StaffMailKind as StaffMailKind  # noqa: E402
from notifications.alert_models import StaffMailState as StaffMailState  # noqa: E402
from notifications.alert_models import StaffPreferences as StaffPreferences  # noqa: E402
from notifications.alert_models import Telling as Telling  # noqa: E402
