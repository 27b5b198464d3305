"""Where other systems report what became of a message. They sign what they send; nobody is signed in."""

import json
import logging
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from anymail.signals import AnymailTrackingEvent
from anymail.urls import urlpatterns as anymail_addresses
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from notifications.actions.events import Event, take_event
from notifications.signatures import BadSignature, require_signature
from notifications.states import EventKind

logger = logging.getLogger(__name__)

LARGEST = 64 * 1024  # bytes
BY_PROVIDERS = {
    "delivered": EventKind.DELIVERED,
    "bounced": EventKind.BOUNCED,
    "rejected": EventKind.BOUNCED,
    "failed": EventKind.BOUNCED,
    "deferred": EventKind.DELAYED,
    "complained": EventKind.COMPLAINED,
}


@csrf_exempt  # the signature is what proves the caller
@require_POST
def messaging(request: HttpRequest) -> HttpResponse:
    """Take a report of the provider's own messages: {"id": …, "event": "delivered" or "failed", "at": …}.

    401 for a wrong signature, 400 for what makes no sense; 202 for everything else, also for what is not ours: a
    caller learns nothing of which messages there are.
    """
    now = timezone.now()
    if len(request.body) > LARGEST:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        event_id = require_signature(settings.WRITDESK.messaging_secret, request.headers, request.body, now)
    except BadSignature:
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    event = _event(event_id, request.body, now)
    if event is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    take_event(event, now=now)
    return HttpResponse(status=HTTPStatus.ACCEPTED)


def _event(event_id: str, body: bytes, now: datetime) -> Event | None:
    try:
        said = json.loads(body)
        kind = {"delivered": EventKind.DELIVERED, "failed": EventKind.BOUNCED}[said["event"]]
        at = parse_datetime(said["at"]) if "at" in said else now
        if not isinstance(said["id"], str) or at is None or timezone.is_naive(at):
            return None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return Event("messaging", event_id, kind, at, key=said["id"])


@csrf_exempt  # django-anymail checks the secret, and the provider's own signature where it has one
def provider(request: HttpRequest) -> HttpResponseBase:
    """Take reports of the provider whose API sends our mail; there is no such page without one, or without a secret."""
    backend = settings.EMAIL_BACKEND
    if not backend.startswith("anymail.") or not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        raise Http404
    name = f"{backend.split('.')[-2]}_tracking_webhook"
    view: Callable[[HttpRequest], HttpResponseBase] | None = next(
        (one.callback for one in anymail_addresses if one.name == name), None
    )
    if view is None:
        raise Http404
    return view(request)


def take_tracking(event: AnymailTrackingEvent, esp_name: str, **_more: object) -> None:
    """Take a report that django-anymail has read and whose secret it has checked; other kinds change nothing."""
    kind = BY_PROVIDERS.get(event.event_type)
    if kind is None:
        return
    now = timezone.now()
    known = take_event(
        Event(
            source=f"anymail:{esp_name.lower()}"[:30],
            event_id=event.event_id or f"{event.message_id}:{event.event_type}",
            kind=kind,
            at=event.timestamp or now,
            key=str((event.metadata or {}).get("key", "")),
            provider_id=event.message_id or "",
        ),
        now=now,
    )
    if not known:
        logger.info("a provider's report of a message that is not ours")
