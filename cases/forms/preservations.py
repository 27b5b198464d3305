"""Data kept so that it can be produced later."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import preservations as actions
from cases.forms.acts import ActForm, day_field
from cases.rules.clocks import CLOCKS

RULES = [
    (actions.INTERIM, gettext_lazy("Our own, while the request is worked on")),
    *((rule.code, gettext_lazy(rule.title)) for rule in CLOCKS.values() if rule.action_when_over == "release_task"),
]


class Preserve(ActForm):
    rule = forms.ChoiceField(label=gettext_lazy("Kept under"), choices=RULES)
    confirmed = forms.BooleanField(label=gettext_lazy("The data is known to be kept already"), required=False)

    def perform(self) -> str | Promise:
        actions.preserve(rule=self.cleaned_data["rule"], confirmed=self.cleaned_data["confirmed"], **self.who)
        return _("The preservation is recorded.")


class ConfirmHold(ActForm):
    def perform(self) -> str | Promise:
        actions.confirm(preservation_id=self.subject.pk, **self.by_whom)
        return _("Confirmed: the data is kept.")


class ExtendHold(ActForm):
    asked_on = day_field(gettext_lazy("The extension was asked for on"))

    def perform(self) -> str | Promise:
        until = actions.extend(preservation_id=self.subject.pk, asked_on=self.cleaned_data["asked_on"], **self.by_whom)
        return _("Extended until %(day)s.") % {"day": until.isoformat()}


class ReleaseHold(ActForm):
    def perform(self) -> str | Promise:
        actions.release_hold(preservation_id=self.subject.pk, **self.by_whom)
        return _("The preservation is over: the data may go its ordinary way.")
