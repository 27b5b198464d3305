"""Service taken as the receipt, where a clock runs from service and nobody recorded another day."""

from datetime import datetime

from cases.actions.clocks import start_clock
from cases.findings import groups
from cases.models import Case
from cases.rules.finding import MOTION_CLOCK
from cases.states import CaseState


def presume_service(case: Case, *, now: datetime) -> None:
    """Let the days of a motion run from the receipt where the facts open it; recording the service counts them anew.

    In the caller's transaction, once it is known what is asked of whom. Law: 18 USC 2703(h)(2)(A).
    """
    if not case.is_open or case.state in (CaseState.RECEIVED, CaseState.LEGAL_REVIEW):
        return
    if MOTION_CLOCK not in case.instrument.other_clocks or case.clocks.filter(rule=MOTION_CLOCK).exists():
        return
    filings = (filing for group in groups(case, now) for filing in group.finding.filings)
    if any(filing.available and filing.clock == MOTION_CLOCK for filing in filings):
        start_clock(case, MOTION_CLOCK, event_at=case.received_at, now=now, by=None)
