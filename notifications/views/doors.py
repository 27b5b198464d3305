"""The doors of the customer's page: one opens to who has the link, the next to who has a code as well."""

import time
from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.debug import sensitive_variables

from accounts import guesses
from accounts.guesses import SECONDS_TO_SAY_NO
from notifications.languages import LANGUAGES, language_for
from notifications.standing import Standing, standing
from notifications.views import keys

CustomerView = Callable[..., HttpResponseBase]  # of the request, the standing, the hour, and what its address names
View = Callable[..., HttpResponseBase]

DOOR = "notice"


def customer_page(view: CustomerView) -> View:
    """Open the view to the customer of a link who has entered a code; others with the link are sent to the door."""

    @wraps(view)
    def inside(request: HttpRequest, found: Standing, now: datetime, **asked: int) -> HttpResponseBase:
        token = str(request.resolver_match.kwargs["token"]) if request.resolver_match else ""
        if not keys.is_in(request, found):
            return redirect("notifications:door", token)
        response = view(request, found, now, **asked)
        keys.let_in(response, found, token)  # their time begins anew with everything they do
        return response

    return behind_link(inside)


def behind_link(view: CustomerView) -> View:
    """Open the view to who has the link, in the customer's language and zone.

    A token that was guessed, expired, or whose customer may not hear a word now gets the page of an unknown address,
    after the same time; who asks too often gets no answer for a while.
    """

    @wraps(view)
    @sensitive_variables("token")
    def opened(request: HttpRequest, token: str, **asked: int) -> HttpResponseBase:
        began, now = time.monotonic(), timezone.now()
        if guesses.too_many(request, DOOR):
            return render(request, "429.html", status=429)
        found = standing(token, now)
        if found is None:
            guesses.count(request, DOOR)
            time.sleep(max(0.0, began + SECONDS_TO_SAY_NO - time.monotonic()))
            raise Http404
        if request.GET.get("language") in LANGUAGES:
            return _closed_to_others(_spoken(request))
        language = _language(request, found)
        with translation.override(language), timezone.override(found.customer.zone):
            response = view(request, found, now, **asked)
        response.headers["Content-Language"] = language
        return _closed_to_others(response)

    return opened


def _language(request: HttpRequest, found: Standing) -> str:
    """Return the language chosen on the page before, or else the one we know the customer reads."""
    return language_for(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, found.customer.language))


def _spoken(request: HttpRequest) -> HttpResponse:
    """Keep the choice of a language and come back without it in the address."""
    response = HttpResponseRedirect(request.path)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        request.GET["language"],
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
        httponly=True,
    )
    return response


def _closed_to_others(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    # The token never leaves in a Referer, not even to ourselves. Not "no-referrer": a browser then sends a form with
    # "Origin: null", which the CSRF check refuses.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
