"""What complying took, for an invoice."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import costs
from cases.forms.acts import ActForm

MOST = 1_000_000


class DraftInvoice(ActForm):
    """Counts, hours, and what decides who pays."""

    accounts = forms.IntegerField(label=gettext_lazy("Accounts worked on"), min_value=0, max_value=MOST)
    secondary_searches = forms.IntegerField(label=gettext_lazy("Secondary searches"), min_value=0, max_value=MOST)
    hours = forms.DecimalField(
        label=gettext_lazy("Hours, for a civil party"), min_value=Decimal(0), max_digits=7, decimal_places=2
    )
    toll_records = forms.BooleanField(
        label=gettext_lazy("Nothing but toll records and listings, held as a communications common carrier"),
        required=False,
    )
    burden_found = forms.BooleanField(
        label=gettext_lazy("A court found unusual volume or an undue burden"), required=False
    )
    state_reimburses = forms.BooleanField(
        label=gettext_lazy("The issuing State's law reimburses such costs at home"), required=False
    )

    def suggested(self) -> dict[str, Any]:
        return {"accounts": self.case.tally.get("accounts", 0), "secondary_searches": 0, "hours": Decimal(0)}

    def perform(self) -> str | Promise:
        asked = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        costs.draft_invoice(**asked, **self.who)
        return _("The invoice is drafted as a letter. Send it, then record how.")
