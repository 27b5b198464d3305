"""Opening a case for a person: who may know of it gets it, and both the look and the refusal are written down."""

from django.http import Http404
from django.utils import timezone

from accounts.models import User
from cases.actions.access import note_look, note_refusal
from cases.models import Case
from cases.queries.cases import seen


def opened(user: User, reference: str, what: str) -> Case:
    """Return the case; raises Http404 where there is none of which this person may know. `what`: a word of ours."""
    now = timezone.now()
    try:
        case = seen(user, reference)
    except Http404:
        note_refusal(reference, what, by=user, now=now)
        raise
    note_look(case, what, by=user, now=now)
    return case
