"""What is known of a customer, put right."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.customer_facts import Fact, correct_customer
from cases.findings import OUR_ROLE
from cases.forms.acts import ActForm, text_field
from cases.forms.countries import country_choices
from cases.models import Customer, CustomerRole
from cases.queries.findings import person_words
from cases.rules.finding import Person

SHOWN = 10  # customers of the case, with what is known of them
AS_IT_STANDS = ("", gettext_lazy("As it stands"))
UNKNOWN = "unknown"
NOT_KNOWN = (UNKNOWN, gettext_lazy("Not known"))
US_PERSON: dict[str, bool | None] = {"yes": True, "no": False, UNKNOWN: None}


class CorrectCustomer(ActForm):
    """A customer of the case by number; what is chosen beside it replaces what is known."""

    identifier = forms.CharField(label=gettext_lazy("Customer number"), max_length=100)
    country = forms.ChoiceField(label=gettext_lazy("Country of residence"), required=False)
    nationality = forms.ChoiceField(label=gettext_lazy("Nationality"), required=False)
    is_us_person = forms.ChoiceField(
        label=gettext_lazy("US person"),
        choices=[AS_IT_STANDS, ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), NOT_KNOWN],
        required=False,
    )
    role = forms.ChoiceField(
        label=gettext_lazy("The customer is"), choices=[AS_IT_STANDS, *CustomerRole.choices], required=False
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    reason = text_field(gettext_lazy("How we know"))

    def suggested(self) -> dict[str, Any]:
        known = list(self._customers()[:2])
        return {"identifier": known[0].identifier} if len(known) == 1 else {}

    def prepare(self) -> None:
        self.fields["identifier"].help_text = " ".join(self._known())
        for name in ("country", "nationality"):
            self.offer(name, [AS_IT_STANDS, NOT_KNOWN, *country_choices()])
        self.offer("language", [AS_IT_STANDS, *settings.LANGUAGES])

    def _customers(self) -> QuerySet[Customer]:
        return Customer.objects.filter(pk__in=self.case.targets.order_by().values("customer")).order_by("pk")

    def _known(self) -> Iterator[str]:
        for customer in self._customers()[:SHOWN]:
            person = Person(
                customer.country, customer.nationality, customer.is_us_person, OUR_ROLE[CustomerRole(customer.role)]
            )
            yield f"{customer.identifier}: {person_words(person)}."

    def clean_identifier(self) -> Customer:
        try:
            return self._customers().get(identifier=self.cleaned_data["identifier"].strip())
        except Customer.DoesNotExist:
            raise ValidationError(_("No target of this case belongs to that customer.")) from None

    def perform(self) -> str | Promise:
        customer = self.cleaned_data["identifier"]
        correct_customer(
            customer_id=customer.pk, facts=dict(self._chosen()), reason=self.cleaned_data["reason"], **self.who
        )
        return _("Corrected. What rested on what was known before is to be looked at again.")

    def _chosen(self) -> Iterator[tuple[str, Fact]]:
        for name in ("country", "nationality", "role", "language"):
            if chosen := self.cleaned_data[name]:
                yield name, "" if chosen == UNKNOWN else chosen
        if chosen := self.cleaned_data["is_us_person"]:
            yield "is_us_person", US_PERSON[chosen]
