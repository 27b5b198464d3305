"""Opening a case for a person: who may know of it gets it, and both the look and the refusal are written down."""

from collections.abc import Callable
from functools import wraps
from operator import itemgetter
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from accounts.models import User
from cases.actions.access import note_look, note_refusal
from cases.models import Case
from cases.queries.cases import seen

View = Callable[..., HttpResponseBase]


def on_record(
    what: Callable[[dict[str, Any]], str], *, of: Callable[[dict[str, Any]], str] = itemgetter("reference")
) -> Callable[[View], View]:
    """Write down whom the view refuses for their role. `what` names in a word of ours what its address asks for.

    `of` gives the reference of the case, where the address does not name it.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def noting(request: HttpRequest, *args: Any, **asked: Any) -> HttpResponseBase:
            try:
                return view(request, *args, **asked)
            except PermissionDenied:
                if isinstance(request.user, User):
                    note_refusal(of(asked), what(asked), by=request.user, now=timezone.now())
                raise

        return noting

    return decorate


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
