"""Orders not to tell, and what arrived and may be one."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms import challenges, controllers, order_reviews, orders
from cases.models import Case
from cases.views.acts.act import ANALYST, BOTH, COUNSEL, Act


def _orders(case: Case) -> QuerySet[Any]:
    return case.orders.all()


WORK: Mapping[str, Act] = {
    "record-order": Act(
        _("Record an order not to tell"),
        orders.RecordOrder,
        BOTH,
        "lock",
        about=_("From this moment nothing that it covers leaves. A message on its way is waited for."),
    ),
    "silence-asked": Act(
        _("Note a sentence that asks us not to tell"),
        orders.SilenceAsked,
        ANALYST,
        "lock",
        about=_("It is no order. The case page says why it forbids nothing, and what would."),
    ),
    "controller-notice": Act(
        _("Record what Section G(d) says of the controller"),
        controllers.SetControllerNotice,
        BOTH,
        "user",
        about=_("Only customers who are controllers of the data are informed. The authority tells the person itself."),
        applies=lambda case: case.instrument.controller_notice,
    ),
}

ON_ROWS: Mapping[str, Act] = {
    "extend-order": Act(_("Record an extension"), orders.ExtendOrder, BOTH, rows=_orders),
    "lift-order": Act(_("Record a lifting"), orders.LiftOrder, COUNSEL, kind="danger", rows=_orders),
    "challenge-order": Act(_("Challenge the order"), challenges.ChallengeOrder, COUNSEL, rows=_orders),
    "ask-review": Act(
        _("Ask for judicial review (18 USC 3511)"), order_reviews.AskForReview, COUNSEL, "gavel", rows=_orders
    ),
    "government-applied": Act(
        _("Record that the Government applied"), order_reviews.GovernmentApplied, COUNSEL, "gavel", rows=_orders
    ),
    "review-order": Act(_("Record that it was looked at again"), order_reviews.ReviewOrder, COUNSEL, rows=_orders),
    "brief": Act(
        _("Record who else was told of it"),
        order_reviews.Brief,
        BOTH,
        about=_("Only who must help to comply, an attorney, or whom the authority permits. They are bound too."),
        rows=_orders,
    ),
    "look-at-hold": Act(
        _("Look at what arrived"), orders.LookAtHold, BOTH, rows=lambda case: case.incoming_holds.all()
    ),
}
