"""The emergency's call back and paper; signs of fraud; a fraud that is proven."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms import fraud
from cases.models import Case
from cases.rules.clocks import BREACH, FOLLOW_UP_PAPER
from cases.rules.fraud_signals import FORGED
from cases.views.acts.act import BOTH, COUNSEL, Act


def _clocks(rule: str) -> Any:
    def rows(case: Case) -> QuerySet[Any]:
        return case.clocks.filter(rule=rule)

    return rows


WORK: Mapping[str, Act] = {
    "call-back": Act(
        _("Record a call back"),
        fraud.RecordCallBack,
        BOTH,
        "phone",
        applies=lambda case: case.is_emergency or case.instrument.emergency,
        about=_(
            "Authenticated mail proves nothing: a mailbox can be stolen. Only a call to a number of independent "
            "source, after the request came, with a second person, counts for its release."
        ),
    ),
    "prove-forgery": Act(
        _("Prove it a forgery"),
        fraud.ProveForgery,
        COUNSEL,
        "fraud",
        kind="danger",
        about=_(
            "Customers are told of the fraud, the sender's other requests are flagged and no longer verified, links "
            "are closed. Orders not to tell fall only when another counsel agrees."
        ),
    ),
}

ON_ROWS: Mapping[str, Act] = {
    "clear-signal": Act(_("Look at it"), fraud.ClearSignal, BOTH, rows=lambda case: case.fraud_signals.all()),
    "record-paper": Act(_("Record the follow-up paper"), fraud.RecordPaper, BOTH, rows=_clocks(FOLLOW_UP_PAPER)),
    "breach-dealt-with": Act(
        _("Record the notification of the breach"), fraud.BreachDealtWith, COUNSEL, rows=_clocks(BREACH)
    ),
    "void-orders": Act(
        _("Propose to void its orders not to tell"),
        fraud.ProposeVoiding,
        COUNSEL,
        kind="danger",
        rows=lambda case: case.fraud_signals.filter(code=FORGED),
    ),
}
