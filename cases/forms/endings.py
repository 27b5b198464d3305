"""How a case ends other than by an answer, and how it begins again; events that start a clock."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import ending, events, letters
from cases.forms.acts import ActForm, day_field, text_field
from cases.rules.clocks import clock_rule
from cases.rules.grounds import GROUNDS

WHY_AGAIN = [
    ("fraud", gettext_lazy("The request was a fraud")),
    ("amended_order", gettext_lazy("The order was amended")),
    ("court_decision", gettext_lazy("A court decided")),
    ("our_error", gettext_lazy("We made an error")),
]


class Reject(ActForm):
    """A ground, what the agency will read, and what only we do."""

    ground = forms.ChoiceField(label=gettext_lazy("Ground"))
    text = text_field(
        gettext_lazy("What the agency will read"),
        help_text=gettext_lazy(
            "The letter, which leaves. Where the request is forged its forger reads it: nothing of how it showed, "
            "nothing of any customer."
        ),
    )
    reason = text_field(
        gettext_lazy("Why, for our record"),
        required=False,
        help_text=gettext_lazy("It never leaves. Empty: the letter says why."),
    )

    def prepare(self) -> None:
        self.offer(
            "ground",
            [("", gettext_lazy("Choose")), *((one.code, gettext_lazy(one.sentence)) for one in GROUNDS.values())],
        )

    def suggested(self) -> dict[str, Any]:
        """Return the ground and the text that follow from what failed in legal review, if anything did."""
        offer = letters.offer_for(self.case)
        return {"ground": offer.ground, "text": letters.text_for(self.case, offer)} if offer else {}

    def perform(self) -> str | Promise:
        asked = {name: self.cleaned_data[name] for name in ("ground", "text", "reason")}
        if ending.reject(**asked, **self.who):
            return _("Proposed: another counsel decides on this rejection.")
        return _("Rejected. The letter is drafted: send it, then record how.")


class Withdraw(ActForm):
    reason = text_field(gettext_lazy("How and by whom it was withdrawn"))

    def perform(self) -> str | Promise:
        ending.withdraw(reason=self.cleaned_data["reason"], **self.who)
        return _("The withdrawal is recorded.")


class Reopen(ActForm):
    because = forms.ChoiceField(label=gettext_lazy("Why it is reopened"), choices=WHY_AGAIN)
    reason = text_field(gettext_lazy("Your reason, for the second person"))

    def perform(self) -> str | Promise:
        asked = {name: self.cleaned_data[name] for name in ("because", "reason")}
        ending.propose_reopening(**asked, **self.who)
        return _("Proposed. Another counsel decides.")


class Close(ActForm):
    def perform(self) -> str | Promise:
        ending.close(**self.who)
        return _("Closed.")


class RecordEvent(ActForm):
    """Something outside happened that starts one of the instrument's clocks."""

    rule = forms.ChoiceField(label=gettext_lazy("Clock"))
    event_at = forms.DateTimeField(
        label=gettext_lazy("When it happened"), help_text=gettext_lazy("Your time, such as 2026-11-30 14:20.")
    )
    began_at = forms.DateTimeField(
        label=gettext_lazy("First interception"),
        required=False,
        help_text=gettext_lazy("For interception orders only."),
    )
    last_day = day_field(
        gettext_lazy("Last day that the paper states"),
        required=False,
        help_text=gettext_lazy("Where the paper itself says how long: the end of the period of an order."),
    )

    def suggested(self) -> dict[str, Any]:
        return {"event_at": self.now.astimezone(settings.WRITDESK.receiving_zone)}

    def prepare(self) -> None:
        # Nothing is chosen for the person: one press on an empty form would start a clock.
        clocks = [(code, gettext_lazy(clock_rule(code).title)) for code in events.startable(self.case)]
        self.offer("rule", [("", gettext_lazy("Choose")), *clocks])

    def perform(self) -> str | Promise:
        asked = {name: self.cleaned_data[name] for name in ("rule", "event_at", "began_at", "last_day")}
        clock = events.record_event(**asked, **self.who)
        return clock.explanation


class AuthorityAnswer(ActForm):
    refused = forms.TypedChoiceField(
        label=gettext_lazy("The enforcing authority"),
        choices=[
            ("no", gettext_lazy("raises no ground: we may produce")),
            ("yes", gettext_lazy("raised a ground: nothing may be produced, for good")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    def perform(self) -> str | Promise:
        events.record_authority_answer(refused=self.cleaned_data["refused"], **self.who)
        return _("The authority's answer is recorded.")
