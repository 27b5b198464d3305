"""Orders not to tell, and what arrived and may be one."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms import challenges, controllers, orders
from cases.models import Case
from cases.views.acts.act import BOTH, COUNSEL, Act


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
    "controller-notice": Act(
        _("Record what Section G(d) says of the controller"),
        controllers.SetControllerNotice,
        BOTH,
        "user",
        about=_(
            "Only customers who are controllers of the data are informed. The authority tells the person itself."
        ),
        applies=lambda case: case.instrument.controller_notice,
    ),
}

ON_ROWS: Mapping[str, Act] = {
    "extend-order": Act(_("Record an extension"), orders.ExtendOrder, BOTH, rows=_orders),
    "lift-order": Act(_("Record a lifting"), orders.LiftOrder, COUNSEL, kind="danger", rows=_orders),
    "challenge-order": Act(_("Challenge the order"), challenges.ChallengeOrder, COUNSEL, rows=_orders),
    "look-at-hold": Act(
        _("Look at what arrived"), orders.LookAtHold, BOTH, rows=lambda case: case.incoming_holds.all()
    ),
}
