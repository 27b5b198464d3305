"""What others report of a message that left: it arrived, it came back. Each report counts once, in any order."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import Q

from cases.actions.changing import changing
from notifications.actions.sending import record_doubt
from notifications.actions.settling import came_back, settle_locked
from notifications.errands import errand_of
from notifications.models import DeliveryEvent, Message
from notifications.states import Because, EventKind, MessageState

LONGEST_ID = 200


@dataclass(frozen=True)
class Event:
    """One report: of which message (by our key, or by what the provider calls it), what, and when it happened."""

    source: str
    event_id: str
    kind: EventKind
    at: datetime
    key: str = ""
    provider_id: str = ""


def take_event(event: Event, *, now: datetime) -> bool:
    """Take a report and return whether it is of a message of ours; one that came before changes nothing.

    Delivered: an uncertain message is settled, a sent one confirmed. Came back: it failed, a person's work, unless
    another message does the errand by now. What contradicts a failure that somebody acted on is kept for them to see.
    """
    message = _message_of(event)
    if message is None:
        return False
    # Waits for a worker that talks to the relay about this very message: a report may be faster than its commit.
    with changing(message.case_id):
        message = Message.objects.get(pk=message.pk)
        row, is_new = DeliveryEvent.objects.get_or_create(
            message=message,
            source=event.source,
            event_id=_short(event.event_id),
            defaults={"kind": event.kind, "at": _within(event.at, message, now), "recorded_at": now, "counted": False},
        )
        if is_new and _count(message, row, now=now):
            row.counted = True
            row.save(update_fields=["counted"])
    return True


def _short(event_id: str) -> str:
    """Return an id as long as we keep them: what is cut off could be what tells two reports apart."""
    return event_id if len(event_id) <= LONGEST_ID else sha256(event_id.encode()).hexdigest()


def _message_of(event: Event) -> Message | None:
    # What no database can hold is nothing of ours.
    if not all(one.isprintable() for one in (event.key, event.provider_id, event.event_id)):
        return None
    if event.key:
        return Message.objects.filter(key=event.key).first()
    if not event.provider_id:
        return None
    ours = Q(attempts__provider_id=event.provider_id)
    return Message.objects.filter(ours).order_by("-id").first()


def _within(at: datetime, message: Message, now: datetime) -> datetime:
    """Return the moment as it can have been: not before the message was planned, not after now."""
    return min(max(at, message.planned_at), now)


def _count(message: Message, event: DeliveryEvent, *, now: datetime) -> bool:
    if _was_taken(message, event):
        record_doubt(errand_of(message), message, message.attempts.latest("number"), now=now)
        message.refresh_from_db()
    is_out = message.state in (MessageState.SENT, MessageState.UNCERTAIN)
    if event.kind == EventKind.BOUNCED and is_out:
        came_back(message.pk, because=Because.BOUNCED, by=None, now=now)
        return True
    if event.kind == EventKind.DELIVERED and message.state == MessageState.UNCERTAIN:
        settle_locked(message.pk, arrived=True, by=None, now=now)
        return True
    if event.kind == EventKind.DELIVERED and message.state == MessageState.SENT:
        errand_of(message).delivered(message, at=event.at, now=now, confirmed=True)
        return True
    return False


def _was_taken(message: Message, event: DeliveryEvent) -> bool:
    """Whether a report shows that an attempt whose outcome we do not have, or have wrong, handed the message over.

    On its way, and nobody holds the case: its worker died before it could write down that it left. To be tried again,
    and it arrived: whoever put it off had taken it, and it must not be sent twice.
    """
    if message.state == MessageState.CLAIMED:
        return event.kind in (EventKind.DELIVERED, EventKind.BOUNCED)
    is_waiting = message.state == MessageState.PLANNED and message.attempt_count > 0
    return is_waiting and event.kind == EventKind.DELIVERED
