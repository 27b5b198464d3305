"""Going to the issuing authority or a court."""

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import challenges as actions
from cases.actions import instances
from cases.actions.challenges import NewChallenge
from cases.actions.documents import add_document
from cases.forms.acts import ActForm, day_field, text_field
from cases.forms.review import item_words
from cases.forms.targets import target_field
from cases.models import ChallengeResult, ChallengeSubject, Forum, Party
from cases.queries.marks import marked
from cases.rules.remedies import OTHER, remedies_against
from cases.rules.scope import fields_asked
from cases.states import Category
from vault.forms import DocumentField

OF_REQUEST = (ChallengeSubject.REQUEST, ChallengeSubject.BOTH)
RESULTS_OF_REQUEST = (ChallengeResult.UPHELD, ChallengeResult.NARROWED, ChallengeResult.QUASHED)


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
    order = forms.ChoiceField(
        label=gettext_lazy("Which order, where it is both"), required=False, help_text=gettext_lazy("One in force.")
    )
    remedy = forms.ChoiceField(
        label=gettext_lazy("By what remedy"),
        required=False,
        help_text=gettext_lazy("It decides whether the deadline to answer stands still meanwhile."),
    )
    field_order = ["of", "order", "remedy", "ground", "forum", "forum_name", "last_day"]

    def suggested(self) -> dict[str, Any]:
        return {"remedy": OTHER}

    def prepare(self) -> None:
        remedies = remedies_against(self.case.instrument_code)
        self.offer("remedy", [(one.code, marked(_(one.title), is_verified=one.verified)) for one in remedies])
        self.offer("order", [("", gettext_lazy("None")), *self._orders()])

    def _orders(self) -> list[tuple[str, str]]:
        """Return the orders in force by their places in the case: keys stay in the house."""
        numbered = enumerate(self.case.orders.order_by("pk"), start=1)
        return [(str(number), row.provision) for number, row in numbered if row.in_force(self.now)]

    def perform(self) -> str | Promise:
        place = int(self.cleaned_data["order"] or 0)
        order = self.case.orders.order_by("pk")[place - 1] if place else None
        new = replace(
            self.new(ChallengeSubject(self.cleaned_data["of"])),
            remedy=self.cleaned_data["remedy"] or OTHER,
            order_id=order.pk if order else None,
        )
        actions.propose_challenge(new=new, **self.who)
        return _("Proposed. Another counsel decides.")


class RecordInstance(ActForm):
    """How the latest instance stands; what is on record of it stands filled in."""

    NAMES: ClassVar = ("forum_name", "filed_date", "hearing_date", "decided_date", "appeal_until_date", "result")

    forum_name = forms.CharField(label=gettext_lazy("Before whom"), max_length=200, required=False)
    filed_date = day_field(gettext_lazy("Filed on"), required=False)
    hearing_date = day_field(gettext_lazy("Hearing on"), required=False)
    decided_date = day_field(gettext_lazy("Decided on"), required=False)
    appeal_until_date = day_field(gettext_lazy("Can be appealed until"), required=False)
    result = forms.ChoiceField(label=gettext_lazy("Result"), required=False)
    document = DocumentField(label=gettext_lazy("The decision"), required=False)

    def suggested(self) -> dict[str, Any]:
        latest = self.subject.instances.order_by("-pk").first()
        return {name: getattr(latest, name) for name in self.NAMES} if latest else {}

    def prepare(self) -> None:
        self.offer("result", [("", gettext_lazy("Not decided yet")), *self.subject.results])

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("result") and not self.cleaned_data.get("decided_date"):
            self.add_error("decided_date", gettext_lazy("Enter the day of the decision."))
        return self.cleaned_data

    def perform(self) -> str | Promise:
        upload = self.cleaned_data["document"]
        asked = {name: self.cleaned_data[name] for name in self.NAMES}
        with transaction.atomic():  # without the instance its document does not stay either
            document = add_document(upload=upload, role="filing", **self.who) if upload else None
            actions.record_instance(challenge_id=self.subject.pk, document=document, **asked, **self.by_whom)
        return _("The instance is recorded.")


