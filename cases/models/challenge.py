"""Going to the issuing authority or a court."""

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.case import Case
from cases.models.nondisclosure import NondisclosureOrder
from cases.rules.exhaustion import Stage


class ChallengeSubject(models.TextChoices):
    REQUEST = "request", _("The request")
    NONDISCLOSURE = "nondisclosure", _("The order not to tell")
    BOTH = "both", _("Both")


class Forum(models.TextChoices):
    AGENCY = "agency", _("The agency")
    ISSUING_AUTHORITY = "issuing_authority", _("The issuing authority")
    COURT = "court", _("A court")


class ChallengeResult(models.TextChoices):
    UPHELD = "upheld", _("The request stands")
    NARROWED = "narrowed", _("The request was narrowed")
    QUASHED = "quashed", _("The request was quashed")
    LIFTED = "lifted", _("The order not to tell was lifted")
    MOOT = "moot", _("The request ended otherwise")


RESULTS: dict[str, tuple[ChallengeResult, ...]] = {
    ChallengeSubject.REQUEST: (
        ChallengeResult.UPHELD,
        ChallengeResult.NARROWED,
        ChallengeResult.QUASHED,
        ChallengeResult.MOOT,
    ),
    ChallengeSubject.NONDISCLOSURE: (ChallengeResult.UPHELD, ChallengeResult.LIFTED),
    ChallengeSubject.BOTH: tuple(ChallengeResult),
}


class Party(models.TextChoices):
    PROVIDER = "provider", _("We")
    AGENCY = "agency", _("The agency")
    CUSTOMER = "customer", _("The customer")
    COURT = "court", _("The court")


class Challenge(models.Model):
    """One challenge, from its first instance to the last."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="challenges")
    subject = models.CharField(max_length=14, choices=ChallengeSubject.choices)
    order = models.ForeignKey(NondisclosureOrder, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ground = models.TextField(_("ground"))
    forum = models.CharField(_("forum"), max_length=20, choices=Forum.choices)
    remedy = models.CharField(max_length=20, blank=True)  # code of rules/data/remedies.toml; empty: of an order alone
    last_day = models.DateField(_("last day to file"))
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=10, choices=ChallengeResult.choices, blank=True)

    class Meta:
        ordering = ["began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(ended_at=None) & ~Q(subject="nondisclosure"),
                name="one_challenge_to_the_request_at_a_time",
            ),
            models.CheckConstraint(condition=Q(ended_at=None) | ~Q(result=""), name="ended_challenge_has_a_result"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.subject}"

    @property
    def results(self) -> list[tuple[str, str | Promise]]:
        """What can come of it, each with its words."""
        return [(one, self.result_words(one)) for one in RESULTS[self.subject]]

    def result_words(self, result: str) -> str | Promise:
        """Return what a result means here: where the order alone was challenged, it is the order that stands."""
        if (self.subject, result) == (ChallengeSubject.NONDISCLOSURE, ChallengeResult.UPHELD):
            return _("The order not to tell stands")
        return ChallengeResult(result).label


class Instance(models.Model):
    """One instance of a challenge: filed, decided, appealed."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="instances")
    forum_name = models.CharField(_("before whom"), max_length=200)
    filed_date = models.DateField(_("filed on"), null=True, blank=True)
    hearing_date = models.DateField(_("hearing on"), null=True, blank=True)
    decided_date = models.DateField(_("decided on"), null=True, blank=True)
    appealed_date = models.DateField(_("appealed on"), null=True, blank=True)
    appeal_until_date = models.DateField(_("can be appealed until"), null=True, blank=True)
    result = models.CharField(max_length=10, choices=ChallengeResult.choices, blank=True)
    document = models.ForeignKey("vault.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.challenge_id}: {self.forum_name}"

    @property
    def rule(self) -> Stage:
        """This instance as the rules know it."""
        return Stage(
            forum=self.forum_name,
            filed_on=self.filed_date,
            decided_on=self.decided_date,
            appealed_on=self.appealed_date,
            appeal_until=self.appeal_until_date,
        )


class Filing(models.Model):
    """A paper in an instance: ours, the agency's or the customer's."""

    instance = models.ForeignKey(Instance, on_delete=models.CASCADE, related_name="filings")
    title = models.CharField(_("title"), max_length=200)
    party = models.CharField(_("filed by"), max_length=10, choices=Party.choices)
    filed_date = models.DateField(_("filed on"))
    document = models.ForeignKey("vault.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["filed_date", "id"]
        constraints = [models.CheckConstraint(condition=Q(party__in=Party.values), name="filing_party_is_known")]

    def __str__(self) -> str:
        return f"{self.instance_id}: {self.title}"
