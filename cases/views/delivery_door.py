"""The door of a delivery: it opens to who has the link, its inner one to who gave the code; to all others it is none.

Whatever is not open looks the same and takes as long: guessed, ended, taken back, of a case that was withdrawn or found
to be a fraud, of an installation that is held.
"""

import time
from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.debug import sensitive_variables

from accounts import guesses
from cases.models import Delivery
from cases.queries.deliveries import find

DOOR = "delivery"
COOKIE = "delivery"

View = Callable[..., HttpResponseBase]


def outer_door(view: View) -> View:
    """Open the view to who has the address of a link that is open at this moment."""

    @wraps(view)
    @sensitive_variables("token")
    def opened(request: HttpRequest, token: str, **rest: int) -> HttpResponseBase:
        began, now = time.monotonic(), timezone.now()
        if guesses.too_many(request, DOOR):
            return render(request, "429.html", status=429)
        found = find(token, now)
        try:
            if found is None:
                raise Http404
            return _kept_by_nobody(view(request, found, token, now, **rest))
        except Http404:
            guesses.count(request, DOOR)
            time.sleep(max(0.0, began + guesses.SECONDS_TO_SAY_NO - time.monotonic()))
            raise

    return opened


def inner_door(view: View) -> View:
    """Open the view to the browser in which the code was given; send others to the page that asks for it."""

    @wraps(view)
    @sensitive_variables("token")
    def opened(request: HttpRequest, delivery: Delivery, token: str, now: datetime, **rest: int) -> HttpResponseBase:
        if not has_given_code(request, delivery):
            return redirect("cases:delivery", token)
        return view(request, delivery, token, now, **rest)

    return outer_door(opened)


def has_given_code(request: HttpRequest, delivery: Delivery) -> bool:
    """Whether this browser is the one that spent the delivery's code."""
    if delivery.opened_at is None:
        return False
    shown = str(request.get_signed_cookie(COOKIE, default="", salt=_salt(delivery)))
    return constant_time_compare(shown, delivery.opened_at.isoformat())


def let_in(response: HttpResponse, delivery: Delivery, token: str) -> None:
    """Give the browser what says that the code was given in it; it is sent to this delivery's pages only."""
    assert delivery.opened_at is not None  # noqa: S101 - the caller has just spent the code
    response.set_signed_cookie(
        COOKIE,
        delivery.opened_at.isoformat(),
        salt=_salt(delivery),
        expires=delivery.expires_at,
        path=reverse("cases:delivery", args=[token]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _salt(delivery: Delivery) -> str:
    return f"cases.delivery:{delivery.token_hash}"


def _kept_by_nobody(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "strict-origin"  # the token never leaves in a Referer
    return response
