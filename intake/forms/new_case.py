"""The form in which an analyst enters what came by mail, post or another way."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.states import Channel
from intake.forms.agencies import domain_registered_field
from intake.forms.submission import SubmissionForm

TYPED = (Channel.EMAIL, Channel.POST, Channel.PORTAL)  # the others are machines


class ReceivingMoment(forms.DateTimeField):
    """A moment written as the clock on the receiving office's wall shows it, whatever the reader's own zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(settings.WRITDESK.receiving_zone):
            return super().prepare_value(value)

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(settings.WRITDESK.receiving_zone):
            return super().to_python(value)


class NewCaseForm(SubmissionForm):
    """A request as it came on paper or by mail."""

    field_order = ["channel", "received_at"]

    channel = forms.ChoiceField(
        label=gettext_lazy("How did it come?"), choices=[(channel.value, channel.label) for channel in TYPED]
    )
    received_at = ReceivingMoment(label=gettext_lazy("When was it received?"))
    domain_registered = domain_registered_field()

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"received_at": now, "channel": Channel.EMAIL})
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["received_at"].help_text = _("On the clock of the receiving office (%(zone)s).") % {
            "zone": settings.WRITDESK.receiving_zone
        }
        words = {
            "officer_name": _("Name of the officer"),
            "officer_email": _("E-mail address it came from, or stands in it"),
            "officer_phone": _("Phone number in it"),
            "agency_reference": _("The agency’s own reference"),
            "categories": _("Data asked for"),
            "emergency": _("The sender says that someone is in danger"),
            "message": _("Text of the message, or a note"),
        }
        for name, label in words.items():
            self.fields[name].label = label
            self.fields[name].help_text = ""
        self.fields["emergency"].help_text = _("This sets no emergency: you do that on the case, after looking.")
        for name in ("documents", "targets", "officer_name", "officer_email"):
            self.fields[name].required = False

    def clean_received_at(self) -> datetime:
        """Refuse a moment that has not come."""
        received_at: datetime = self.cleaned_data["received_at"]
        if received_at > self.now:
            raise ValidationError(_("Enter a moment that is not in the future."))
        return received_at

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("domain_registered") and not cleaned.get("officer_email") and "officer_email" not in self.errors:
            self.add_error("officer_email", _("Enter the address, whose domain was registered on that day."))
        if not (cleaned.get("documents") or cleaned.get("message")) and "documents" not in self.errors:
            self.add_error("documents", _("Add the document, or write below what was said."))
        return cleaned
