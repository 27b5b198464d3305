"""What would have left, where no mail server is set: the files of var/mail, for who may know of their cases."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import reader, role_required
from accounts.models import Role
from cases.models import Case
from notifications.envelopes import message_id
from notifications.models import Message
from notifications.states import MessageState, Way
from notifications.transports.files import goes_to_files, path_of

PER_PAGE = 25


@role_required(Role.ANALYST, Role.COUNSEL)
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """List the mails that were written to files."""
    _require_files()
    page = Paginator(_written(request), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/outbox.html", {"page": page})


@role_required(Role.ANALYST, Role.COUNSEL)
@require_safe
def letter(request: HttpRequest, key: str) -> HttpResponse:
    """Show one of them as the customer would read it, as text."""
    _require_files()
    message = _written(request).filter(key=key).first()
    path = path_of(message_id(message)) if message else None
    if message is None or path is None or not path.exists():
        raise Http404
    found: Any = message_from_bytes(path.read_bytes(), policy=policy.default)
    return render(
        request, "notifications/letter.html", {"message": message, "subject": found["Subject"], "text": _text(found)}
    )


def _require_files() -> None:
    if not goes_to_files():
        raise Http404(_("Mail leaves through a server."))


def _written(request: HttpRequest) -> Any:
    visible = Case.objects.visible_to(reader(request))
    sent = Message.objects.filter(state=MessageState.SENT, way=Way.EMAIL, case__in=visible)
    return sent.select_related("case", "duty__customer", "letter").order_by("-settled_at", "-id")


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(preferencelist=("plain",))
    return str(part.get_content()) if part else ""
