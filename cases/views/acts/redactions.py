"""What a customer may read of a document."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms import redactions
from cases.models import Case
from cases.views.acts.act import BOTH, Act


def _redactions(case: Case) -> QuerySet[Any]:
    return case.redactions.all()


ON_ROWS: Mapping[str, Act] = {
    "withdraw-redaction": Act(
        _("Withdraw"),
        redactions.WithdrawRedaction,
        BOTH,
        "x",
        kind="danger",
        about=_("Who has read it already has read it. To show it again it must be drawn and approved anew."),
        rows=_redactions,
    ),
}
