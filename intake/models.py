"""What arrived, as it arrived; and what an import said that a case has no field for."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case, Customer
from cases.states import Channel, TargetKind


class DirectorySource(models.TextChoices):
    FILE = "file", _("File")
    LOOKUP = "lookup", _("Lookup")


class Submission(models.Model):
    """What arrived, through one channel, as its sender put it. Never edited; the case is what we make of it."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="submission")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    received_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")  # None: the sender
    # As claimed. Nothing here proves anything: verification does.
    agency_name = models.CharField(max_length=200)
    sender_name = models.CharField(max_length=200, blank=True)
    sender_email = models.EmailField(blank=True)
    sender_phone = models.CharField(max_length=40, blank=True)
    claims_emergency = models.BooleanField(default=False)  # the sender's tick: only an analyst sets an emergency
    message = models.TextField(blank=True)
    document_ids = ArrayField(models.UUIDField(), default=list)  # of the vault, in the order in which they came
    # SHA-256 of the token in the receipt's address: a copy of the database opens no receipt.
    receipt_token_hash = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="submission_channel_is_known"),
        ]

    def __str__(self) -> str:
        return f"submission:{self.pk}"

    @property
    def source(self) -> str:
        """How a hold on another case names this submission."""
        return f"submission:{self.pk}"


class ImportedFacts(models.Model):
    """What a row of an import said that a case has no field for. None and empty: the file did not know."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="imported")
    emergency = models.BooleanField(null=True)
    challenged = models.BooleanField(null=True)
    conflict_of_law = models.CharField(max_length=10, blank=True)
    nondisclosure_basis = models.CharField(max_length=200, blank=True)
    nondisclosure_from = models.DateField(null=True)
    nondisclosure_until = models.CharField(max_length=10, blank=True)
    notice = models.CharField(max_length=30, blank=True)
    notified_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "imported facts"

    def __str__(self) -> str:
        return f"{self.case_id}: {self.notice}"


class DirectoryEntry(models.Model):
    """Whose an account, domain or address is: from a file that the operator gave, or kept from a lookup."""

    kind = models.CharField(max_length=10, choices=TargetKind.choices)
    value = models.CharField(max_length=2000)
    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=DirectorySource.choices)
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)  # of a lookup: when to ask again; None: from a file

    class Meta:
        verbose_name_plural = "directory entries"
        constraints = [
            models.UniqueConstraint(fields=["kind", "value", "customer"], name="directory_entry_once"),
            models.CheckConstraint(condition=Q(source__in=DirectorySource.values), name="directory_source_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.source}"
