"""What is done about an order while it binds: a court is asked, someone looks again, someone else is told."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import briefings, judicial_reviews, order_reviews
from cases.forms.acts import ActForm, day_field, text_field
from cases.models import BriefingCapacity
from cases.rules.nondisclosure import latest_next_review


class AskForReview(ActForm):
    """Reciprocal notice: the recipient of a letter tells the Government that a court shall look at the gag."""

    notified_on = day_field(gettext_lazy("The Government was notified on"))

    def suggested(self) -> dict[str, Any]:
        return {"notified_on": self.now.astimezone(settings.WRITDESK.receiving_zone).date()}

    def perform(self) -> str | Promise:
        judicial_reviews.ask_for_review(
            order_id=self.subject.pk, notified_on=self.cleaned_data["notified_on"], **self.by_whom
        )
        return _("Recorded. The Government's time to apply runs; the gag stays in force meanwhile.")


class GovernmentApplied(ActForm):
    applied_on = day_field(gettext_lazy("The Government applied on"))

    def perform(self) -> str | Promise:
        judicial_reviews.record_application(
            order_id=self.subject.pk, applied_on=self.cleaned_data["applied_on"], **self.by_whom
        )
        return _("Recorded. The court decides; the gag stays in force meanwhile.")


class ReviewOrder(ActForm):
    finding = text_field(gettext_lazy("What was found"))
    next_date = day_field(gettext_lazy("Look at it again on"))

    def suggested(self) -> dict[str, Any]:
        today = self.now.astimezone(settings.WRITDESK.receiving_zone).date()
        return {"next_date": latest_next_review(self.subject.basis, today)}

    def perform(self) -> str | Promise:
        review = order_reviews.record_review(
            order_id=self.subject.pk,
            finding=self.cleaned_data["finding"],
            next_date=self.cleaned_data["next_date"],
            **self.by_whom,
        )
        return _("Recorded. It is looked at again on %(day)s.") % {"day": date_format(review.next_date, "DATE_FORMAT")}


class Brief(ActForm):
    """Somebody outside must know: a helper, an attorney."""

    person = forms.CharField(label=gettext_lazy("Who was told"), max_length=200)
    capacity = forms.ChoiceField(label=gettext_lazy("In what capacity"), choices=BriefingCapacity.choices)
    reason = text_field(gettext_lazy("Why they must know"))
    explained = forms.BooleanField(label=gettext_lazy("I explained to them that the silence binds them as well"))

    def perform(self) -> str | Promise:
        asked = self.cleaned_data
        briefings.brief(
            order_id=self.subject.pk,
            person=asked["person"],
            capacity=BriefingCapacity(asked["capacity"]),
            reason=asked["reason"],
            explained=asked["explained"],
            **self.by_whom,
        )
        return _("Recorded: who was told, and that the duty was explained.")
