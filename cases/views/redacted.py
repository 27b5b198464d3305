"""A redacted document as it would be read: its pages as pictures, and proposing to show it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import reader, role_required
from accounts.models import Role
from cases.actions import redactions
from cases.actions.changing import CaseNotFound, Refused
from cases.forms.redactions import ProposeForm
from cases.models import Case, Redaction, RedactionState
from cases.queries.redactions import pdf_of
from cases.redaction import pictures
from cases.redaction.pictures import shown_size
from cases.redaction.problems import CannotRender
from cases.views.opening import on_record, opened
from cases.views.redacting import USUAL, WIDTHS, corner_in, found, page_number
from vault.actions import DocumentMissing
from vault.keys import ScopeDestroyed

Sheet = tuple[int, str, int, int]  # number, address of the picture, its width and height


@on_record(lambda _asked: "redaction")
@role_required(Role.ANALYST, Role.COUNSEL)
@require_safe
def picture(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Send a page as a picture that nobody keeps: to draw on, or (as=burned) with what is hidden gone."""
    case = opened(reader(request), reference, "redaction")
    redaction = found(case, number)
    page = page_number(request.GET.get("page", ""), len(redaction.sizes))
    width = WIDTHS.get(request.GET.get("zoom", ""), WIDTHS[USUAL])
    across, down = redaction.sizes[page - 1]
    width, _height = shown_size((across, down), width)
    try:
        if request.GET.get("as") == "burned":
            png = _burned(redaction, page, width)
        else:
            png = _drawn_on(redaction, page, width, request.GET.get("corner", ""))
    except (ScopeDestroyed, DocumentMissing):
        raise Http404 from None
    except CannotRender as problem:
        return HttpResponse(str(problem), status=422, content_type="text/plain; charset=utf-8")
    response = HttpResponse(png, content_type="image/png")
    response["Cache-Control"] = "no-store, private"
    return response


def _burned(redaction: Redaction, page: int, width: int) -> bytes:
    """Return a page as it would be read: of the file that was proposed or approved, or as it is drawn by now."""
    state = redaction.state(timezone.now())
    if redaction.burned and state in (RedactionState.PROPOSED, RedactionState.APPROVED):
        return pictures.burned(pdf_of(redaction.burned), page, width=width)
    boxes = [row.box for row in redaction.boxes.filter(page=page)]
    return pictures.burned(pdf_of(redaction.original.document), page, width=width, boxes=boxes)


def _drawn_on(redaction: Redaction, page: int, width: int, corner: str) -> bytes:
    boxes = [(row.number, row.box) for row in redaction.boxes.filter(page=page)]
    pdf = pdf_of(redaction.original.document)
    return pictures.to_draw_on(pdf, page, width=width, boxes=boxes, corner=corner_in(corner))


@on_record(lambda _asked: "redaction")
@role_required(Role.ANALYST, Role.COUNSEL)
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Show every page as the customer would read it; propose to show it."""
    user, now = reader(request), timezone.now()
    case = opened(user, reference, "redaction")
    redaction = found(case, number)
    form = ProposeForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            approval = redactions.propose_redaction(
                redaction_id=redaction.pk, reason=form.cleaned_data["reason"], by=user, now=now
            )
            messages.success(request, _("Proposed: another counsel reads exactly this file."))
            return redirect("cases:approval", case.reference, approval.digest)
        except CaseNotFound:
            raise Http404 from None
        except Refused as refused:
            for sentence in refused.sentences:
                form.add_error(None, str(sentence))
            status = 409
    return render(request, "cases/redaction_preview.html", _context(case, redaction, form), status=status)


def _context(case: Case, redaction: Redaction, form: ProposeForm) -> dict[str, Any]:
    state = redaction.state(timezone.now())
    return {
        "case": case,
        "redaction": redaction,
        "state": state,
        "form": form if state == RedactionState.DRAFT else None,
        "total": redaction.boxes.count(),
        "sheets": sheets(case, redaction),
    }


def sheets(case: Case, redaction: Redaction) -> list[Sheet]:
    """Return the pages as the customer would read them."""
    address = reverse("cases:redaction_page", args=[case.reference, redaction.number])
    pages = []
    for page, (across, down) in enumerate(redaction.sizes, start=1):
        pages.append((page, f"{address}?page={page}&as=burned", *shown_size((across, down), WIDTHS[USUAL])))
    return pages
