"""Going to the issuing authority or a court."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import challenges as actions
from cases.actions.challenges import NewChallenge
from cases.actions.documents import add_document
from cases.forms.acts import ActForm, day_field, text_field
from cases.models import ChallengeResult, ChallengeSubject, Forum
from vault.forms import DocumentField

OF_REQUEST = (ChallengeSubject.REQUEST, ChallengeSubject.BOTH)
RESULTS_OF_REQUEST = (ChallengeResult.UPHELD, ChallengeResult.NARROWED, ChallengeResult.QUASHED)
RESULTS_OF_ORDER = (ChallengeResult.UPHELD, ChallengeResult.LIFTED)


class ChallengeOrder(ActForm):
    """A challenge beside the case: of an order not to tell."""

    ground = text_field(gettext_lazy("Ground"))
    forum = forms.ChoiceField(label=gettext_lazy("Forum"), choices=Forum.choices)
    forum_name = forms.CharField(label=gettext_lazy("Before whom"), max_length=200)
    last_day = day_field(gettext_lazy("Last day to file"))

    def new(self, subject: ChallengeSubject) -> NewChallenge:
        """Return the challenge as it was typed."""
        asked = self.cleaned_data
        return NewChallenge(
            subject=subject,
            ground=asked["ground"],
            forum=Forum(asked["forum"]),
            forum_name=asked["forum_name"],
            last_day=asked["last_day"],
        )

    def perform(self) -> str | Promise:
        actions.challenge_order(order_id=self.subject.pk, new=self.new(ChallengeSubject.NONDISCLOSURE), **self.by_whom)
        return _("The challenge to the order is recorded. The case goes on beside it.")


class ProposeChallenge(ChallengeOrder):
    """A challenge to the request: the case waits for it."""

    of = forms.ChoiceField(
        label=gettext_lazy("What is challenged"),
        choices=[(one, one.label) for one in OF_REQUEST],
        widget=forms.RadioSelect,
    )
    field_order = ["of", "ground", "forum", "forum_name", "last_day"]

    def perform(self) -> str | Promise:
        actions.propose_challenge(new=self.new(ChallengeSubject(self.cleaned_data["of"])), **self.who)
        return _("Proposed. Another counsel decides.")


class RecordInstance(ActForm):
    """How the latest instance stands, or the next one."""

    forum_name = forms.CharField(label=gettext_lazy("Before whom"), max_length=200, required=False)
    filed_date = day_field(gettext_lazy("Filed on"), required=False)
    decided_date = day_field(gettext_lazy("Decided on"), required=False)
    appeal_until_date = day_field(gettext_lazy("Can be appealed until"), required=False)
    result = forms.ChoiceField(label=gettext_lazy("Result"), required=False)
    document = DocumentField(label=gettext_lazy("The decision"), required=False)

    def prepare(self) -> None:
        self.offer("result", [("", gettext_lazy("Not decided yet")), *ChallengeResult.choices])

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("result") and not self.cleaned_data.get("decided_date"):
            self.add_error("decided_date", gettext_lazy("Enter the day of the decision."))
        return self.cleaned_data

    def perform(self) -> str | Promise:
        upload = self.cleaned_data["document"]
        fields = ("forum_name", "filed_date", "decided_date", "appeal_until_date", "result")
        asked = {name: self.cleaned_data[name] for name in fields}
        with transaction.atomic():  # without the instance its document does not stay either
            document = add_document(upload=upload, role="filing", **self.who) if upload else None
            actions.record_instance(challenge_id=self.subject.pk, document=document, **asked, **self.by_whom)
        return _("The instance is recorded.")


class ResolveChallenge(ActForm):
    result = forms.ChoiceField(
        label=gettext_lazy("How it ended"),
        choices=[(one, one.label) for one in RESULTS_OF_REQUEST],
        widget=forms.RadioSelect,
    )

    def perform(self) -> str | Promise:
        actions.resolve(
            challenge_id=self.subject.pk, result=ChallengeResult(self.cleaned_data["result"]), **self.by_whom
        )
        return _("The challenge has ended.")


class ResolveOrderChallenge(ActForm):
    result = forms.ChoiceField(
        label=gettext_lazy("How it ended"),
        choices=[(one, one.label) for one in RESULTS_OF_ORDER],
        widget=forms.RadioSelect,
    )

    def perform(self) -> str | Promise:
        actions.resolve_order_challenge(
            challenge_id=self.subject.pk, result=ChallengeResult(self.cleaned_data["result"]), **self.by_whom
        )
        return _("The challenge to the order has ended.")
