"""The private calendar: opens to who has its address, and looks like an unknown page to everyone else."""

import time

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from accounts import guesses
from accounts.guesses import SECONDS_TO_SAY_NO
from notifications.actions.sightings import name_clocks
from notifications.alerts import feed as calendars

DOOR = "feed"


@require_safe
@sensitive_variables("token")
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Serve the deadlines. A token that was guessed or closed gets the page of an unknown address, after as long."""
    began, now = time.monotonic(), timezone.now()
    if guesses.too_many(request, DOOR):
        return render(request, "429.html", status=429)
    owner = calendars.owner(token)
    if owner is None:
        guesses.count(request, DOOR)
        time.sleep(max(0.0, began + SECONDS_TO_SAY_NO - time.monotonic()))
        raise Http404
    clocks = name_clocks(calendars.deadlines(owner, now), owner.user, now)
    response = HttpResponse(calendars.calendar(clocks, owner.user), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="deadlines.ics"'
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
