"""How a production reaches the agency, for staff; and the code, for the agency."""

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import deliveries
from cases.actions.deliveries import Encryption
from cases.delivery_codes import spoken
from cases.forms.acts import ActForm, text_field
from cases.rules.delivery import ENCRYPTION_SOURCE, FEWEST_DAYS, INSIDE, MEANS, MOST_DAYS, USUAL_DAYS

WHY_REVOKED = [
    ("agency_withdrew", gettext_lazy("The agency took its request back")),
    ("order", gettext_lazy("A court or authority ordered it")),
    ("wrong_recipient", gettext_lazy("It went to the wrong person")),
    ("fraud", gettext_lazy("The request may be a fraud")),
]


ENCRYPTED = [
    ("yes", gettext_lazy("Yes, to its X.509 certificate")),
    ("no", gettext_lazy("No, for the reason below")),
]


class DeliveryForm(ActForm):
    """To whom a part goes and, of evidence that leaves outside the decentralised IT system, whether it is encrypted."""

    recipient = forms.CharField(label=gettext_lazy("Who gets it"), max_length=200)
    encrypted = forms.ChoiceField(
        label=gettext_lazy("Encrypted to the authority's certificate"),
        choices=ENCRYPTED,
        widget=forms.RadioSelect,
        required=False,
        help_text=f"{ENCRYPTION_SOURCE}.",
    )
    unencrypted_reason = text_field(
        gettext_lazy("Why it is not encrypted"),
        required=False,
        help_text=gettext_lazy("Such as: the authority supplied no certificate."),
    )
    field_order = ("recipient", "means", "how", "days", "encrypted", "unencrypted_reason")

    def suggested(self) -> dict[str, Any]:
        return {"recipient": str(self.case.officer or self.case.agency.name)}

    def prepare(self) -> None:
        if not deliveries.asks_encryption_of(self.subject, self.case):
            del self.fields["encrypted"], self.fields["unencrypted_reason"]

    @property
    def encryption(self) -> Encryption:
        """What the person said of the encryption."""
        done = {"yes": True, "no": False}.get(self.cleaned_data.get("encrypted", ""))
        return Encryption(done, self.cleaned_data.get("unencrypted_reason", ""))


class DeliverByLink(DeliveryForm):
    """To whom, and for how long."""

    days = forms.IntegerField(
        label=gettext_lazy("Days for which it stays open"),
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        help_text=gettext_lazy("From 10 to 45 days: Implementing Reg. (EU) 2025/1550 Annex."),
    )

    def suggested(self) -> dict[str, Any]:
        return {**super().suggested(), "days": USUAL_DAYS}

    def perform(self) -> str | Promise:
        asked = {name: self.cleaned_data[name] for name in ("recipient", "days")}
        handed = deliveries.deliver_by_link(
            production_id=self.subject.pk, encryption=self.encryption, **asked, **self.by_whom
        )
        address = settings.WRITDESK.public_url + reverse("cases:delivery", args=[handed.token])
        self.shown_once = [(_("Address"), address), (_("Code"), spoken(handed.code))]
        return _("The link is made. Send the address one way, and say the code on another: both are shown only now.")


class DeliverByHand(DeliveryForm):
    """To whom, and by what means."""

    means = forms.ChoiceField(label=gettext_lazy("By what means"))
    how = forms.CharField(
        label=gettext_lazy("More on the means"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The courier and its receipt number, the name of the portal."),
    )

    def prepare(self) -> None:
        super().prepare()
        inside = self.case.instrument.is_eevidence
        offered = [(code, gettext_lazy(title)) for code, title in MEANS.items() if inside or code != INSIDE]
        self.offer("means", [("", gettext_lazy("Choose")), *offered])
        if "encrypted" in self.fields:
            self.fields["encrypted"].help_text = _("Not asked of what goes inside the system. %(source)s.") % {
                "source": ENCRYPTION_SOURCE
            }

    def perform(self) -> str | Promise:
        asked = {name: self.cleaned_data[name] for name in ("recipient", "means", "how")}
        deliveries.record_out_of_band(
            production_id=self.subject.pk, encryption=self.encryption, **asked, **self.by_whom
        )
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
