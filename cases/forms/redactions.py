"""What a person fills in to redact a document for the customer."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from cases.actions.redactions import withdraw_redaction
from cases.forms.acts import ActForm, text_field
from cases.models import Case, Customer, RedactionReason
from cases.queries.redactions import customers_of
from cases.redaction.boxes import Box, between

EVERYONE, ONE = "all", "one"
AUDIENCE = [
    (EVERYONE, gettext_lazy("All whom the request is about, and who were told")),
    (ONE, gettext_lazy("One customer only")),
]
SIDES = ("left", "top", "right", "bottom")
WHOLE = (0.0, 0.0), (1.0, 1.0)


def _percent(label: StrOrPromise) -> forms.FloatField:
    widget = forms.NumberInput(attrs={"step": "0.1", "inputmode": "decimal"})
    return forms.FloatField(label=label, min_value=0, max_value=100, required=False, widget=widget)


class BeginForm(forms.Form):
    """For whom. A case with a single customer asks nothing: it is theirs."""

    audience = forms.ChoiceField(
        label=gettext_lazy("Who may read it"),
        choices=AUDIENCE,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Where all may read it, nothing in it may tell one customer of another. A controller, and whoever is hit"
            " beside a target, reads only what is redacted for them alone."
        ),
    )
    number = forms.CharField(label=gettext_lazy("Number of that customer"), max_length=100, required=False)

    def __init__(self, data: Any = None, *, case: Case) -> None:
        super().__init__(data)
        self.customers = customers_of(case)
        first = list(self.customers[:2])
        self.only = first[0] if len(first) == 1 else None
        if len(first) < 2:
            del self.fields["audience"], self.fields["number"]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("audience") == ONE and self.customer is None:
            self.add_error("number", _("Write the number of a customer who is told of this case."))
        return self.cleaned_data

    @property
    def customer(self) -> Customer | None:
        """The customer for whom alone it is; None for all."""
        if "audience" not in self.fields:
            return self.only
        if self.cleaned_data.get("audience") != ONE:
            return None
        return self.customers.filter(identifier=self.cleaned_data.get("number", "").strip()).first()


class DrawForm(forms.Form):
    """A box, or words to find, and why they are hidden. A click on the page's picture is read apart: at.x and at.y."""

    reason = forms.ChoiceField(label=gettext_lazy("Why it is hidden"), choices=RedactionReason.choices)
    words = forms.CharField(
        label=gettext_lazy("In words"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Needed for another reason. The second person reads it, the customer does not."),
    )
    left = _percent(gettext_lazy("Left"))
    top = _percent(gettext_lazy("Top"))
    right = _percent(gettext_lazy("Right"))
    bottom = _percent(gettext_lazy("Bottom"))
    find = forms.CharField(label=gettext_lazy("Find these words on all pages"), max_length=200, required=False)

    @property
    def numbers(self) -> list[float | None]:
        """The four sides in percent, as they were typed."""
        return [self.cleaned_data.get(side) for side in SIDES]

    def box(self, page: int) -> Box | None:
        """Return the box of the four numbers; None, with what is wrong said, where they are none."""
        sides = [number / 100 for number in self.numbers if number is not None]
        try:
            left, top, right, bottom = sides
            return between(page, (left, top), (right, bottom))
        except ValueError:
            self.add_error("left", _("Give all four sides in percent of the page, from its top left corner."))
            return None


class ProposeForm(forms.Form):
    reason = text_field(
        gettext_lazy("Your reason, for the second person"),
        help_text=gettext_lazy("Such as: the statute lets the customer read it; nothing of others is left."),
    )


class WithdrawRedaction(ActForm):
    reason = text_field(gettext_lazy("Why it is withdrawn"))

    def perform(self) -> str | Promise:
        withdraw_redaction(redaction_id=self.subject.pk, reason=self.cleaned_data["reason"], **self.by_whom)
        return _("Withdrawn: the customer sees it no more.")
