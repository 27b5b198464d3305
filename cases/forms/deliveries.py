"""How a production reaches the agency, for staff; and the code, for the agency."""

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import deliveries
from cases.delivery_codes import spoken
from cases.forms.acts import ActForm, text_field
from cases.rules.delivery import FEWEST_DAYS, MOST_DAYS, USUAL_DAYS

WHY_REVOKED = [
    ("agency_withdrew", gettext_lazy("The agency took its request back")),
    ("order", gettext_lazy("A court or authority ordered it")),
    ("wrong_recipient", gettext_lazy("It went to the wrong person")),
    ("fraud", gettext_lazy("The request may be a fraud")),
]


class DeliverByLink(ActForm):
    """To whom, and for how long."""

    recipient = forms.CharField(label=gettext_lazy("Who gets the link"), max_length=200)
    days = forms.IntegerField(
        label=gettext_lazy("Days for which it stays open"),
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        help_text=gettext_lazy("From 10 to 45 days: Implementing Reg. (EU) 2025/1550 Annex."),
    )

    def suggested(self) -> dict[str, Any]:
        return {"recipient": str(self.case.officer or self.case.agency.name), "days": USUAL_DAYS}

    def perform(self) -> str | Promise:
        asked = {name: self.cleaned_data[name] for name in ("recipient", "days")}
        handed = deliveries.deliver_by_link(production_id=self.subject.pk, **asked, **self.by_whom)
        address = settings.WRITDESK.public_url + reverse("cases:delivery", args=[handed.token])
        self.shown_once = [(_("Address"), address), (_("Code"), spoken(handed.code))]
        return _("The link is made. Send the address one way, and say the code on another: both are shown only now.")


class DeliverByHand(ActForm):
    recipient = forms.CharField(label=gettext_lazy("Who got it"), max_length=200)
    how = forms.CharField(
        label=gettext_lazy("By what means"),
        max_length=200,
        help_text=gettext_lazy("The authority's own portal, the e-Evidence system, an encrypted disk by courier."),
    )

    def suggested(self) -> dict[str, Any]:
        return {"recipient": str(self.case.officer or self.case.agency.name)}

    def perform(self) -> str | Promise:
        asked = {name: self.cleaned_data[name] for name in ("recipient", "how")}
        deliveries.record_out_of_band(production_id=self.subject.pk, **asked, **self.by_whom)
        return _("How it was handed over is on record.")


class RevokeDelivery(ActForm):
    because = forms.ChoiceField(label=gettext_lazy("Why it is taken back"), choices=WHY_REVOKED)

    def perform(self) -> str | Promise:
        deliveries.revoke(delivery_id=self.subject.pk, because=self.cleaned_data["because"], **self.by_whom)
        return _("The link is closed: nothing more is fetched by it.")


class RecordReceipt(ActForm):
    receipt = text_field(gettext_lazy("How and by whom it was confirmed"))

    def perform(self) -> str | Promise:
        deliveries.record_receipt(delivery_id=self.subject.pk, receipt=self.cleaned_data["receipt"], **self.by_whom)
        return _("The receipt is on record.")
