"""The conflict-of-law check."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from cases.forms import conflict, filings
from cases.rules.finding import MOTION_CLOCK, OBJECTION_CLOCK
from cases.states import ASSESSABLE, CHALLENGEABLE
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
    "assess": Act(_("Assess a conflict of law"), conflict.Assess, COUNSEL, "scales", states=ASSESSABLE),
    "go-on": Act(
        _("Propose to go on in spite of a conflict"),
        conflict.GoOn,
        COUNSEL,
        "scales",
        states=ASSESSABLE,
        applies=lambda case: bool(case.tally.get("conflicts")),
    ),
    "comity-factors": Act(
        _("Write the comity factors"),
        filings.WriteFactors,
        COUNSEL,
        "scales",
        states=CHALLENGEABLE,
        applies=lambda case: MOTION_CLOCK in case.instrument.other_clocks,
        about=_("For a motion under 18 USC 2703(h): it is filed when all eight speak."),
    ),
    "object-art17": Act(
        _("Draft a reasoned objection (Art. 17)"),
        filings.ObjectArt17,
        COUNSEL,
        "gavel",
        states=CHALLENGEABLE,
        applies=lambda case: OBJECTION_CLOCK in case.instrument.clocks,
        about=_("Section E of Annex III. It may not rest on the data being stored abroad alone."),
    ),
    "tell-government": Act(
        _("Tell the foreign government of the process"),
        filings.TellGovernment,
        COUNSEL,
        "notice",
        states=CHALLENGEABLE,
        applies=lambda case: MOTION_CLOCK in case.instrument.other_clocks,
        about=_("The fact of process about its national or resident: 18 USC 2703(h)(5). Send it, then record how."),
    ),
}

ON_ROWS: Mapping[str, Act] = {
    "government-told": Act(
        _("Record how the government was told"),
        filings.GovernmentTold,
        COUNSEL,
        rows=lambda case: case.government_notices.all(),
    ),
}
