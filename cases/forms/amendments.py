"""What is asked, changed; and a request that came twice."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.access import note_refusal
from cases.actions.amendments import amend
from cases.actions.duplicates import mark_duplicate
from cases.actions.opening import NewTarget
from cases.forms.acts import ActForm, text_field
from cases.forms.targets import target_field
from cases.models import Case
from cases.references import normalised
from cases.states import Category
from cases.target_kinds import LONGEST, said_or_guessed


class Amend(ActForm):
    """The categories as they are asked now, targets to add and to drop, and how we know."""

    asked = forms.MultipleChoiceField(
        label=gettext_lazy("Data asked for now"),
        choices=Category.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    add = forms.CharField(
        label=gettext_lazy("Targets to add"),
        help_text=gettext_lazy("One a line, for example “domain: example.org” or “account: 4711”."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )
    reason = text_field(gettext_lazy("What changed the request, and how we know"))

    field_order = ("asked", "add", "drop", "reason")

    def suggested(self) -> dict[str, Any]:
        return {"asked": self.case.asked}

    def prepare(self) -> None:
        self.fields["drop"] = target_field(self.case)
        self.fields["drop"].label = gettext_lazy("Targets to drop")
        self.fields["drop"].help_text = gettext_lazy("With none named, none is dropped.")
        self.order_fields(self.field_order)

    def clean_add(self) -> list[NewTarget]:
        """Return the targets, each once."""
        lines = [line.strip() for line in self.cleaned_data["add"].splitlines()]
        found = dict.fromkeys(said_or_guessed(line) for line in lines if line)
        if any(len(value.encode()) > LONGEST for _kind, value in found):
            raise ValidationError(_("A line is too long to be a target."))
        return [NewTarget(kind, value) for kind, value in found]

    def perform(self) -> str | Promise:
        amend(
            asked=[Category(category) for category in self.cleaned_data["asked"]],
            add=self.cleaned_data["add"],
            drop=self.cleaned_data["drop"],
            reason=self.cleaned_data["reason"],
            **self.who,
        )
        return _("The request is changed. What was answered and authorised is to be looked at again.")


class MarkDuplicate(ActForm):
    """The case in which the same request is worked on."""

    original = forms.CharField(
        label=gettext_lazy("Reference of the other case"),
        help_text=gettext_lazy("The one that is worked on: it must ask everything that this one asks."),
        max_length=40,
    )

    def clean_original(self) -> Case:
        """Return the case; one of which the person may not know is none."""
        reference = normalised(self.cleaned_data["original"])
        found: Case | None = Case.objects.visible_to(self.by).filter(reference=reference).first()
        if found is None:
            note_refusal(reference, "mark-duplicate", by=self.by, now=self.now)
            raise ValidationError(_("There is no such case."))
        return found

    def perform(self) -> str | Promise:
        original = self.cleaned_data["original"]
        mark_duplicate(original_id=original.pk, **self.who)
        return _("This case ended as a duplicate of %(reference)s.") % {"reference": original.reference}
