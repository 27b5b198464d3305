"""The staff's pages about notices: what needs a person, one notice with its attempts, and what can be done about it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import reader, role_required
from accounts.models import Role
from cases.actions.changing import Refused
from cases.models import NoticeDuty
from cases.states import DutyState
from cases.views.opening import on_record, opened
from notifications.actions import doors, settling
from notifications.forms import AddressForm, SettlementForm
from notifications.models import CustomerLink, Message
from notifications.needy_letters import letters_needing, needy_letter
from notifications.queries import needing, needy, notices_of, travels_of
from notifications.states import MessageState, Need
from notifications.transports.files import goes_to_files
from notifications.versions import broken

PER_PAGE = 25
LETTERS = "letters"  # the view of them alone
READERS = (Role.ANALYST, Role.COUNSEL, Role.AUDITOR)
WORKERS = (Role.ANALYST, Role.COUNSEL)


@role_required(*READERS)
@require_safe
def attention(request: HttpRequest) -> HttpResponse:
    """List the notices that need a person, and the letters: all of both, notices of one need, or the letters alone."""
    user, now = reader(request), timezone.now()
    wanted = request.GET.get("need", "")
    need = Need(wanted) if wanted in Need.values else None
    context: dict[str, Any] = {"views": _views(wanted), "now": now, "has_outbox": goes_to_files(), "broken": broken()}
    if wanted != LETTERS:
        page = Paginator(needing(user, now, need), PER_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "rows": [needy(duty) for duty in page]}
    if need is None:
        # Beside the notices the first of them; the others one click away.
        number = request.GET.get("page") if wanted == LETTERS else 1
        letters = Paginator(letters_needing(user, now), PER_PAGE).get_page(number)
        context |= {"letters": letters, "letter_rows": [needy_letter(letter) for letter in letters]}
    return render(request, "notifications/attention.html", context)


def _views(wanted: str) -> list[dict[str, Any]]:
    named = [("", _("All")), *Need.choices, (LETTERS, _("Letters"))]
    current = wanted if wanted in dict(named) else ""
    return [
        {"label": label, "url": f"?need={code}" if code else "?", "is_current": code == current, "count": None}
        for code, label in named
    ]


@on_record(lambda _asked: "notice")
@role_required(*READERS)
@require_safe
def notice(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Show one notice of a case: how it travelled, and what can be done."""
    duty = _duty(request, reference, number, "notice")
    known = {"email": duty.customer.email, "postal": duty.customer.postal_address} if duty.customer else {}
    return _page(request, duty, AddressForm(initial=known), SettlementForm())


@on_record(lambda _asked: "settle")
@role_required(*WORKERS)
@require_POST
def settle(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Note what a person found out about a message of which nobody knew."""
    duty, form = _duty(request, reference, number, "settle"), SettlementForm(request.POST)
    if not form.is_valid():
        return _page(request, duty, AddressForm(), form, status=422)
    arrived = form.cleaned_data["arrived"]

    def work(now: datetime) -> None:
        message = _message_of(duty, MessageState.UNCERTAIN)
        settling.settle(message_id=message.pk, arrived=arrived, by=reader(request), now=now)

    done = _("Noted: it arrived.") if arrived else _("Noted: it did not arrive. You can send it again.")
    return _done(request, reference, number, work, done)


@on_record(lambda _asked: "address")
@role_required(*WORKERS)
@require_POST
def correct_address(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Correct the customer's address; what failed is owed anew and goes there."""
    duty, form = _duty(request, reference, number, "address"), AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, duty, form, SettlementForm(), status=422)

    def work(now: datetime) -> None:
        said = form.cleaned_data
        settling.correct_address(
            duty_id=duty.pk, email=said["email"], postal=said["postal"], by=reader(request), now=now
        )

    return _done(request, reference, number, work, _by_which_way(form))


@on_record(lambda _asked: "came_back")
@role_required(*WORKERS)
@require_POST
def came_back(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Note that a notice that had left came back."""
    duty = _duty(request, reference, number, "came_back")

    def work(now: datetime) -> None:
        message = _message_of(duty, MessageState.SENT)
        settling.take_bounce(message_id=message.pk, by=reader(request), now=now)

    return _done(request, reference, number, work, _("Noted: it came back. Correct the address and send it again."))


@on_record(lambda _asked: "shut")
@role_required(*WORKERS)
@require_POST
def shut(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Shut the page of the notice's customer for good."""
    duty = _duty(request, reference, number, "shut")

    def work(now: datetime) -> None:
        link = CustomerLink.objects.filter(case=duty.case_id, customer=duty.customer_id).first()
        if link is None:
            raise Refused(_("There is no page to shut."))
        doors.revoke_link(link_id=link.pk, by=reader(request), now=now)

    return _done(request, reference, number, work, _("The page is shut. The next notice brings a new link."))


def _by_which_way(form: AddressForm) -> str:
    if form.cleaned_data["email"]:
        return _("The notice goes to this address within a minute.")
    return _("The address is saved. What goes by post comes into the queue of letters within a minute.")


def _duty(request: HttpRequest, reference: str, number: int, what: str) -> NoticeDuty:
    """Return the notice, or the page of an unknown address where the person may not know of the case.

    `what`: a word of ours for what is asked, which is written down where the case is sealed.
    """
    case = opened(reader(request), reference, what)
    duty: NoticeDuty | None = notices_of(case).filter(Q(number=number)).first()
    if duty is None:
        raise Http404
    return duty


def _open_link(duty: NoticeDuty) -> CustomerLink | None:
    """Return the link that opens the customer's page now."""
    links = CustomerLink.objects.filter(case=duty.case_id, customer=duty.customer_id, revoked_at=None)
    return links.filter(expires_at__gt=timezone.now()).first()


def _message_of(duty: NoticeDuty, state: str) -> Message:
    """Return the message of a duty in that state. Raises Refused where somebody was faster."""
    message = Message.objects.filter(duty=duty, state=state).first()
    if message is None:
        raise Refused(_("Somebody has settled this already."))
    return message


def _done(
    request: HttpRequest, reference: str, number: int, work: Callable[[datetime], None], words: str
) -> HttpResponse:
    try:
        work(timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return redirect("notifications:staff_notice", reference, number)


def _page(
    request: HttpRequest, duty: NoticeDuty, address: AddressForm, settlement: SettlementForm, status: int = 200
) -> HttpResponse:
    case = duty.case
    may_work = reader(request).has_role(*WORKERS)
    travels = travels_of(duty)
    own = [message for message in travels if message.duty_id]  # what becomes of a reminder changes nothing
    is_uncertain = any(message.state == MessageState.UNCERTAIN for message in own)
    can_write = duty.customer is not None and duty.state in (DutyState.FAILED, DutyState.PENDING)
    return render(
        request,
        "notifications/staff_notice.html",
        {
            "duty": duty,
            "case": case,
            "travels": travels,
            "address": address if can_write and may_work and not is_uncertain else None,
            "may_come_back": may_work and any(message.state == MessageState.SENT for message in own),
            "settlement": settlement if is_uncertain and may_work else None,
            "link": _open_link(duty) if may_work else None,
            "crumbs": [
                (_("Notices"), reverse("notifications:attention")),
                (case.reference, case.get_absolute_url()),
                (_("Notice %(number)d") % {"number": duty.number}, ""),  # type: ignore[attr-defined]
            ],
        },
        status=status,
    )
