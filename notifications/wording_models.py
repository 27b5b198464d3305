"""What the operator's counsel says in a mail instead of the built-in words: every version, kept for what was sent."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User

BUILT_IN = 0  # the number of the words that come with the software


class WordingState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Waits for a second counsel")
    APPROVED = "approved", _("In use")
    RETIRED = "retired", _("No longer in use")


class Wording(models.Model):
    """One version of what a mail says in one language. Once proposed its words never change.

    Its digest is the SHA-256 of them: what the second counsel read is what is used.
    """

    mail = models.CharField(max_length=30)  # of notifications.catalogue
    language = models.CharField(max_length=10)
    number = models.PositiveSmallIntegerField()  # of this mail in this language, from 1
    subject = models.CharField(max_length=100)
    text = models.TextField()  # in the language of notifications.markup
    digest = models.CharField(max_length=64)
    reason = models.TextField()  # why it is to be said in another way
    state = models.CharField(max_length=10, choices=WordingState.choices, default=WordingState.DRAFT)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    # Since when mails have left with the built-in words because this one, though approved, could not be used.
    broke_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["mail", "language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["mail", "language", "number"], name="wording_number_once"),
            models.UniqueConstraint(
                fields=["mail", "language"], condition=Q(state="approved"), name="one_wording_in_use"
            ),
            models.CheckConstraint(condition=Q(state__in=WordingState.values), name="wording_state_is_known"),
            models.CheckConstraint(condition=Q(number__gt=BUILT_IN), name="wording_is_not_the_built_in"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="wording_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("written_by")), name="wording_approved_by_another"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="words_are_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=["proposed", "approved", "retired"])
                & (
                    pgtrigger.Q(old__mail__df=pgtrigger.F("new__mail"))
                    | pgtrigger.Q(old__language__df=pgtrigger.F("new__language"))
                    | pgtrigger.Q(old__number__df=pgtrigger.F("new__number"))
                    | pgtrigger.Q(old__subject__df=pgtrigger.F("new__subject"))
                    | pgtrigger.Q(old__text__df=pgtrigger.F("new__text"))
                    | pgtrigger.Q(old__digest__df=pgtrigger.F("new__digest"))
                    | pgtrigger.Q(old__written_by__df=pgtrigger.F("new__written_by"))
                ),
                func="RAISE EXCEPTION 'a proposed wording keeps its words';",
            ),
            pgtrigger.Protect(name="wording_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.mail} {self.language} {self.number}: {self.state}"
