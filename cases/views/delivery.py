"""The agency's page of a delivery: the code first, then the files and their manifest, then its receipt. No account."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import guesses
from cases.actions import fetching
from cases.forms.delivery_page import CodeForm
from cases.models import Delivery
from cases.rules import manifest as manifests
from cases.views.delivery_door import DOOR, has_given_code, inner_door, let_in, outer_door
from cases.views.manifests import manifest_file
from vault.actions import DocumentMissing
from vault.downloads import attachment
from vault.keys import ScopeDestroyed


@require_http_methods(["GET", "HEAD", "POST"])
@outer_door
def page(request: HttpRequest, delivery: Delivery, token: str, now: datetime) -> HttpResponse:
    """Ask for the code; show the files to the browser in which it was given."""
    if has_given_code(request, delivery):
        return render(request, "cases/delivery_files.html", _context(delivery, token))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "cases/delivery_code.html", {"form": form}, status=422 if form.is_bound else 200)
    opened = fetching.open_with_code(delivery, token=token, code=form.cleaned_data["code"], now=now)
    if opened is None:
        return _wrong(request, form)
    response = redirect("cases:delivery", token)
    let_in(response, opened, token)
    return response


def _wrong(request: HttpRequest, form: CodeForm) -> HttpResponse:
    guesses.count(request, DOOR)
    form.add_error("code", _("This code is not right, or was used before. After five wrong ones the link is closed."))
    return render(request, "cases/delivery_code.html", {"form": form}, status=422)


def _context(delivery: Delivery, token: str) -> dict[str, object]:
    manifest = manifests.whole(delivery.production.manifest)
    return {
        "delivery": delivery,
        "production": delivery.production,
        "case": delivery.production.case,
        "token": token,
        "files": manifest["files"],
    }


@require_GET
@inner_door
def file(_request: HttpRequest, delivery: Delivery, _token: str, now: datetime, *, number: int) -> HttpResponseBase:
    """Send one file as an attachment, written down before the first byte goes."""
    document = fetching.take_file(delivery, number=number, now=now)
    if document is None:
        raise Http404
    try:
        return attachment(document)
    except (ScopeDestroyed, DocumentMissing):
        raise Http404 from None


@require_GET
@inner_door
def manifest(_request: HttpRequest, delivery: Delivery, _token: str, _now: datetime) -> HttpResponse:
    """Send the manifest as it travels with this delivery."""
    travels = manifests.delivered(
        delivery.production.manifest,
        means=delivery.way,
        recipient=delivery.recipient,
        available_at=delivery.available_at,
        expires_at=delivery.expires_at,
    )
    return manifest_file(delivery.production.case, delivery.production, travels)


@require_POST
@inner_door
def receipt(_request: HttpRequest, delivery: Delivery, token: str, now: datetime) -> HttpResponse:
    """Take the agency's word that it has everything."""
    if not fetching.confirm_receipt(delivery, now=now):
        raise Http404
    return redirect("cases:delivery", token)
