"""How what was released reaches the agency."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms import costs, deliveries
from cases.models import Case, Delivery
from cases.queries.deliveries import is_forged
from cases.views.acts.act import BOTH, Act


def _productions(case: Case) -> QuerySet[Any]:
    """Return what may be handed over: of a forged request nothing, for good."""
    return case.productions.none() if is_forged(case) else case.productions.all()


def _deliveries(case: Case) -> QuerySet[Any]:
    return Delivery.objects.filter(production__case=case)


WORK: Mapping[str, Act] = {
    "draft-invoice": Act(
        _("Draft an invoice for costs"),
        costs.DraftInvoice,
        BOTH,
        "doc",
        applies=lambda case: bool(case.outcome) and not case.instrument.emergency,
        about=_("18 USC 2706 and the operator's rates. Nothing is asked for an emergency."),
    ),
}

ON_ROWS: Mapping[str, Act] = {
    "deliver-by-link": Act(
        _("Make a link"),
        deliveries.DeliverByLink,
        BOTH,
        "arrow",
        rows=_productions,
        about=_("The address goes one way, the code another. Five wrong codes close the link."),
    ),
    "deliver-by-hand": Act(_("Record how it was handed over"), deliveries.DeliverByHand, BOTH, rows=_productions),
    "revoke-delivery": Act(_("Take the link back"), deliveries.RevokeDelivery, BOTH, kind="danger", rows=_deliveries),
    "record-receipt": Act(_("Record the receipt"), deliveries.RecordReceipt, BOTH, rows=_deliveries),
}
