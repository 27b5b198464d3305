"""The staff's page about one letter on its way, and the door to whatever a message does."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import reader, role_required
from cases.actions.changing import Refused
from cases.models import Case, Letter
from cases.views.opening import on_record, opened
from notifications.actions import settling
from notifications.forms import SettlementForm
from notifications.models import Message
from notifications.queries import notices_of, travels_of
from notifications.states import MessageState
from notifications.views.staff import READERS, WORKERS


@on_record(lambda _asked: "letter")
@role_required(*READERS)
@require_safe
def letter(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Show one letter of a case: how it travelled, and what can be done."""
    case = opened(reader(request), reference, "letter")
    return _page(request, case, number, SettlementForm())


@on_record(lambda _asked: "settle")
@role_required(*WORKERS)
@require_POST
def settle(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Note what a person found out about a letter of which nobody knew."""
    case, form = opened(reader(request), reference, "settle"), SettlementForm(request.POST)
    if not form.is_valid():
        return _page(request, case, number, form, status=422)
    arrived = form.cleaned_data["arrived"]
    done = _("Noted: it arrived.") if arrived else _("Noted: it did not arrive. The letter is a draft again.")
    act = partial(settling.settle, arrived=arrived)
    return _done(request, case, number, MessageState.UNCERTAIN, act, done)


@on_record(lambda _asked: "came_back")
@role_required(*WORKERS)
@require_POST
def came_back(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Note that a letter that had left came back."""
    case = opened(reader(request), reference, "came_back")
    done = _("Noted: it came back. The letter is a draft again.")
    return _done(request, case, number, MessageState.SENT, settling.take_bounce, done)


@on_record(lambda _asked: "message", of=lambda asked: _reference(asked["key"]))
@role_required(*READERS)
@require_safe
def message(request: HttpRequest, key: str) -> HttpResponse:
    """Lead to the notice or the letter that a message is of."""
    case = opened(reader(request), _reference(key), "message")
    found = Message.objects.get(case=case, key=key)
    if found.duty_id:
        return redirect("notifications:staff_notice", case.reference, notices_of(case).get(pk=found.duty_id).number)
    before = case.letters.filter(pk__lte=found.letter_id)
    return redirect("notifications:staff_letter", case.reference, before.count())


def _reference(key: str) -> str:
    """Return the reference of the case that a message is of, or nothing, which names no case."""
    return Message.objects.filter(key=key).values_list("case__reference", flat=True).first() or ""


def _letter(case: Case, number: int) -> Letter:
    found: Letter | None = case.letters.order_by("id")[max(number - 1, 0) : number].first()
    if found is None:
        raise Http404
    return found


def _done(
    request: HttpRequest, case: Case, number: int, state: MessageState, act: Callable[..., None], words: str
) -> HttpResponse:
    """Do something with the message of the letter that is in this state, and come back to the letter."""
    found, now = Message.objects.filter(letter=_letter(case, number), state=state).first(), timezone.now()
    try:
        _required(found, act, request, now)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return redirect("notifications:staff_letter", case.reference, number)


def _required(found: Message | None, act: Callable[..., None], request: HttpRequest, now: datetime) -> None:
    if found is None:
        raise Refused(_("Somebody has settled this already."))
    act(message_id=found.pk, by=reader(request), now=now)


def _page(request: HttpRequest, case: Case, number: int, settlement: SettlementForm, status: int = 200) -> HttpResponse:
    found, may_work = _letter(case, number), reader(request).has_role(*WORKERS)
    travels = travels_of(found)
    states = {one.state for one in travels} if may_work else set()
    context = {
        "case": case,
        "letter": found,
        "number": number,
        "travels": travels,
        "settlement": settlement if MessageState.UNCERTAIN in states else None,
        "may_come_back": MessageState.SENT in states,
        "crumbs": [
            (_("Notices"), reverse("notifications:attention")),
            (case.reference, case.get_absolute_url()),
            (_("Letter %(number)d") % {"number": number}, ""),
        ],
    }
    return render(request, "notifications/staff_letter.html", context, status=status)
