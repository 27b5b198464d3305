"""Questions to the agency, and what is written to it."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import letters, questions
from cases.forms.acts import ActForm, text_field
from cases.models import Clock, LetterKind
from cases.rules.clocks import CLOCKS
from cases.states import ClockState


class AskAgency(ActForm):
    """A question, and which clocks stand still for it."""

    text = text_field(gettext_lazy("Question"), help_text=gettext_lazy("State nothing about any customer or account."))
    pause = forms.MultipleChoiceField(
        label=gettext_lazy("Clocks that stand still until the reply"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tick only those that the law lets stand still: the others run on."),
    )

    def prepare(self) -> None:
        self.running = list(self.case.clocks.filter(state=ClockState.RUNNING))
        self.offer("pause", [(str(place), clock_title(clock)) for place, clock in enumerate(self.running)])

    def perform(self) -> str | Promise:
        paused = [self.running[int(place)].pk for place in self.cleaned_data["pause"]]
        questions.ask_agency(text=self.cleaned_data["text"], pause_clocks=paused, **self.who)
        return _("The question is drafted as a letter. Send it, then record how.")


def clock_title(clock: Clock) -> str:
    """Return the name of a clock's rule, as people read it."""
    rule = CLOCKS.get(clock.rule)
    return _(rule.title) if rule else _("Return date on its face")


class AgencyReplied(ActForm):
    reply = text_field(gettext_lazy("What the agency replied"))
    changes_request = forms.TypedChoiceField(
        label=gettext_lazy("Does the reply change targets, data categories or instrument?"),
        choices=[("no", gettext_lazy("No, the request stands as it was")), ("yes", gettext_lazy("Yes"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text=gettext_lazy("If it does, legal review starts again and approvals fall."),
    )

    def perform(self) -> str | Promise:
        questions.agency_replied(
            reply=self.cleaned_data["reply"], changes_request=self.cleaned_data["changes_request"], **self.who
        )
        return _("The reply is recorded; clocks that stood still run on.")


class DraftForDefects(ActForm):
    """The letter for what failed in legal review: its kind follows from the rules, its text is counsel's."""

    text = text_field(
        gettext_lazy("Text of the letter"),
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=gettext_lazy("Go over it: the notes of the review stand in it. State nothing about any customer."),
    )

    def suggested(self) -> dict[str, Any]:
        offer = letters.offer_for(self.case)
        return {"text": letters.text_for(self.case, offer) if offer else ""}

    def prepare(self) -> None:
        if offer := letters.offer_for(self.case):
            kind = LetterKind(offer.kind).label
            self.fields["text"].label = f"{kind}: {', '.join(offer.reasons)}" if offer.reasons else kind

    def perform(self) -> str | Promise:
        letter = letters.draft_for_defects(text=self.cleaned_data["text"], **self.who)
        return _("Drafted: %(kind)s. Send it, then record how.") % {"kind": letter.get_kind_display()}


class Acknowledge(ActForm):
    """That the request came, and nothing else."""

    text = text_field(gettext_lazy("Text of the letter"), widget=forms.Textarea(attrs={"rows": 8}))

    def suggested(self) -> dict[str, Any]:
        return {"text": letters.acknowledgement_text(self.case)}

    def perform(self) -> str | Promise:
        letters.draft_acknowledgement(text=self.cleaned_data["text"], **self.who)
        return _("Drafted: %(kind)s. Send it, then record how.") % {"kind": LetterKind.ACKNOWLEDGEMENT.label}
