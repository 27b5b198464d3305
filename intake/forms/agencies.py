"""The forms about agencies: find one, say how it was verified."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.forms.acts import DateInput
from cases.forms.countries import country_choices
from cases.models import Agency, AgencyKind, VerificationMethod
from intake.queries.agencies import ANY, TO_VERIFY, VERIFIED

PERIODS = ((30, gettext_lazy("30 days")), (90, gettext_lazy("90 days")), (365, gettext_lazy("One year")))


def domain_registered_field() -> forms.DateField:
    """Return the field for what somebody looked up of a domain."""
    return forms.DateField(
        label=gettext_lazy("When was the domain it writes from registered?"),
        required=False,
        widget=DateInput(),
        validators=[_not_to_come],
        help_text=gettext_lazy(
            "As its registry says; empty: nobody looked. A domain younger than a year is a sign of fraud."
        ),
    )


def _not_to_come(day: date) -> None:
    if day > timezone.now().astimezone(settings.WRITDESK.receiving_zone).date():
        raise ValidationError(_("Enter a day that is not in the future."))


class AgencyFilter(forms.Form):
    """What the list shows."""

    q = forms.CharField(
        label=gettext_lazy("Search agencies"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Name, country or domain"),
    )
    standing = forms.ChoiceField(
        label=gettext_lazy("Verification"),
        required=False,
        choices=[
            (ANY, gettext_lazy("Any verification")),
            (TO_VERIFY, gettext_lazy("To verify")),
            (VERIFIED, gettext_lazy("Verified")),
        ],
    )


class VerificationForm(forms.Form):
    """How we know that an agency is who it says."""

    method = forms.ChoiceField(
        label=gettext_lazy("How was it verified?"), choices=VerificationMethod.choices, widget=forms.RadioSelect
    )
    number_source = forms.CharField(
        label=gettext_lazy("Where did you find the number that you called?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Needed for a call back. Never the number in the letter or in its signature."),
    )
    evidence = forms.CharField(
        label=gettext_lazy("What was said or seen, and by whom?"), widget=forms.Textarea(attrs={"rows": 5})
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("For how long does it count?"), choices=PERIODS, coerce=int, initial=365
    )
    domain_registered = domain_registered_field()

    def __init__(self, *args: Any, agency: Agency | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        if agency:
            self.initial["domain_registered"] = agency.domain_registered_date

    def clean(self) -> dict[str, Any]:
        """Ask for the source of the number where a call back is the proof: without it, it is none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("method") == VerificationMethod.CALL_BACK and not cleaned.get("number_source", "").strip():
            self.add_error("number_source", _("Say where you found the number; never use the one in the letter."))
        if cleaned.get("domain_registered") and not self._domain():
            self.add_error("domain_registered", _("No domain is known that this agency writes from."))
        return cleaned

    def _domain(self) -> str:
        return self.agency.email_domain if self.agency else self.cleaned_data.get("email_domain", "")

    @property
    def lasts(self) -> timedelta:
        """How long the verification counts."""
        return timedelta(days=self.cleaned_data["days"])


class NewAgencyForm(VerificationForm):
    """An agency that has sent nothing yet, verified before it does."""

    field_order = ["name", "country", "kind", "email_domain"]

    name = forms.CharField(label=gettext_lazy("Name of the court or authority"), max_length=200)
    country = forms.ChoiceField(label=gettext_lazy("Its country"))
    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=AgencyKind.choices)
    email_domain = forms.CharField(
        label=gettext_lazy("The domain it writes from"),
        required=False,
        max_length=253,
        help_text=gettext_lazy("For example met.police.uk. Whoever writes from another one is not verified by this."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Choose one")), *country_choices()]  # type: ignore[attr-defined]
