"""Whose the targets are."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.actions.customers import find_or_add_customer, match_customer
from cases.forms.acts import ActForm
from cases.forms.countries import country_choices
from cases.forms.targets import target_field
from cases.models import Customer, CustomerRole
from cases.queries.beside import candidates, owners
from cases.queries.customers import by_number

US_PERSON = [("", gettext_lazy("Not known")), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
US_PERSON_SAYS = {"": None, "yes": True, "no": False}


class MatchCustomer(ActForm):
    """The customer by number; what is typed beside it counts only where the number is new."""

    identifier = forms.CharField(label=gettext_lazy("Customer number"), max_length=100)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)
    postal_address = forms.CharField(
        label=gettext_lazy("Postal address"),
        help_text=gettext_lazy("Without the name. A letter goes only to whom no mail reaches."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), initial="en")
    country = forms.ChoiceField(label=gettext_lazy("Country of residence"), required=False)
    nationality = forms.ChoiceField(label=gettext_lazy("Nationality"), required=False)
    us_person = forms.ChoiceField(label=gettext_lazy("US person"), choices=US_PERSON, required=False)
    timezone = forms.CharField(label=gettext_lazy("Time zone"), max_length=64, initial="UTC", required=False)
    role = forms.ChoiceField(label=gettext_lazy("The customer is"), choices=CustomerRole.choices, initial="person")

    def prepare(self) -> None:
        self.fields["identifier"].help_text = self._about_number()
        self.offer("language", settings.LANGUAGES)
        for name in ("country", "nationality"):
            self.offer(name, [("", gettext_lazy("Not known")), *country_choices()])
        self.fields["targets"] = target_field(self.case)
        self.fields["targets"].help_text = gettext_lazy("With none named: all that have no customer yet.")

    def _about_number(self) -> str:
        words = _("A number we know is found; a new one is added as below.")
        words += " " + _("What the directory has as somebody's account, domain or address finds them too.")
        if named := candidates(self.case):
            words += " " + _("The directory names several for one target: %(numbers)s.") % {"numbers": ", ".join(named)}
        return words

    def clean_identifier(self) -> str:
        typed: str = self.cleaned_data["identifier"].strip()
        if by_number(self.case, [typed]):
            return typed
        found = owners(typed)
        if len(found) > 1:
            raise ValidationError(_("Several customers have this: %(numbers)s.") % {"numbers": ", ".join(found)})
        return found[0] if found else typed

    def clean_timezone(self) -> str:
        zone: str = self.cleaned_data["timezone"] or "UTC"
        if zone not in available_timezones():
            raise ValidationError(gettext_lazy("Write a time zone such as Europe/Berlin."))
        return zone

    def perform(self) -> str | Promise:
        fields = (
            "identifier",
            "name",
            "email",
            "postal_address",
            "language",
            "country",
            "nationality",
            "timezone",
            "role",
        )
        customer = find_or_add_customer(
            case_id=self.case.pk,
            **{name: self.cleaned_data[name] for name in fields},
            is_us_person=US_PERSON_SAYS[self.cleaned_data["us_person"]],
        )
        ids = self._targets(customer)
        match_customer(target_ids=ids, customer=customer, **self.who)
        return ngettext("%(total)d target belongs to %(who)s.", "%(total)d targets belong to %(who)s.", len(ids)) % {
            "total": len(ids),
            "who": customer.identifier,
        }

    def _targets(self, customer: Customer) -> list[Any]:
        chosen = self.cleaned_data["targets"]
        open_ones = Q(customer=None) if not chosen else Q(pk__in=chosen)
        return list(self.case.targets.filter(open_ones).exclude(customer=customer).values_list("pk", flat=True))
