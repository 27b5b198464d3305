"""The form in which an agency puts its request. The staff's form asks the same."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.actions.opening import NewTarget
from cases.forms.countries import country_choices
from cases.models import AgencyKind
from cases.references import PATTERN, is_mistyped, normalised
from cases.states import Category, TargetKind
from cases.target_kinds import LONGEST, said_or_guessed
from intake.actions.submissions import Claim
from intake.words import INSTRUMENTS
from vault.forms import MultipleDocumentField

MOST_TARGETS = 25_000


class SubmissionForm(forms.Form):
    """A request as its sender puts it."""

    instrument = forms.ChoiceField(
        label=gettext_lazy("What kind of document is it?"),
        help_text=gettext_lazy("If you have more than one, send one form for each."),
    )
    documents = MultipleDocumentField(
        label=gettext_lazy("The document, and what belongs to it"),
        help_text=gettext_lazy("Complete and signed, as PDF if you can. You can choose several files at once."),
    )
    agency_name = forms.CharField(label=gettext_lazy("Name of the court or authority"), max_length=200)
    agency_country = forms.ChoiceField(label=gettext_lazy("Its country"))
    agency_kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"), choices=[("", gettext_lazy("Choose one")), *AgencyKind.choices]
    )
    officer_name = forms.CharField(label=gettext_lazy("Your name"), max_length=200)
    officer_email = forms.EmailField(
        label=gettext_lazy("Your official e-mail address"),
        help_text=gettext_lazy("We answer to this address only."),
        max_length=254,
    )
    officer_phone = forms.CharField(
        label=gettext_lazy("Your phone number"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("To prove who you are we call a number that we look up ourselves."),
    )
    agency_reference = forms.CharField(label=gettext_lazy("Your own reference"), required=False, max_length=100)
    our_reference = forms.CharField(
        label=gettext_lazy("Our reference, if this belongs to an earlier request"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("It looks like WD-2026-7K3M9QXA7."),
    )
    return_date = forms.DateField(
        label=gettext_lazy("When is the answer due?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The date on the document, if it has one."),
    )
    targets = forms.CharField(
        label=gettext_lazy("Which accounts, domains or addresses is it about?"),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        strip=False,
        help_text=gettext_lazy(
            "One a line. We see what each is from how it is written; to say it yourself, write for example "
            "“domain: example.org”, “account: 4711” or “phone: +44 20 7946 0000”."
        ),
    )
    target_kind = forms.ChoiceField(
        label=gettext_lazy("What are they?"),
        required=False,
        choices=[("", gettext_lazy("See for each line")), *TargetKind.choices],
    )
    categories = forms.MultipleChoiceField(
        label=gettext_lazy("What data do you ask for?"),
        required=False,
        choices=Category.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    emergency = forms.BooleanField(
        label=gettext_lazy("Someone is in danger of death or serious injury right now"),
        required=False,
        help_text=gettext_lazy("Say below who, and how. We call you back before we decide."),
    )
    message = forms.CharField(
        label=gettext_lazy("Anything else that we should know"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20_000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = [("", _("Choose one"))]
        self.fields["instrument"].choices = [*first, *INSTRUMENTS]  # type: ignore[attr-defined]
        self.fields["agency_country"].choices = [*first, *country_choices()]  # type: ignore[attr-defined]

    def clean_our_reference(self) -> str:
        """Refuse a reference of ours that was mistyped: the case it means would not be held until somebody looks.

        Asks the check character alone, so that the answer tells nobody which references exist.
        """
        typed: str = self.cleaned_data["our_reference"]
        reference = normalised(typed)
        if not re.match(PATTERN, reference):
            return typed
        if is_mistyped(reference):
            raise ValidationError(_("Look at our reference again: a character of it is not right."))
        return reference

    def clean_targets(self) -> list[NewTarget]:
        """Return the targets, each once, in the order given."""
        lines = [line.strip() for line in self.cleaned_data["targets"].splitlines()]
        found = dict.fromkeys(said_or_guessed(line) for line in lines if line)
        if len(found) > MOST_TARGETS:
            raise ValidationError(_("Send at most %(most)d lines in one form.") % {"most": MOST_TARGETS})
        too_long = sum(len(value.encode()) > LONGEST for _kind, value in found)
        if too_long:
            words = ngettext("%d line is too long to be a target.", "%d lines are too long to be targets.", too_long)
            raise ValidationError(words % too_long)
        if self.fields["targets"].required and not found:
            raise ValidationError(_("Name at least one account, domain or address."))
        return [NewTarget(kind, value) for kind, value in found]

    def clean(self) -> dict[str, Any]:
        """Give every target the kind that the sender says all of them have."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("target_kind") and "targets" in cleaned:
            kind = TargetKind(cleaned["target_kind"])
            values = dict.fromkeys(target.value for target in cleaned["targets"])
            cleaned["targets"] = [NewTarget(kind, value) for value in values]
        if cleaned.get("emergency") and not cleaned.get("message"):
            self.add_error("message", _("Say who is in danger, and how."))
        return cleaned

    @property
    def must_choose_files_again(self) -> bool:
        """Whether files came with a form that is shown once more: a browser does not let us put them back."""
        return self.is_bound and bool(self.files) and bool(self.errors)

    def claim(self) -> Claim:
        """Return what the valid form says."""
        said = self.cleaned_data
        return Claim(
            instrument=said["instrument"],
            agency_name=said["agency_name"],
            agency_country=said["agency_country"],
            agency_kind=said["agency_kind"],
            officer_name=said["officer_name"],
            officer_email=said["officer_email"].lower(),
            officer_phone=said["officer_phone"],
            agency_reference=said["agency_reference"],
            our_reference=said["our_reference"],
            return_date=said["return_date"],
            targets=said["targets"],
            categories=[Category(category) for category in said["categories"]],
            emergency=said["emergency"],
            message=said["message"],
        )


class PublicSubmissionForm(SubmissionForm):
    """The form that anybody can send."""

    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_website(self) -> str:
        """Refuse what only a program fills in: it stands outside the screen."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave the field “Leave this empty” empty."))
        return ""
