"""The first of the two transactions of a sending: the message becomes ours, the attempt is on record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from accounts.models import User
from notifications.actions.wordings import note_broken
from notifications.envelopes import is_addressable
from notifications.errands import Errand, locked_errand, record
from notifications.facts import MissingFact
from notifications.models import Attempt, Message
from notifications.saying import WordingBroken
from notifications.states import Because, MessageState, Way

Made = TypeVar("Made")
BUSY = timedelta(seconds=5)  # somebody works on the case, or another message of it is on its way


@dataclass(frozen=True)
class Parcel:
    """A claimed message, ready to leave: nothing of it was sent yet, but its attempt is on record."""

    message_id: int
    attempt_id: int
    way: Way
    made_of: tuple[object, ...]  # what its words and its address follow from
    mail: EmailMultiAlternatives


@transaction.atomic
def claim(message_id: int, *, now: datetime) -> Parcel | None:
    """Return the message ready to leave, its attempt recorded; None where it is another's, or may not leave now.

    A message that may not leave is cancelled with the reason (what it was to do stays, and is planned again when it
    may); one that lacks a fact fails.
    """
    due = Message.objects.filter(pk=message_id, state=MessageState.PLANNED, next_attempt_at__lte=now)
    message = due.select_for_update(skip_locked=True).first()
    if message is None:
        return None
    errand = locked_errand(message)
    if errand is None:
        message.next_attempt_at = now + BUSY
        message.save(update_fields=["next_attempt_at"])
        return None
    if because := errand.why_not(now):
        cancel(message, errand, because, now=now)
        return None
    ways = errand.ways()
    if message.way not in ways:
        # Since the planning the customer may have got or lost an address.
        cancel(message, errand, Because.NEW_ADDRESS if ways else Because.NO_CONTACT, now=now)
        return None
    try:
        mail = made_up(message, errand, errand.compose, now=now)
    except MissingFact:
        fail(message, errand, Because.MISSING_FACT, now=now)
        return None
    if message.way == Way.EMAIL and not is_addressable(message.recipient):
        fail(message, errand, Because.BAD_ADDRESS, now=now)
        return None
    return Parcel(message.pk, begin(message, errand, now=now).pk, Way(message.way), errand.made_of(), mail)


def made_up(message: Message, errand: Errand, make: Callable[[Message, datetime], Made], *, now: datetime) -> Made:
    """Choose mail, language and address anew (since the planning the case or the customer may have moved), and make it.

    Raises facts.MissingFact.
    """
    errand.address(message, Way(message.way))
    try:
        return make(message, now)
    except WordingBroken:
        # The built-in words say all that the law demands, and the customer is owed the notice now.
        note_broken(message.wording, now=now)
        message.wording = None
        return make(message, now)


def begin(message: Message, errand: Errand, *, now: datetime, by: User | None = None, through: str = "") -> Attempt:
    """Put an attempt on record, and the message on its way."""
    message.state = MessageState.CLAIMED
    message.attempt_count += 1
    message.because = ""  # an error that stopped it before is over
    message.save(update_fields=["state", "because", "attempt_count", "template", "language", "recipient", "wording"])
    attempt = Attempt.objects.create(message=message, number=message.attempt_count, started_at=now, through=through)
    words: dict[str, Any] = {"wording": message.wording.number} if message.wording else {}
    record(errand, errand.travel.attempted, now=now, by=by, number=attempt.number, **words)
    return attempt


def cancel(message: Message, errand: Errand, because: Because, *, now: datetime, by: User | None = None) -> None:
    """End a message that may not leave. What it was to do stays what it is."""
    message.state, message.because, message.settled_at = MessageState.CANCELLED, because, now
    message.save(update_fields=["state", "because", "settled_at"])
    record(errand, errand.travel.cancelled, now=now, by=by, because=because)


def fail(message: Message, errand: Errand, because: Because, *, now: datetime) -> None:
    """End a message for good and make what it was to do a person's work."""
    message.state, message.because, message.settled_at = MessageState.FAILED, because, now
    message.save(update_fields=["state", "because", "settled_at", "settled_by"])
    record(errand, errand.travel.failed, now=now, because=because)
    errand.failed(because=because, now=now)