class RecordFiling(ActForm):
    """A paper in the latest instance."""

    title = forms.CharField(label=gettext_lazy("What was filed"), max_length=200)
    party = forms.ChoiceField(label=gettext_lazy("Filed by"), choices=Party.choices)
    filed_date = day_field(gettext_lazy("Filed on"))
    document = DocumentField(label=gettext_lazy("The paper"), required=False)

    def perform(self) -> str | Promise:
        asked, upload = self.cleaned_data, self.cleaned_data["document"]
        with transaction.atomic():  # without the filing its document does not stay either
            instances.record_filing(
                challenge_id=self.subject.pk,
                title=asked["title"],
                party=Party(asked["party"]),
                filed_date=asked["filed_date"],
                document=add_document(upload=upload, role="filing", **self.who) if upload else None,
                **self.by_whom,
            )
        return _("The filing is recorded.")


class RecordAppeal(ActForm):
    """The decision of the latest instance was appealed; the next one begins."""

    party = forms.ChoiceField(label=gettext_lazy("Appealed by"), choices=Party.choices)
    appealed_date = day_field(gettext_lazy("Appealed on"))
    forum_name = forms.CharField(label=gettext_lazy("Who decides next"), max_length=200)
    document = DocumentField(label=gettext_lazy("The notice of appeal"), required=False)

    def perform(self) -> str | Promise:
        asked, upload = self.cleaned_data, self.cleaned_data["document"]
        with transaction.atomic():  # without the appeal its document does not stay either
            instances.record_appeal(
                challenge_id=self.subject.pk,
                party=Party(asked["party"]),
                appealed_date=asked["appealed_date"],
                forum_name=asked["forum_name"],
                document=add_document(upload=upload, role="filing", **self.who) if upload else None,
                **self.by_whom,
            )
        return _("The appeal is recorded: the next instance has begun.")


class ResolveChallenge(ActForm):
    result = forms.ChoiceField(
        label=gettext_lazy("How it ended"),
        choices=[(one, one.label) for one in RESULTS_OF_REQUEST],
        widget=forms.RadioSelect,
    )
    scope = forms.MultipleChoiceField(
        label=gettext_lazy("Where it was narrowed: what the court left of what was asked"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing beyond it can be authorised afterwards."),
    )
    items = forms.MultipleChoiceField(
        label=gettext_lazy("Items that the court left (18 USC 2703(c)(2))"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: it told no items apart. They are cut for every target."),
    )
    order_lifted = forms.BooleanField(
        label=gettext_lazy("The order not to tell that was challenged with it was lifted"), required=False
    )

    def prepare(self) -> None:
        self.offer("scope", [(one, Category(one).label) for one in self.case.asked])
        if not self.case.asked:
            del self.fields["scope"]
        self._offer_items()
        self.fields["targets"] = target_field(self.case)
        if self.subject.subject != ChallengeSubject.BOTH:
            del self.fields["order_lifted"]

    def _offer_items(self) -> None:
        code, named = self.case.instrument_code, self.case.asked_fields
        letters = sorted(letter for one in self.case.asked for letter in fields_asked(code, one, named))
        if letters:
            self.offer("items", item_words(letters))
        else:
            del self.fields["items"]

    def clean(self) -> dict[str, Any]:
        narrowed = self.cleaned_data.get("result") == ChallengeResult.NARROWED
        if narrowed and "scope" in self.fields and not self.cleaned_data.get("scope"):
            self.add_error("scope", gettext_lazy("Choose what the court left of what was asked."))
        return self.cleaned_data

    def perform(self) -> str | Promise:
        scope = self.cleaned_data.get("scope")
        actions.resolve(
            challenge_id=self.subject.pk,
            result=ChallengeResult(self.cleaned_data["result"]),
            scope=[Category(one) for one in scope] if scope else None,
            target_ids=self.cleaned_data["targets"],
            fields=self.cleaned_data.get("items") or None,
            order_lifted=bool(self.cleaned_data.get("order_lifted")),
            **self.by_whom,
        )
        return _("The challenge has ended.")


class ResolveOrderChallenge(ActForm):
    result = forms.ChoiceField(label=gettext_lazy("How it ended"), widget=forms.RadioSelect)

    def prepare(self) -> None:
        self.offer("result", self.subject.results)

    def perform(self) -> str | Promise:
        actions.resolve_order_challenge(
            challenge_id=self.subject.pk, result=ChallengeResult(self.cleaned_data["result"]), **self.by_whom
        )
        return _("The challenge to the order has ended.")
