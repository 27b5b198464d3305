"""Correspondence with authorities: what is owed to them in writing. How it travels is not our business here."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.case import Case


class LetterKind(models.TextChoices):
    QUESTION = "question", _("Question")
    REJECTION = "rejection", _("Rejection")
    EXTENSION = "extension", _("Request for more time")
    ANSWER = "answer", _("Answer")
    RETURN_DEMAND = "return_demand", _("Demand to return what was produced")
    DEFICIENCY = "deficiency", _("Letter of deficiency")
    ANNEX_III = "annex_iii", _("Answer by Annex III")
    MLAT_REDIRECT = "mlat_redirect", _("Redirection to mutual legal assistance")
    NARROWING = "narrowing", _("Proposal to narrow")
    COSTS = "costs", _("Invoice for costs")
    EFFECT_REPORT = "effect_report", _("Report of the effect given")
    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement of receipt")
    GOVERNMENT = "government", _("Word to a foreign government")


class LetterState(models.TextChoices):
    DRAFTED = "drafted", _("Drafted")
    READY = "ready", _("Ready to leave")
    SENT = "sent", _("Sent")
    ANSWERED = "answered", _("Answered")
    DROPPED = "dropped", _("Dropped")


class LetterWay(models.TextChoices):
    """How a letter leaves by our own hand. Whatever went another way is put on record as sent."""

    EMAIL = "email", _("E-mail")
    POST = "post", _("Post")
    EEVIDENCE = "eevidence", _("Decentralised e-Evidence system")


class Letter(models.Model):
    """One letter to the agency of a case, or to a foreign government about it. A question also holds the reply."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=15, choices=LetterKind.choices)
    state = models.CharField(max_length=8, choices=LetterState.choices, default=LetterState.DRAFTED)
    text = models.TextField()
    meets = models.CharField(max_length=40, blank=True, default="", db_default="")  # the clock that sending it meets
    reply = models.TextField(blank=True)
    drafted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    # To whom it goes and how, since a person let it go: an e-mail address, or what stands on the envelope.
    way = models.CharField(max_length=10, choices=LetterWay.choices, blank=True, default="", db_default="")
    recipient = models.TextField(blank=True, default="", db_default="")
    released_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    uncertain_at = models.DateTimeField(null=True, blank=True)  # an attempt is without outcome: perhaps they have it
    failed_at = models.DateTimeField(null=True, blank=True)  # it came back, or could not be handed over: a draft again
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_how = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["drafted", "ready", "dropped"]) | Q(sent_at__isnull=False),
                name="letter_left_at_some_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(way="") & ~Q(recipient="") & Q(released_at__isnull=False)),
                name="letter_ready_says_whither",
            ),
        ]
        indexes = [
            # Asked by the planner, and by who looks for what failed: released and not yet gone.
            models.Index(fields=["released_at"], name="letter_ready", condition=Q(state="ready")),
            models.Index(
                fields=["failed_at"], name="letter_failed", condition=Q(state="drafted", failed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind} {self.state}"
