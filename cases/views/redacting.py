"""Redacting a document for the customer: beginning, drawing on its pages, seeing what would be shown, proposing.

Drawing works without a script: a picture in a form sends where it was clicked, once for each of two opposite corners.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import reader, role_required
from accounts.models import Role, User
from cases.actions import redactions
from cases.actions.changing import CaseNotFound, Refused
from cases.forms.redactions import WHOLE, BeginForm, DrawForm
from cases.models import Case, Redaction, RedactionState
from cases.queries.redactions import find_redactable, pdf_of, redactions_of
from cases.redaction.boxes import Box, between
from cases.redaction.pictures import Point, shown_size
from cases.redaction.problems import CannotRender
from cases.redaction.rendering import find
from cases.views.opening import on_record, opened
from vault.actions import DocumentMissing
from vault.keys import ScopeDestroyed

WIDTHS = {"s": 480, "m": 760, "l": 1400}  # of a page's picture, in pixels
USUAL = "m"
OPEN = (RedactionState.DRAFT, RedactionState.PROPOSED)


@on_record(lambda _asked: "redaction")
@role_required(Role.ANALYST, Role.COUNSEL)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Ask for whom a document of the case is to be redacted, then begin."""
    user = reader(request)
    case = opened(user, reference, "redaction")
    original = find_redactable(case, pk)
    if original is None:
        raise Http404
    form = BeginForm(request.POST if request.method == "POST" else None, case=case)
    refusal: tuple[Any, ...] = ()
    if form.is_valid():
        try:
            redaction = redactions.begin_redaction(
                case_id=case.pk, document_id=pk, customer=form.customer, by=user, now=timezone.now()
            )
            return redirect("cases:redaction", case.reference, redaction.number)
        except Refused as refused:
            refusal = refused.sentences
    context = {"case": case, "original": original, "form": form, "refusal": refusal}
    status = 409 if refusal else 422 if form.is_bound else 200
    return render(request, "cases/redaction_begin.html", context, status=status)


