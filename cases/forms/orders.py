"""Orders not to tell, and what arrived and may be one."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.actions import nondisclosure as actions
from cases.actions.documents import add_document
from cases.actions.nondisclosure import NewOrder
from cases.forms.acts import ActForm, day_field, text_field
from cases.forms.targets import target_field
from cases.queries.marks import marked
from cases.rules.nondisclosure import BASES
from vault.forms import DocumentField
from vault.models import Document
from vault.uploads import EncryptedUpload

ENDS = [
    ("day", gettext_lazy("On a last day")),
    ("never", gettext_lazy("Without end: until a court lifts it")),
    ("unknown", gettext_lazy("Not known: it counts as in force")),
]


class RecordOrder(ActForm):
    """An order as its paper says it."""

    basis = forms.ChoiceField(label=gettext_lazy("What forbids telling"))
    provision = forms.CharField(label=gettext_lazy("Provision"), max_length=200)
    court = forms.CharField(label=gettext_lazy("Court"), max_length=200, required=False)
    zone = forms.CharField(label=gettext_lazy("Time zone of the court"), max_length=64)
    first_day = day_field(gettext_lazy("First day"))
    ends = forms.ChoiceField(label=gettext_lazy("It ends"), choices=ENDS, widget=forms.RadioSelect)
    last_day = day_field(gettext_lazy("Last day on which it binds"), required=False)
    document = DocumentField(label=gettext_lazy("The order itself"), required=False)

    def suggested(self) -> dict[str, Any]:
        zone = settings.WRITDESK.receiving_zone
        return {"zone": str(zone), "first_day": self.now.astimezone(zone).date()}

    def prepare(self) -> None:
        binding = [one for one in BASES.values() if one.kind != "policy"]
        self.offer("basis", [(one.code, marked(_(one.title), is_verified=one.verified)) for one in binding])
        self.fields["targets"] = target_field(self.case)

    def clean_zone(self) -> str:
        zone: str = self.cleaned_data["zone"]
        if zone not in available_timezones():
            raise ValidationError(gettext_lazy("Write a time zone such as America/New_York."))
        return zone

    def clean(self) -> dict[str, Any]:
        last_day, first_day = self.cleaned_data.get("last_day"), self.cleaned_data.get("first_day")
        if self.cleaned_data.get("ends") == "day" and not last_day and "last_day" not in self.errors:
            self.add_error("last_day", gettext_lazy("Enter the last day on which the order binds."))
        if last_day and first_day and last_day < first_day:
            self.add_error("last_day", gettext_lazy("Enter a last day that is not before the first."))
        return self.cleaned_data

    def perform(self) -> str | Promise:
        asked = self.cleaned_data
        with transaction.atomic():  # without the order its document does not stay either
            new = NewOrder(
                **{name: asked[name] for name in ("basis", "provision", "court", "zone", "first_day")},
                last_day=asked["last_day"] if asked["ends"] == "day" else None,
                is_indefinite=asked["ends"] == "never",
                document=self._document(asked["document"]),
                target_ids=tuple(asked["targets"]),
            )
            told = actions.record_order(new=new, **self.who).told_before
        if not told:
            return _("The order is recorded. From now on nothing that it covers leaves.")
        return ngettext(
            "The order is recorded. %(total)d customer had been told before, or may have been: see the order.",
            "The order is recorded. %(total)d customers had been told before, or may have been: see the order.",
            len(told),
        ) % {"total": len(told)}

    def _document(self, upload: EncryptedUpload | None) -> Document | None:
        return add_document(upload=upload, role="order", **self.who) if upload else None


class SilenceAsked(ActForm):
    """A sentence in the paper that asks for silence and orders nothing."""

    asked = forms.TypedChoiceField(
        label=gettext_lazy("The paper"),
        choices=[
            ("yes", gettext_lazy("asks us not to tell, and brings no order of a court")),
            ("no", gettext_lazy("does not ask for silence")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    def perform(self) -> str | Promise:
        asked = self.cleaned_data["asked"]
        actions.note_silence_asked(asked=asked, **self.who)
        return _("Recorded. It forbids nothing: the customer is told as usual.") if asked else _("Recorded.")


class ExtendOrder(ActForm):
    new_last_day = day_field(gettext_lazy("New last day"))
    decided_on = day_field(gettext_lazy("Decided on"))
    document = DocumentField(label=gettext_lazy("The decision itself"), required=False)

    def perform(self) -> str | Promise:
        days = {name: self.cleaned_data[name] for name in ("new_last_day", "decided_on")}
        upload = self.cleaned_data["document"]
        too_late = None
        with transaction.atomic():  # a decision that is not recorded leaves no document; one recorded as too late does
            document = add_document(upload=upload, role="order", **self.who) if upload else None
            try:
                actions.extend_order(order_id=self.subject.pk, document=document, **days, **self.by_whom)
            except actions.ExtensionTooLate as refusal:
                too_late = refusal
        if too_late:
            raise too_late
        return _("The order is extended.")


class LiftOrder(ActForm):
    reason = text_field(gettext_lazy("Who lifted it, or why it never bound"))

    def perform(self) -> str | Promise:
        actions.lift_order(order_id=self.subject.pk, reason=self.cleaned_data["reason"], **self.by_whom)
        return _("The order is lifted. The customers are told unless something else forbids it.")


class LookAtHold(ActForm):
    """A person says that they looked."""

    looked = forms.BooleanField(
        label=gettext_lazy("I read what arrived, and recorded the order if it is one"),
    )

    def perform(self) -> str | Promise:
        actions.look_at_hold(hold_id=self.subject.pk, **self.by_whom)
        return _("Recorded as looked at. Notices may go on.")
