"""Sending: what is due leaves, each attempt on record before its first byte. The reasons: docs/decisions/0004."""

import time
from datetime import datetime, timedelta

from django.db import transaction

from notifications.actions.claiming import BUSY, Parcel, cancel, claim, fail
from notifications.backoff import is_over, next_attempt_at
from notifications.batches import each
from notifications.errands import Errand, locked_errand, record
from notifications.models import Attempt, Message
from notifications.states import AttemptOutcome, Because, MessageState, Way
from notifications.transports import Carrier, Reply, opened

BATCH = 200
AFTER_AN_ERROR = timedelta(minutes=10)


def send_due(*, now: datetime) -> int:
    """Send what leaves by itself and is due, over one connection, until none is left; return how many were handed over.

    Any number of workers may run at once: each message is claimed by one. `now` is when the batch begins; a message
    is sent at that moment plus the whole seconds that the batch has taken by then.
    """
    began, handed_over = time.monotonic(), 0

    def moment() -> datetime:
        return now + timedelta(seconds=int(time.monotonic() - began))

    with opened() as carrier:
        while ids := _due(moment()):
            handed_over += each("message", ids, lambda pk: send(pk, now=moment(), carrier=carrier))
    return handed_over


def _due(now: datetime) -> list[int]:
    due = Message.objects.filter(state=MessageState.PLANNED, next_attempt_at__lte=now).exclude(way=Way.POST)
    return list(due.order_by("next_attempt_at", "id").values_list("pk", flat=True)[:BATCH])


def send(message_id: int, *, now: datetime, carrier: Carrier) -> bool:
    """Claim one message and hand it over; return whether the relay took it."""
    try:
        parcel = claim(message_id, now=now)
    except Exception:
        # Out of the way of the others, whatever is wrong with it, and on the staff's page. The error goes on to whoever
        # asked.
        stopped = Message.objects.filter(pk=message_id, state=MessageState.PLANNED)
        stopped.update(next_attempt_at=now + AFTER_AN_ERROR, because=Because.BROKEN)
        raise
    return parcel is not None and hand_over(parcel, now=now, carrier=carrier)


@transaction.atomic
def hand_over(parcel: Parcel, *, now: datetime, carrier: Carrier) -> bool:
    """Ask every rule again under the case's lock, talk to the relay inside it, and record what it said.

    An order not to tell waits for this lock, or holds it: it stops the message or finds the duty delivered
    (invariant 2). Whoever kills this process rolls all of it back, and leaves an attempt without outcome (invariant 4).
    """
    # Waited for: another worker may look at the message for a moment, to see that it is taken.
    attempt = Attempt.objects.select_for_update().select_related("message").get(pk=parcel.attempt_id)
    message = attempt.message
    if message.state != MessageState.CLAIMED or attempt.finished_at:
        return False  # a sweep took us for dead
    errand = locked_errand(message)
    if errand and (because := errand.why_not(now)):
        _end(attempt, Reply(AttemptOutcome.DEFERRED), now=now)
        cancel(message, errand, because, now=now)
        return False
    if errand is None or errand.made_of() != parcel.made_of:
        _end(attempt, Reply(AttemptOutcome.DEFERRED), now=now)
        _put_off(message, until=now + BUSY)
        return False
    reply = carrier.send(parcel.mail, parcel.way)
    record_reply(errand, message, attempt, reply, now=now)
    return reply.outcome == AttemptOutcome.SENT


def record_reply(errand: Errand, message: Message, attempt: Attempt, reply: Reply, *, now: datetime) -> None:
    """Write down what became of an attempt, in the transaction in which it was made."""
    _end(attempt, reply, now=now)
    if reply.outcome is None:
        record_doubt(errand, message, attempt, now=now)
        return
    if reply.outcome == AttemptOutcome.SENT:
        message.state, message.settled_at = MessageState.SENT, now
        message.save(update_fields=["state", "settled_at"])
    record(
        errand,
        errand.travel.attempt_ended,
        now=now,
        number=attempt.number,
        outcome=reply.outcome,
        reply=reply.code,
    )
    match reply.outcome:
        case AttemptOutcome.SENT:
            errand.delivered(message, at=now, now=now)
        case AttemptOutcome.REFUSED:
            fail(message, errand, Because.REFUSED, now=now)
        case _ if is_over(now, message.planned_at):
            fail(message, errand, Because.GAVE_UP, now=now)
        case _:
            _put_off(message, until=next_attempt_at(now, attempt.number, message.key))


def record_doubt(errand: Errand, message: Message, attempt: Attempt, *, now: datetime) -> None:
    """Note that nobody knows whether it arrived: never sent again, never counted as delivered."""
    message.state = MessageState.UNCERTAIN
    message.save(update_fields=["state"])
    errand.doubted(now=now)
    record(errand, errand.travel.uncertain, now=now, number=attempt.number)


def _end(attempt: Attempt, reply: Reply, *, now: datetime) -> None:
    attempt.finished_at, attempt.outcome, attempt.reply_code = now, reply.outcome, reply.code
    attempt.through, attempt.provider_id = reply.through, reply.provider_id
    attempt.save(update_fields=["finished_at", "outcome", "reply_code", "through", "provider_id"])


def _put_off(message: Message, *, until: datetime) -> None:
    message.state, message.next_attempt_at = MessageState.PLANNED, until
    message.save(update_fields=["state", "next_attempt_at"])
