"""Data kept so that it can be produced later."""

from django import forms
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import preservations as actions
from cases.actions import prolonging
from cases.forms.acts import ActForm, day_field, text_field
from cases.rules.clocks import CLOCKS

RULES = [
    (actions.INTERIM, gettext_lazy("Our own, while the request is worked on")),
    *((rule.code, gettext_lazy(rule.title)) for rule in CLOCKS.values() if rule.action_when_over == "release_task"),
]


class Preserve(ActForm):
    rule = forms.ChoiceField(label=gettext_lazy("Kept under"), choices=RULES)
    confirmed = forms.BooleanField(label=gettext_lazy("The data is known to be kept already"), required=False)
    reason = text_field(gettext_lazy("Why it is kept"), required=False)

    def perform(self) -> str | Promise:
        asked = {name: self.cleaned_data[name] for name in ("rule", "confirmed", "reason")}
        actions.preserve(**asked, **self.who)
        return _("The preservation is recorded.")


class ConfirmHold(ActForm):
    def perform(self) -> str | Promise:
        actions.confirm(preservation_id=self.subject.pk, **self.by_whom)
        return _("Confirmed: the data is kept.")


class ExtendHold(ActForm):
    asked_on = day_field(gettext_lazy("The extension was asked for on"))
    reason = text_field(gettext_lazy("What was asked, and by whom"), required=False)

    def perform(self) -> str | Promise:
        asked = {name: self.cleaned_data[name] for name in ("asked_on", "reason")}
        until = prolonging.extend(preservation_id=self.subject.pk, **asked, **self.by_whom)
        return _("Extended until %(day)s.") % {"day": date_format(until, "DATE_FORMAT")}


class ConfirmRequest(ActForm):
    """Annex V: a production request was issued, the data are kept until it is answered."""

    confirmed_on = day_field(gettext_lazy("The authority confirmed it on"))
    reason = text_field(gettext_lazy("Which request, and where it is made"), required=False)

    def perform(self) -> str | Promise:
        asked = {name: self.cleaned_data[name] for name in ("confirmed_on", "reason")}
        prolonging.confirm_request(preservation_id=self.subject.pk, **asked, **self.by_whom)
        return _("Recorded: the data is kept as long as necessary to produce it.")


class DecideFurtherRequest(ActForm):
    reason = text_field(gettext_lazy("What becomes of the further request"))

    def perform(self) -> str | Promise:
        prolonging.decide_further_request(
            preservation_id=self.subject.pk, reason=self.cleaned_data["reason"], **self.by_whom
        )
        return _("Recorded. Where it is a new letter, record a preservation of its own once this one is over.")


class ReleaseHold(ActForm):
    reason = text_field(gettext_lazy("Why it ends"))

    def perform(self) -> str | Promise:
        released = actions.release_hold(
            preservation_id=self.subject.pk, reason=self.cleaned_data["reason"], **self.by_whom
        )
        ask = _("Nothing was deleted. Ask counsel of every compartment before anything is.")
        if not released.still_held_by:
            return f"{_('This hold is over.')} {ask}"
        stays = _("This hold is over. The data stays: another hold stands on it (%(cases)s).") % {
            "cases": get_text_list(list(released.still_held_by), _("and"))
        }
        return f"{stays} {ask}"
