"""The conflict-of-law check."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from cases.forms import conflict
from cases.states import CaseState as S
from cases.views.acts.act import COUNSEL, Act

MOVES: Mapping[str, Act] = {
    "clear-conflict": Act(
        _("Clear the conflict check"),
        conflict.ClearConflict,
        COUNSEL,
        "check",
        states=(S.CONFLICT_CHECK,),
        transition="clear_conflict",
        kind="primary",
        asks=False,
    ),
}

WORK: Mapping[str, Act] = {
    "assess": Act(_("Assess a conflict of law"), conflict.Assess, COUNSEL, "scales", states=(S.CONFLICT_CHECK,)),
    "go-on": Act(
        _("Propose to go on in spite of a conflict"),
        conflict.GoOn,
        COUNSEL,
        "scales",
        states=(S.CONFLICT_CHECK,),
        applies=lambda case: bool(case.tally.get("conflicts")),
    ),
}
