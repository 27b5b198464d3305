"""Whether a notice may leave at this moment: asked when planning, again when claiming, again before the first byte."""

from datetime import datetime

from cases.dossier import ABOUT_TARGETS
from cases.models import Case, NoticeDuty
from cases.silence import why_silent
from cases.states import CaseState, DutyState
from notifications.states import Because
from notifications.ways import ways_to

# What was asked is not settled in these: a notice would speak of a request that may still change.
IN_REVIEW = (CaseState.RECEIVED, CaseState.LEGAL_REVIEW, CaseState.CONFLICT_CHECK)


def why_not(case: Case, duty: NoticeDuty, now: datetime) -> Because | None:
    """Return why the duty may not be fulfilled by mail now, or None when it may.

    Silence is asked last and from the database, so that nothing older than this call decides (invariant 2). Data are
    preserved first, then the customer is told.
    """
    if duty.state != DutyState.PENDING:
        return Because.NOT_PENDING
    if duty.due_at is None or now < duty.due_at:
        return Because.NOT_DUE
    if duty.customer is None or not ways_to(duty.customer):
        return Because.NO_CONTACT
    if duty.kind in ABOUT_TARGETS:
        if case.state in IN_REVIEW:
            return Because.IN_REVIEW
        if case.is_open and case.instrument.interim_preservation and not is_preserved(case):
            return Because.NOT_PRESERVED
    return Because.SILENT if why_silent(case, duty, now) else None


def is_preserved(case: Case) -> bool:
    """Whether the data of a case are known to be kept."""
    return case.preservations.filter(confirmed_at__isnull=False, released_at=None).exists()
