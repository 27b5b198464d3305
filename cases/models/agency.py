"""Who asks, and how we know it is them."""

from datetime import datetime

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class AgencyKind(models.TextChoices):
    LAW_ENFORCEMENT = "law_enforcement", _("Law enforcement")
    COURT = "court", _("Court")
    REGULATOR = "regulator", _("Regulator")
    INTELLIGENCE = "intelligence", _("Intelligence service")
    CIVIL_PARTY = "civil_party", _("Civil party")


class Agency(models.Model):
    """An authority or party that sends legal process."""

    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2)
    kind = models.CharField(_("kind"), max_length=20, choices=AgencyKind.choices)
    email_domain = models.CharField(_("e-mail domain"), max_length=253, blank=True)
    domain_registered_date = models.DateField(_("domain registered on"), null=True, blank=True)  # None: not looked up
    postal_address = models.TextField(_("postal address"), blank=True)
    # The last day on which a verification of this agency counts, kept beside it so that a list needs no join.
    verified_until = models.DateTimeField(null=True, blank=True)
    first_seen_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [
            # With its domain: who writes from another one under the same name is not verified by the first's call back.
            models.UniqueConstraint(fields=["name", "country", "kind", "email_domain"], name="agency_once"),
            models.CheckConstraint(condition=Q(kind__in=AgencyKind.values), name="agency_kind_is_known"),
        ]
        indexes = [GinIndex(SearchVector("name", config="simple"), name="agency_by_words")]

    def __str__(self) -> str:
        return f"{self.name} ({self.country})"

    def is_verified(self, at: datetime) -> bool:
        """Whether a verification counts at this moment."""
        return self.verified_until is not None and at < self.verified_until


class Officer(models.Model):
    """A person who writes for an agency."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="officers")
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "email", "name"], name="officer_once")]

    def __str__(self) -> str:
        return self.name or self.email


class VerificationMethod(models.TextChoices):
    CALL_BACK = "call_back", _("Call back to an independently found number")
    SUPERVISOR = "supervisor", _("Confirmed by a supervisor, independently reached")
    REGISTERED_AGENT = "registered_agent", _("Served on our registered agent")
    EEVIDENCE = "eevidence", _("Decentralised e-Evidence system")
    KNOWN_PORTAL = "known_portal", _("Authority's own secure portal")
    IN_PERSON = "in_person", _("In person, with identification")


class Verification(models.Model):
    """How, when and by whom an agency was proven to be who it says. It lapses; then the guard closes again."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="verifications")
    officer = models.ForeignKey(Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(_("method"), max_length=20, choices=VerificationMethod.choices)
    # For one request: a call back in an emergency counts for the case it was made for.
    case = models.ForeignKey(
        "cases.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="verifications"
    )
    number_called = models.CharField(_("number called"), max_length=40, blank=True)
    number_source = models.CharField(_("where the number called was found"), max_length=200, blank=True)
    evidence = models.TextField(_("what was said or seen"))
    verified_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    second_verifier = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-verified_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(method="call_back") | ~Q(number_source=""), name="call_back_names_its_number_source"
            ),
            models.CheckConstraint(
                condition=Q(method__in=VerificationMethod.values), name="verification_method_is_known"
            ),
            models.CheckConstraint(
                condition=Q(second_verifier=None) | ~Q(second_verifier=models.F("verified_by")),
                name="second_verifier_is_another",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("verified_at")), name="verification_expires_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.method}"
