"""What a person says to a proposal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.acts import text_field
from cases.forms.people import ColleagueField, counsels

DECISIONS = [
    ("approve", _("Approve")),
    ("decline", _("Decline")),
    ("take_back", _("Take back")),
    ("release", _("Release")),
    ("ask", _("Ask")),
]
WITH_REASON = ("approve", "decline")


class DecisionForm(forms.Form):
    """The decision, and the reason that goes into the ledger as a commitment."""

    decision = forms.ChoiceField(choices=DECISIONS)
    reason = text_field(_("Your reason"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    asked = ColleagueField(counsels(), label=_("Counsel to be asked"), required=False)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("decision") in WITH_REASON and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", _("Write your reason: it stays on record."))
        if self.cleaned_data.get("decision") == "ask" and not self.cleaned_data.get("asked"):
            self.add_error("asked", _("Choose whom to ask."))
        return self.cleaned_data
