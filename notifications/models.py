"""How what is owed travels: the message, each attempt to hand it over, the customer's link. The owing is in cases."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case, Customer, Letter, NoticeDuty
from notifications.states import LIVE, AttemptOutcome, Because, EventKind, MessageState, Way
from notifications.wording_models import Wording


class Message(models.Model):
    """One mail, sheet or call that does one errand: a notice that is owed, or a letter that was let go.

    An errand whose message was cancelled or failed may get another.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    duty = models.ForeignKey(NoticeDuty, null=True, on_delete=models.CASCADE, related_name="messages")
    letter = models.ForeignKey(Letter, null=True, on_delete=models.CASCADE, related_name="messages")
    # The notice that was given, of which its customer is reminded.
    reminder = models.ForeignKey(NoticeDuty, null=True, on_delete=models.CASCADE, related_name="reminders")
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.EMAIL, db_default=Way.EMAIL)
    # Names the message in its Message-ID and in addresses of pages; the same errand planned twice gives the same key.
    key = models.CharField(max_length=32, unique=True)
    template = models.CharField(max_length=30)  # of notifications.catalogue
    language = models.CharField(max_length=10)
    recipient = models.TextField(_("to whom"))  # an e-mail address, or what stands on the envelope
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.PLANNED)
    because = models.CharField(max_length=20, choices=Because.choices, blank=True)  # why cancelled or failed
    planned_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    attempt_count = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    posted_on = models.DateField(null=True, blank=True)  # the day on which a person put it into the post
    # The operator's words that it is made of; None: the built-in ones.
    wording = models.ForeignKey(Wording, null=True, blank=True, on_delete=models.PROTECT, related_name="messages")

    class Meta:
        ordering = ["-planned_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["duty"], condition=Q(state__in=LIVE), name="one_live_message_a_duty"),
            models.UniqueConstraint(fields=["letter"], condition=Q(state__in=LIVE), name="one_live_message_a_letter"),
            models.UniqueConstraint(
                fields=["reminder"], condition=Q(state__in=LIVE), name="one_live_message_a_reminder"
            ),
            models.CheckConstraint(
                condition=Q(duty__isnull=False, letter=None, reminder=None)
                | Q(duty=None, letter__isnull=False, reminder=None)
                | Q(duty=None, letter=None, reminder__isnull=False),
                name="message_does_one_errand",
            ),
            models.CheckConstraint(condition=Q(posted_on=None) | Q(way="post"), name="message_posted_goes_by_post"),
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="message_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["cancelled", "failed"]) | ~Q(because=""), name="message_ended_for_a_reason"
            ),
        ]
        indexes = [
            # Asked by the sender: due and not yet done.
            models.Index(fields=["next_attempt_at"], name="message_due", condition=Q(state="planned")),
            # Asked by who prints and posts: on paper, and not away yet; and by the clock: posted, do its days count?
            models.Index(
                fields=["planned_at"],
                name="message_to_post",
                condition=Q(way="post", state__in=["planned", "claimed"]),
            ),
            models.Index(fields=["posted_on"], name="message_posted", condition=Q(posted_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.template} {self.state}"


class Attempt(models.Model):
    """One try to hand a message to the relay, recorded before its first byte.

    Finished without an outcome, or never finished: nobody knows whether the customer has it. It is uncertain.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=AttemptOutcome.choices, null=True, blank=True)
    through = models.CharField(max_length=30, blank=True, default="", db_default="")  # the transport that was used
    # What a provider calls the message: its reports of delivery name it.
    provider_id = models.CharField(max_length=200, blank=True, default="", db_default="")
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
            models.Index(fields=["provider_id"], name="attempt_by_provider", condition=~Q(provider_id="")),
        ]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.number} {self.outcome}"


class DeliveryEvent(models.Model):
    """What a mail system or the provider's own messages reported of a message, once each."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    source = models.CharField(max_length=30)  # a provider, "dsn" or "messaging"
    event_id = models.CharField(max_length=200)  # by which the source tells one report from the next
    at = models.DateTimeField()  # when it happened, by the source's clock, within what can be
    recorded_at = models.DateTimeField()
    counted = models.BooleanField()  # it changed what we hold of the message

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "event_id", "message"], name="delivery_event_once"),
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="delivery_event_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.kind}"


class CustomerLink(models.Model):
    """The way to a customer's page about one case. Of the token in it only a hash is kept: notifications.links."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="customer_links")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="links")
    salt = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)  # SHA-256 of the token
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)  # the next notice brings a new one
    letter_tries = models.PositiveSmallIntegerField(default=0, db_default=0)  # wrong codes, where one was posted

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "customer"], name="one_link_a_customer_and_case"),
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("created_at")), name="link_expires_later"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.customer_id}"

    def is_open(self, at: datetime) -> bool:
        """Whether the link has neither expired nor been revoked."""
        return self.revoked_at is None and at < self.expires_at


class DoorCode(models.Model):
    """A code that opens a customer's page once, sent to their own address. It is computed, and kept nowhere."""

    link = models.ForeignKey(CustomerLink, on_delete=models.CASCADE, related_name="codes")
    salt = models.CharField(max_length=32)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    failed_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("asked_at")), name="door_code_expires_later")
        ]
        indexes = [models.Index(fields=["link", "asked_at"], name="door_code_asked")]

    def __str__(self) -> str:
        return f"{self.link_id}: {self.asked_at}"


from notifications.alert_models import Alert as Alert  # noqa: E402 - the staff's own part of these models
from notifications.alert_models import StaffMail as StaffMail  # noqa: E402
from notifications.alert_models import StaffMailKind as StaffMailKind  # noqa: E402
from notifications.alert_models import StaffMailState as StaffMailState  # noqa: E402
from notifications.alert_models import StaffPreferences as StaffPreferences  # noqa: E402
from notifications.alert_models import Telling as Telling  # noqa: E402
