"""Data kept so that it can be produced later."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms import preservations
from cases.models import Case
from cases.views.acts.act import BOTH, COUNSEL, Act


def _preservations(case: Case) -> QuerySet[Any]:
    return case.preservations.all()


WORK: Mapping[str, Act] = {
    "preserve": Act(_("Record a preservation"), preservations.Preserve, BOTH, "clip"),
}

ON_ROWS: Mapping[str, Act] = {
    "confirm-hold": Act(_("Confirm the preservation"), preservations.ConfirmHold, BOTH, rows=_preservations),
    "extend-hold": Act(_("Extend the preservation"), preservations.ExtendHold, BOTH, rows=_preservations),
    "confirm-request": Act(
        _("Record that a production request was issued (Annex V)"),
        preservations.ConfirmRequest,
        BOTH,
        rows=_preservations,
    ),
    "decide-further-request": Act(
        _("Decide the further request"), preservations.DecideFurtherRequest, COUNSEL, rows=_preservations
    ),
    "release-hold": Act(
        _("End the preservation"),
        preservations.ReleaseHold,
        BOTH,
        kind="danger",
        about=_("Nothing is deleted by this. Where another hold stands on the same data, they stay."),
        rows=_preservations,
    ),
}
