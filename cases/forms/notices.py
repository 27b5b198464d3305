"""Notices that are not told, told with less time, or tried again; and objections to them."""

from datetime import datetime

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import duties, objections, withholding
from cases.forms.acts import ActForm, day_field, text_field
from cases.rules.deadlines import end_of
from cases.rules.nondisclosure import BASES

POLICY = [(one.code, gettext_lazy(one.title)) for one in BASES.values() if one.kind == "policy"]
PROPOSED = gettext_lazy("Proposed. Another counsel decides.")


class Withhold(ActForm):
    basis_code = forms.ChoiceField(label=gettext_lazy("Reason that our policy knows"), choices=POLICY)
    review_date = day_field(gettext_lazy("Looked at again on"))
    reason = text_field(gettext_lazy("Why this customer is not told yet"))

    def perform(self) -> str | Promise:
        asked = {name: self.cleaned_data[name] for name in ("basis_code", "review_date", "reason")}
        withholding.propose_withholding(duty_id=self.subject.pk, **asked, **self.by_whom)
        return PROPOSED


class ShortenWindow(ActForm):
    last_day = day_field(
        gettext_lazy("Last day to object"), help_text=gettext_lazy("Until 24:00 where the customer is.")
    )
    reason = text_field(gettext_lazy("Why the window must be shorter"))

    def perform(self) -> str | Promise:
        withholding.propose_shorter_window(
            duty_id=self.subject.pk, ends_at=self._ends_at(), reason=self.cleaned_data["reason"], **self.by_whom
        )
        return PROPOSED

    def _ends_at(self) -> datetime:
        customer = self.subject.customer
        return end_of(self.cleaned_data["last_day"], customer.zone if customer else settings.WRITDESK.receiving_zone)


class TryAgain(ActForm):
    def perform(self) -> str | Promise:
        duties.try_again(duty_id=self.subject.pk, **self.by_whom)
        return _("The notice is due again.")


class AskProof(ActForm):
    def perform(self) -> str | Promise:
        objections.ask_for_proof(objection_id=self.subject.pk, **self.by_whom)
        return _("The customer is asked to show that they filed with a court.")


class ShowProof(ActForm):
    def perform(self) -> str | Promise:
        objections.show_proof(objection_id=self.subject.pk, **self.by_whom)
        return _("Recorded: the customer showed a filing.")


class CourtDecision(ActForm):
    decision = text_field(gettext_lazy("Which court decided what"))

    def perform(self) -> str | Promise:
        objections.record_court_decision(
            objection_id=self.subject.pk, decision=self.cleaned_data["decision"], **self.by_whom
        )
        return _("The objection has ended by a court's decision.")


class DecideObjection(ActForm):
    decision = text_field(gettext_lazy("The reasons, as the customer will read them"))

    def perform(self) -> str | Promise:
        objections.propose_decision(
            objection_id=self.subject.pk, decision=self.cleaned_data["decision"], **self.by_whom
        )
        return PROPOSED
