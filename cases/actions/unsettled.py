"""Which notices a case still waits for before it moves on."""

from django.db.models import QuerySet

from cases.dossier import ABOUT_TARGETS
from cases.models import Case, NoticeDuty
from cases.states import DutyState


def unsettled(case: Case) -> QuerySet[NoticeDuty]:
    """Return the duties that a person or the planner must see to before the case moves on.

    One that waits for the effect is settled as far as it can be: it falls due with it.
    """
    found: QuerySet[NoticeDuty] = case.duties.filter(
        kind__in=ABOUT_TARGETS, state__in=[DutyState.PENDING, DutyState.FAILED]
    )
    return found.exclude(state=DutyState.PENDING, due_at=None) if case.instrument.tells_at_effect else found
