"""Events that start or stop a clock, and what is done to one of them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms import clocks, endings
from cases.models import Case
from cases.states import OPEN, CaseState
from cases.views.acts.act import BOTH, COUNSEL, Act


def _clocks(case: Case) -> QuerySet[Any]:
    return case.clocks.all()


WORK: Mapping[str, Act] = {
    "record-event": Act(
        _("Record an event that starts a clock"),
        endings.RecordEvent,
        BOTH,
        "clock",
        applies=lambda case: bool(case.instrument.other_clocks),
    ),
    "authority-answer": Act(
        _("Record the enforcing authority's answer"),
        endings.AuthorityAnswer,
        COUNSEL,
        "gavel",
        applies=lambda case: case.authority_notified,
    ),
    "authority-notified": Act(
        _("Record that an enforcing authority was notified"),
        clocks.AuthorityNotified,
        BOTH,
        "gavel",
        states=tuple(state for state in OPEN if state != CaseState.AWAITING_AGENCY),
        about=_("From then on nothing may be produced before the end of the time to answer, unless it confirms."),
        applies=lambda case: case.instrument.not_before and not case.authority_notified,
    ),
    "change-return-date": Act(
        _("Change the return date"),
        clocks.ChangeReturnDate,
        BOTH,
        "clock",
        states=OPEN,
        about=_("Its clock begins anew. No objection window is cut by it."),
    ),
}

ON_ROWS: Mapping[str, Act] = {
    "suspend-clock": Act(_("Suspend"), clocks.SuspendClock, COUNSEL, rows=_clocks),
    "resume-clock": Act(_("Let it run on"), clocks.ResumeClock, COUNSEL, rows=_clocks),
    "extend-clock": Act(_("Extend"), clocks.ExtendClock, COUNSEL, rows=_clocks),
    "confirm-in-time": Act(
        _("Record that the order came in time"),
        clocks.ConfirmInTime,
        COUNSEL,
        rows=_clocks,
        about=_("The limit that an emergency set falls away."),
    ),
}