@on_record(lambda _asked: "redaction")
@role_required(Role.ANALYST, Role.COUNSEL)
@require_http_methods(["GET", "HEAD", "POST"])
def drawing(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Show a page with its boxes; draw one, find words, or take one away."""
    user = reader(request)
    case = opened(user, reference, "redaction")
    desk = Desk(request, user, case, found(case, number), timezone.now())
    return desk.sent() if request.method == "POST" else desk.page(DrawForm(initial=desk.last_reason()))


def found(case: Case, number: int) -> Redaction:
    """Return the redaction of that number in the case, or raise Http404."""
    redaction = redactions_of(case).filter(number=number).first()
    if redaction is None:
        raise Http404
    return redaction


def page_number(text: str, last: int) -> int:
    """Return the page that is asked for; the first where that is none."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 1
    return number if 1 <= number <= last else 1


def corner_in(text: str) -> Point | None:
    """Return the corner that an address or a form holds, or None."""
    try:
        x, y = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return (x, y) if 0 <= x <= 1 and 0 <= y <= 1 else None


def asked(**parameters: str | int) -> str:
    """Return the part of an address that says what of a page is wanted."""
    return urlencode(parameters)


@dataclass(frozen=True)
class Desk:
    """One person at one page of a redaction."""

    request: HttpRequest
    user: User
    case: Case
    redaction: Redaction
    now: datetime

    @property
    def number(self) -> int:
        """The page that is looked at."""
        return page_number(self.request.GET.get("page", ""), len(self.redaction.sizes))

    @property
    def zoom(self) -> str:
        """How large, as a key of WIDTHS."""
        zoom = self.request.GET.get("zoom", "")
        return zoom if zoom in WIDTHS else USUAL

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture, in pixels."""
        across, down = self.redaction.sizes[self.number - 1]
        return shown_size((across, down), WIDTHS[self.zoom])

    def last_reason(self) -> dict[str, str]:
        """Return the reason of the box that this person drew last: the next has it as a rule."""
        last = self.redaction.boxes.filter(drawn_by=self.user).order_by("-number").first()
        return {"reason": last.reason, "words": last.words} if last else {}

    def sent(self) -> HttpResponse:
        """Do what was pressed."""
        form = DrawForm(self.request.POST)
        try:
            if "remove" in self.request.POST:
                return self._remove(page_number(self.request.POST["remove"], 10**6))
            if not form.is_valid():
                return self.page(form, status=422)
            if clicked := self._clicked():
                return self._second_corner(form, clicked)
            if self.request.POST.get("do") == "whole":
                return self._draw(form, [between(self.number, *WHOLE)])
            # Enter in the field of words presses the first button, which is that of the four numbers.
            if form.cleaned_data["find"].strip() and form.numbers == [None] * 4:
                return self._find(form)
            box = form.box(self.number)
            return self._draw(form, [box]) if box else self.page(form, status=422)
        except CaseNotFound:
            raise Http404 from None
        except Refused as refused:
            for sentence in refused.sentences:
                form.add_error(None, str(sentence))
            return self.page(form, status=409)

    def _clicked(self) -> Point | None:
        """Return where the picture was clicked, in fractions of the page."""
        across, down = self.request.POST.get("at.x", ""), self.request.POST.get("at.y", "")
        if not (across.isascii() and across.isdigit() and down.isascii() and down.isdigit()):
            return None
        width, height = self.size
        return min(1.0, int(across[:6]) / width), min(1.0, int(down[:6]) / height)

    def _second_corner(self, form: DrawForm, clicked: Point) -> HttpResponse:
        """Draw from the corner before to this one; the first corner of two is only remembered, in the page."""
        before = corner_in(self.request.POST.get("corner", ""))
        if before is None:
            return self.page(form, corner=clicked)
        try:
            return self._draw(form, [between(self.number, before, clicked)])
        except ValueError:
            form.add_error(None, _("Both corners are on one line: click on the opposite corner of the box."))
            return self.page(form, corner=before, status=422)

    def _draw(self, form: DrawForm, boxes: list[Box]) -> HttpResponse:
        redactions.draw_boxes(
            redaction_id=self.redaction.pk,
            boxes=boxes,
            reason=form.cleaned_data["reason"],
            words=form.cleaned_data["words"],
            by=self.user,
            now=self.now,
        )
        return redirect(self.address(self.number))

    def _find(self, form: DrawForm) -> HttpResponse:
        words = form.cleaned_data["find"].strip()
        try:
            boxes = find(pdf_of(self.redaction.original.document), words)
        except CannotRender as problem:
            form.add_error("find", str(problem))
            return self.page(form, status=409)
        except (ScopeDestroyed, DocumentMissing):
            form.add_error("find", _("This document is gone: it cannot be opened any more."))
            return self.page(form, status=409)
        if not boxes:
            form.add_error("find", _("Nowhere as text. A scanned page holds no text: look at its pages."))
            return self.page(form, status=422)
        total = len(boxes)
        said = ngettext("%(total)d box was drawn: look at it.", "%(total)d boxes were drawn: look at each.", total)
        response = self._draw(form, boxes)
        messages.success(self.request, said % {"total": total})
        response["Location"] = self.address(boxes[0].page)
        return response

    def _remove(self, number: int) -> HttpResponse:
        redactions.remove_box(redaction_id=self.redaction.pk, number=number, by=self.user, now=self.now)
        return redirect(self.address(self.number))

    def address(self, page: int, zoom: str = "") -> str:
        """Return the address of a page of this redaction."""
        where = reverse("cases:redaction", args=[self.case.reference, self.redaction.number])
        return f"{where}?{asked(page=page, zoom=zoom or self.zoom)}"

    def page(self, form: DrawForm, *, corner: Point | None = None, status: int = 200) -> HttpResponse:
        """Return the page to draw on."""
        redaction = found(self.case, self.redaction.number)
        state, number, last = redaction.state(self.now), self.number, len(redaction.sizes)
        boxes = list(redaction.boxes.select_related("drawn_by"))
        on_pages = sorted(Counter(box.page for box in boxes).items())
        width, height = self.size
        at = f"{corner[0]:.5f},{corner[1]:.5f}" if corner else ""
        picture = reverse("cases:redaction_page", args=[self.case.reference, redaction.number])
        context = {
            "case": self.case,
            "redaction": redaction,
            "state": state,
            "is_open": state in OPEN,
            "form": form,
            "number": number,
            "last": last,
            "previous": self.address(number - 1) if number > 1 else "",
            "next": self.address(number + 1) if number < last else "",
            "address": self.address(number),
            "zooms": [(words, self.address(number, key), key == self.zoom) for key, words in _zooms()],
            "boxes": [box for box in boxes if box.page == number],
            "pages": [(page, count, self.address(page)) for page, count in on_pages],
            "total": len(boxes),
            "corner": at,
            "picture": f"{picture}?{asked(page=number, zoom=self.zoom, corner=at)}",
            "width": width,
            "height": height,
        }
        return render(self.request, "cases/redaction.html", context, status=status)


def _zooms() -> list[tuple[str, str]]:
    return [("s", _("Small")), ("m", _("Usual")), ("l", _("Large"))]
