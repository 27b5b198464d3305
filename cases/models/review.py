"""Legal review: each question of the checklist, answered by a person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.case import Case


class Answer(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")


class ReviewAnswer(models.Model):
    """One item of the instrument's checklist, with its answer and a note."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="review_answers")
    item = models.CharField(max_length=40)  # code of rules/data/review.toml
    answer = models.CharField(max_length=14, choices=Answer.choices)
    note = models.TextField(blank=True)
    # None: a rule answered it, and the note is its reason.
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "item"], name="review_item_answered_once"),
            models.CheckConstraint(condition=~Q(answer="no") | ~Q(note=""), name="no_has_a_note"),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=False) | ~Q(note=""), name="rules_answer_gives_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.item} {self.answer}"
