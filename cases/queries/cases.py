"""One case, for who may know of it."""

from django.http import Http404

from accounts.models import User
from cases.models import Case


def seen(user: User, reference: str) -> Case:
    """Return the case; raises Http404 where there is none of which this person may know: the two look alike."""
    found = Case.objects.visible_to(user).select_related("agency", "officer", "assignee", "compartment", "keys")
    case: Case | None = found.filter(reference=reference).first()
    if case is None:
        raise Http404
    return case
