"""The filters above the queue."""

from dataclasses import asdict

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.forms.countries import country_choices
from cases.forms.selects import PlainSelect
from cases.queries.needs import NEEDS
from cases.queries.selection import ANY_STATE, FLAGS, Selection
from cases.rules.instruments import INSTRUMENTS
from cases.states import CaseState

LARGEST_KEY = 2**63 - 1


class QueueFilters(forms.Form):
    """What can be asked of the queue. A value that makes no sense is left out, as if it had not been asked."""

    q = forms.CharField(
        label=_("Search cases"), help_text=_("Reference, agency or target"), max_length=200, required=False
    )
    instrument = forms.ChoiceField(label=_("Instrument"), required=False, widget=PlainSelect)
    state = forms.ChoiceField(label=_("State"), required=False, widget=PlainSelect)
    country = forms.ChoiceField(label=_("Country"), required=False, widget=PlainSelect)
    flag = forms.ChoiceField(label=_("Flag"), required=False, widget=PlainSelect)
    assignee = forms.ChoiceField(label=_("Assignee"), required=False, widget=PlainSelect)
    agency = forms.IntegerField(min_value=1, max_value=LARGEST_KEY, required=False, widget=forms.HiddenInput)
    due = forms.ChoiceField(choices=[("", ""), ("soon", _("Due in 24 h"))], required=False, widget=forms.HiddenInput)
    needs = forms.ChoiceField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="filter_%s")
        self._offer(
            "instrument", [("", _("Any instrument")), *((code, _(one.title)) for code, one in INSTRUMENTS.items())]
        )
        self._offer("state", [("", _("Any open state")), (ANY_STATE, _("Any state")), *CaseState.choices])
        self._offer("country", [("", _("Any country")), *country_choices()])
        self._offer("flag", [("", _("Any flag")), *FLAGS.items()])
        self._offer("assignee", [("", _("Anyone")), ("mine", _("Me")), ("none", _("No one"))])
        self._offer("needs", [("", ""), *((code, need.label) for code, need in NEEDS.items())])

    def _offer(self, name: str, choices: list[tuple[str, object]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - the fields above
        field.choices = choices

    def selection(self) -> Selection:
        """Return what was asked."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return Selection(text=asked.pop("q", ""), **asked)


def query_of(selection: Selection) -> dict[str, str]:
    """Return a selection as the parameters of an address, empty ones left out."""
    asked = {key: str(value) for key, value in asdict(selection).items() if value}
    return {"q" if key == "text" else key: value for key, value in asked.items()}
