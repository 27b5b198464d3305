"""The clocks of a case, each with its rule, how it was counted, and another way to count."""

from django.utils.translation import gettext as _

from cases.queries.case_page import CasePage
from cases.states import ClockState
from cases.views.panels.entries import Entry, Mark
from cases.views.words import clock_words

STANDING = (ClockState.RUNNING, ClockState.PAUSED)


def clocks(page: CasePage) -> list[Entry]:
    """Return the clocks, running ones first."""
    ordered = sorted(page.dossier.clocks, key=lambda clock: clock.state not in STANDING)
    return [
        Entry(
            title=clock_words(clock.rule),
            mark=_mark(clock.state),
            due_at=clock.due_at if clock.state == ClockState.RUNNING else None,
            since_at=clock.event_at,
            lines=[line for line in (clock.explanation, clock.alternative) if line and clock.state in STANDING],
            rule=(clock.source, "") if clock.source else None,
        )
        for clock in ordered
        if clock.state != ClockState.VOID
    ]


def _mark(state: str) -> Mark | None:
    return {
        ClockState.PAUSED: ("warn", _("Stands still"), "clock"),
        ClockState.MET: ("good", _("Met"), "check"),
        ClockState.OVER: ("", _("Over"), "minus"),
    }.get(ClockState(state))
