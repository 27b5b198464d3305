"""How a case ends, and begins again."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from cases.forms import endings
from cases.states import ENDED, OPEN
from cases.states import CaseState as S
from cases.views.acts.act import ANALYST, BOTH, COUNSEL, Act

MOVES: Mapping[str, Act] = {
    "withdraw": Act(
        _("Record a withdrawal"),
        endings.Withdraw,
        BOTH,
        "minus",
        states=OPEN,
        transition="withdraw",
        about=_("Only where the agency took its request back through its verified channel."),
    ),
    "reject": Act(
        _("Reject the request"),
        endings.Reject,
        COUNSEL,
        "x",
        states=OPEN,
        transition="reject",
        kind="danger",
        key="r",
        about=_("The case ends and the agency gets a letter. Customers who are owed a notice are told."),
    ),
    "close": Act(
        _("Close the case"),
        endings.Close,
        ANALYST,
        "check",
        states=(S.ANSWERED, S.REJECTED, S.WITHDRAWN),
        transition="close",
        kind="primary",
        asks=False,
    ),
    "reopen": Act(
        _("Propose to reopen"),
        endings.Reopen,
        COUNSEL,
        states=ENDED,
        transition="reopen",
        about=_("Another counsel approves. Legal review starts again; published figures stay as they are."),
    ),
}
