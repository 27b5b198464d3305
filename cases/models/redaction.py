"""Redactions: what of a document a customer may read, as boxes drawn by a person and agreed by another."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.approval import Approval
from cases.models.case import Case
from cases.models.customer import Customer
from cases.models.disclosure import CaseDocument
from cases.redaction.boxes import Box
from cases.states import ApprovalState

REDACTABLE = ("process", "order")  # roles of documents that a customer may be shown, once redacted
REDACTED = "redacted"  # the role of what a redaction made


class RedactionReason(models.TextChoices):
    THIRD_PARTY = "third_party", _("A third party's data")
    OFFICER = "officer", _("An officer's personal data")
    INVESTIGATION = "investigation", _("Secrecy of the investigation, by order")
    NATIONAL_SECURITY = "national_security", _("National security")
    OTHER = "other", _("Another reason, said in words")


class RedactionState(models.TextChoices):
    DRAFT = "draft", _("Being drawn")
    PROPOSED = "proposed", _("Waiting for a second person")
    APPROVED = "approved", _("Approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Redaction(models.Model):
    """One document, redacted for one customer or for all who were told of the request. Without boxes: nothing to hide.

    Its state is not kept but read: of the proposal, so that one that expired or was voided waits for nobody.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="redactions")
    number = models.PositiveSmallIntegerField()
    original = models.ForeignKey(CaseDocument, on_delete=models.PROTECT, related_name="redactions")
    # None: all who were told of the request as those whom it is about.
    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sizes = models.JSONField()  # of the pages as they are shown: width and height in points
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    # Everyone who began it or changed a box: none of them is the second person.
    hands = models.ManyToManyField(User, related_name="+")
    burned = models.ForeignKey("vault.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approval = models.ForeignKey(Approval, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    shown = models.OneToOneField(CaseDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="redaction_number_once"),
            models.CheckConstraint(
                condition=Q(approved_at=None, shown=None)
                | Q(approved_at__isnull=False, shown__isnull=False, burned__isnull=False, approval__isnull=False),
                name="redaction_approved_has_its_document",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | (Q(withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="redaction_withdrawn_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.number}"

    def state_by(self, approval: Approval | None, now: datetime) -> RedactionState:
        """Return where it stands, given its latest proposal."""
        if self.withdrawn_at:
            return RedactionState.WITHDRAWN
        if self.approved_at:
            return RedactionState.APPROVED
        waits = approval is not None and approval.state == ApprovalState.PROPOSED and not approval.is_over(now)
        return RedactionState.PROPOSED if waits else RedactionState.DRAFT

    def state(self, now: datetime) -> RedactionState:
        """Return where it stands at this moment."""
        return self.state_by(self.approval, now)


class RedactionBox(models.Model):
    """One black box, and why."""

    redaction = models.ForeignKey(Redaction, on_delete=models.CASCADE, related_name="boxes")
    number = models.PositiveIntegerField()
    page = models.PositiveSmallIntegerField()
    # Fractions of the page as it is shown, from its top left.
    x0 = models.FloatField()
    y0 = models.FloatField()
    x1 = models.FloatField()
    y1 = models.FloatField()
    reason = models.CharField(_("why it is hidden"), max_length=20, choices=RedactionReason.choices)
    words = models.CharField(_("the reason in words"), max_length=300, blank=True)
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta:
        ordering = ["page", "y0", "x0", "number"]
        verbose_name_plural = "redaction boxes"
        constraints = [
            models.UniqueConstraint(fields=["redaction", "number"], name="redaction_box_number_once"),
            models.CheckConstraint(
                condition=Q(page__gte=1, x0__gte=0, y0__gte=0, x1__lte=1, y1__lte=1, x0__lt=F("x1"), y0__lt=F("y1")),
                name="redaction_box_is_on_its_page",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=RedactionReason.values) & (~Q(reason="other") | ~Q(words="")),
                name="redaction_box_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.redaction_id}: {self.number}"

    @property
    def box(self) -> Box:
        """The rectangle."""
        return Box(self.page, self.x0, self.y0, self.x1, self.y1)
