"""The customer's page: what is asked, by whom, until when; objecting, agreeing, taking back. No account, no script."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions.changing import Refused
from notifications.actions import answering
from notifications.forms import AdditionForm, AgreementForm, ObjectionForm
from notifications.notice_page import context
from notifications.standing import Standing
from notifications.views.doors import customer_page
from vault.actions import DocumentMissing
from vault.downloads import attachment
from vault.keys import ScopeDestroyed


@require_safe
@customer_page
def notice(request: HttpRequest, standing: Standing, now: datetime) -> HttpResponse:
    """Show what is asked and what the customer can do."""
    return _page(request, standing, now, ObjectionForm())


@require_POST
@customer_page
def objection(request: HttpRequest, standing: Standing, now: datetime) -> HttpResponse:
    """Take the customer's objection."""
    form = ObjectionForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, standing, now, form, status=422)
    said = {"lawyer": form.cleaned_data["lawyer"], "uploads": form.cleaned_data["documents"]}
    return _answered(request, lambda: answering.object_to(standing, text=form.words(), now=now, **said))


@require_POST
@customer_page
def addition(request: HttpRequest, standing: Standing, now: datetime) -> HttpResponse:
    """Take what the customer adds to their objection."""
    form = AdditionForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, standing, now, ObjectionForm(), addition=form, status=422)
    text, uploads = form.cleaned_data["more"], form.cleaned_data["papers"]
    return _answered(request, lambda: answering.add_to(standing, text=text, uploads=uploads, now=now))


@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def agreement(request: HttpRequest, standing: Standing, now: datetime) -> HttpResponse:
    """Ask once more, then note that the customer agrees."""
    form = AgreementForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _answered(request, lambda: answering.agree(standing, now=now))
    page = context(standing, now) | {"form": form}
    return render(request, "notifications/agreement.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def withdrawal(request: HttpRequest, standing: Standing, now: datetime) -> HttpResponse:
    """Ask once more, then take the objection back."""
    if request.method == "POST":
        return _answered(request, lambda: answering.take_back(standing, now=now))
    return render(request, "notifications/withdrawal.html", context(standing, now))


@require_safe
@customer_page
def receipt(request: HttpRequest, standing: Standing, now: datetime) -> HttpResponse:
    """Confirm what the customer answered."""
    return render(request, "notifications/receipt.html", context(standing, now))


@require_safe
@customer_page
def document(_request: HttpRequest, standing: Standing, _now: datetime, number: int) -> HttpResponseBase:
    """Send a document that this customer may read, redacted as counsel approved, as a file to keep."""
    readable = {one.number: one for one in standing.documents}
    if number not in readable or (burned := readable[number].burned) is None:
        raise Http404
    try:
        return attachment(burned)
    except (ScopeDestroyed, DocumentMissing):
        raise Http404 from None


def _page(
    request: HttpRequest,
    standing: Standing,
    now: datetime,
    form: ObjectionForm,
    *,
    addition: AdditionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    forms = {"form": form, "addition": addition or AdditionForm()}
    return render(request, "notifications/notice.html", context(standing, now) | forms, status=status)


def _answered(request: HttpRequest, answer: Callable[[], object]) -> HttpResponse:
    token = request.resolver_match.kwargs["token"] if request.resolver_match else ""
    try:
        answer()
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("notifications:notice", token)
    return redirect("notifications:receipt", token)
