"""What customers and staff fill in about notices."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vault.forms import MultipleDocumentField

GROUNDS: Mapping[str, Promise] = {
    "too_much": _("It asks for more than it needs"),
    "court": _("I am going to court about it"),
    "law": _("The law where I live protects this data"),
    "someone_else": _("It is about someone else"),
    "other": _("Another reason"),
}
LONGEST_TEXT = 10_000


class ObjectionForm(forms.Form):
    """A customer's objection. Nothing in it is required: a plain no is enough."""

    grounds = forms.MultipleChoiceField(
        label=_("Why? Choose all that fit"),
        choices=list(GROUNDS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    court = forms.CharField(label=_("Court and case number, if you have them"), max_length=200, required=False)
    lawyer = forms.CharField(
        label=_("Your lawyer, if you have one"),
        help_text=_("Name, and an e-mail address or phone number. We then write to them as well."),
        max_length=300,
        required=False,
    )
    documents = MultipleDocumentField(
        label=_("Documents, if you have any"),
        help_text=_("For example what you filed with a court. You can choose several, and add more later."),
        required=False,
    )
    text = forms.CharField(
        label=_("Tell us more"),
        help_text=_("Our lawyers read this. We may have to show it to the court."),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def words(self) -> str:
        """Return the objection as counsel reads it: the grounds in the house's language, then the customer's words."""
        found = self.cleaned_data
        with translation.override(settings.LANGUAGE_CODE):
            lines = [str(GROUNDS[ground]) for ground in found["grounds"]]
        return "\n".join(line for line in (*lines, found["court"].strip(), found["text"].strip()) if line)


class AdditionForm(forms.Form):
    """What a customer adds to an objection that is not decided yet."""

    more = forms.CharField(
        label=_("What you want to add"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    papers = MultipleDocumentField(label=_("Documents"), required=False)


class CodeForm(forms.Form):
    """The code that was sent to the customer's own address."""

    code = forms.CharField(
        label=_("Code of eight digits"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class AgreementForm(forms.Form):
    """A customer's consent, which cannot be taken back."""

    agrees = forms.BooleanField(label=_("I have read what is asked for, and I agree that you hand it over now"))


class AddressForm(forms.Form):
    """Where a notice goes next time."""

    email = forms.EmailField(label=_("E-mail address of the customer"), required=False)
    postal = forms.CharField(
        label=_("Postal address of the customer"),
        help_text=_(
            "Without the name. A letter goes only to whom no mail reaches. What you leave empty stays as it is."
        ),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not self.errors and not found.get("email") and not found.get("postal"):
            raise forms.ValidationError(_("Enter an e-mail address, or what stands on the envelope."))
        return found


class SettlementForm(forms.Form):
    """What a person found out about a message of which nobody knew."""

    arrived = forms.TypedChoiceField(
        label=_("What did you find out?"),
        choices=[
            ("yes", _("It arrived: the log of the relay says so, or whoever should have it")),
            ("no", _("It did not arrive: it fails, and can be sent again")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
