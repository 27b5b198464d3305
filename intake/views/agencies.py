"""The pages about agencies: who is to be verified, who is, how and by whom."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import reader, role_required
from accounts.models import Role
from cases.actions.agencies import find_or_add_agency, revoke_verification, verify_agency
from cases.models import Agency, Case, VerificationMethod
from intake.forms.agencies import AgencyFilter, NewAgencyForm, VerificationForm
from intake.queries import agencies as queries

PER_PAGE = 25
CASES_SHOWN = 10
READERS = (Role.ANALYST, Role.COUNSEL, Role.AUDITOR)
WORKERS = (Role.ANALYST, Role.COUNSEL)


@role_required(*READERS)
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """List the agencies, those to verify first."""
    user, now = reader(request), timezone.now()
    form = AgencyFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.search(
        queries.agencies(user, now), text=wanted.get("q", ""), standing=wanted.get("standing", ""), now=now
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    counts = queries.open_cases(user, [agency.pk for agency in page])
    rows = [
        {"agency": agency, "url": queries.address(agency), "open_cases": counts.get(agency.pk, 0)} for agency in page
    ]
    context = {"page": page, "rows": rows, "filter_form": form, "now": now, "may_verify": user.has_role(*WORKERS)}
    return render(request, "intake/agencies.html", context)


@role_required(*READERS)
@require_safe
def agency(request: HttpRequest, **where: str) -> HttpResponse:
    """Show one agency: its verifications, and the cases that this person may see."""
    user, now = reader(request), timezone.now()
    found = _find(request, where, now)
    visible = Case.objects.visible_to(user).filter(agency=found).order_by("-received_at", "-pk")
    context = {
        "agency": found,
        "now": now,
        "is_verified": found.is_verified(now),
        "verifications": queries.history(found),
        "cases": visible[:CASES_SHOWN],
        "may_verify": user.has_role(*WORKERS),
        "verify_url": queries.address(found, "verify"),
    }
    return render(request, "intake/agency.html", context)


@role_required(*WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, **where: str) -> HttpResponse:
    """Record how an agency was verified."""
    now = timezone.now()
    found = _find(request, where, now)
    form = VerificationForm(request.POST or None, agency=found)
    if request.method == "POST" and form.is_valid():
        _verify(request, found, form, now)
        return redirect(queries.address(found))
    return render(request, "intake/verify.html", {"form": form, "agency": found, "url": queries.address(found)})


@role_required(*WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_agency(request: HttpRequest) -> HttpResponse:
    """Add an agency that has sent nothing yet, with its verification."""
    form = NewAgencyForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "intake/verify.html", {"form": form})
    now, said = timezone.now(), form.cleaned_data
    added = find_or_add_agency(
        name=said["name"], country=said["country"], kind=said["kind"], email_domain=said["email_domain"], now=now
    )
    _verify(request, added, form, now)
    return redirect(queries.address(added))


@role_required(*WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, number: int, **where: str) -> HttpResponse:
    """Ask once more, then take a verification back. It is named by its place in the agency's history, from 1."""
    now = timezone.now()
    found = _find(request, where, now)
    verification = dict(queries.history(found)).get(number)
    if verification is None or verification.revoked_at:
        raise Http404
    if request.method == "POST":
        revoke_verification(verification_id=verification.pk, by=reader(request), now=now)
        messages.success(request, _("The verification is taken back."))
        return redirect(queries.address(found))
    context = {"agency": found, "verification": verification, "url": queries.address(found)}
    return render(request, "intake/revoke.html", context)


def _verify(request: HttpRequest, found: Agency, form: VerificationForm, now: datetime) -> None:
    said = form.cleaned_data
    verification = verify_agency(
        agency_id=found.pk,
        method=VerificationMethod(said["method"]),
        evidence=said["evidence"],
        number_source=said["number_source"],
        lasts=form.lasts,
        domain_registered=said["domain_registered"],
        by=reader(request),
        now=now,
    )
    until = timezone.localtime(verification.expires_at).date()
    messages.success(request, _("%(agency)s is verified until %(until)s.") % {"agency": found.name, "until": until})


def _find(request: HttpRequest, where: dict[str, str], now: datetime) -> Agency:
    found = queries.one_agency(reader(request), now, **where)
    if found is None:
        raise Http404
    return found
