"""The door itself: have a code sent, enter it."""

from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions.changing import Refused
from notifications.actions import doors
from notifications.door_mails import compose, masked, spoken
from notifications.forms import CodeForm
from notifications.models import DoorCode
from notifications.standing import Standing
from notifications.states import Way
from notifications.transports.files import goes_to_files
from notifications.views import keys
from notifications.views.doors import behind_link


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link
def door(request: HttpRequest, found: Standing, now: datetime) -> HttpResponse:
    """Ask for the code, and open the page to who has it."""
    token = _token(request)
    if request.method != "POST":
        return redirect("notifications:notice", token) if keys.is_in(request, found) else _page(request, found)
    form = CodeForm(request.POST)
    if form.is_valid() and not doors.open_with_code(found.link, form.cleaned_data["code"], now=now):
        form.add_error("code", _("This code is wrong, or does not work any more. Have a new one sent."))
    if not form.is_valid():
        return _page(request, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    response = redirect("notifications:notice", token)
    keys.let_in(response, found, token)
    return response


@require_POST
@behind_link
def send_code(request: HttpRequest, found: Standing, now: datetime) -> HttpResponse:
    """Send a code to the customer's own address."""
    way = doors.way_of_codes(found.link)
    try:
        if way is None:
            raise doors.CodeNotSent(_("Your code stands in the letter that we sent you."))
        code = doors.make_code(found.link, now=now)
        doors.send_code(code, compose(code, way), way, now=now)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("We have sent you a code. It comes within a minute or two."))
        _say_it_here(request, code)
    return redirect("notifications:door", _token(request))


def _say_it_here(request: HttpRequest, code: DoorCode) -> None:
    """Where mail goes to files for trying out, nobody would find the code: say it. Never in production."""
    if goes_to_files() and not settings.PRODUCTION:
        said = _("No mail server is set, so here it is: %(code)s") % {"code": spoken(doors.digits_of(code))}
        messages.info(request, said)


def _page(
    request: HttpRequest, found: Standing, form: CodeForm | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    way = doors.way_of_codes(found.link)
    context = {
        "form": form or CodeForm(),
        "address": masked(found.customer.email) if way == Way.EMAIL else "",
        "by_letter": way is None,
        "provider": settings.WRITDESK.provider_name,
        "contact": settings.WRITDESK.contact_email,
        "reference": found.case.reference,
        "languages": settings.LANGUAGES,
    }
    return render(request, "notifications/door.html", context, status=status)


def _token(request: HttpRequest) -> str:
    return str(request.resolver_match.kwargs["token"]) if request.resolver_match else ""
