"""The first of the two transactions of a sending: the message becomes ours, the attempt is on record."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import prefetch_related_objects

from cases.actions.duties import record_failure
from cases.models import Case, NoticeDuty
from ledger.actions import append
from notifications import ledger_kinds as kinds
from notifications.actions.wordings import note_broken
from notifications.choice import mail_for
from notifications.facts import MissingFact
from notifications.languages import language_for
from notifications.locks import locked_duty
from notifications.models import Attempt, Message
from notifications.permission import why_not
from notifications.rendering import render
from notifications.saying import WordingBroken
from notifications.states import Because, MessageState
from notifications.versions import in_use

BUSY = timedelta(seconds=5)  # somebody works on the case, or another message of it is on its way


@dataclass(frozen=True)
class Parcel:
    """A claimed message, ready to leave: nothing of it was sent yet, but its attempt is on record."""

    message_id: int
    attempt_id: int
    case_state: str  # in which its words are right
    mail: EmailMultiAlternatives


@transaction.atomic
def claim(message_id: int, *, now: datetime) -> Parcel | None:
    """Return the message ready to leave, its attempt recorded; None where it is another's, or may not leave now.

    A message that may not leave is cancelled with the reason (the duty stays, and is planned again when it may); one
    that lacks a fact fails.
    """
    due = Message.objects.filter(pk=message_id, state=MessageState.PLANNED, next_attempt_at__lte=now)
    message = due.select_for_update(skip_locked=True).first()
    if message is None:
        return None
    duty = locked_duty(message.duty_id)
    if duty is None:
        message.next_attempt_at = now + BUSY
        message.save(update_fields=["next_attempt_at"])
        return None
    case = duty.case
    # No order can be recorded while we hold the case: read once, asked by the rules and told by the mail.
    prefetch_related_objects([case], "orders")
    if because := why_not(case, duty, now):
        cancel(message, case, because, now=now)
        return None
    try:
        mail = _made_up(message, case, duty, now)
    except MissingFact:
        fail(message, case, Because.MISSING_FACT, now=now)
        return None
    return Parcel(message.pk, _begin(message, case, now=now).pk, case.state, mail)


def _made_up(message: Message, case: Case, duty: NoticeDuty, now: datetime) -> EmailMultiAlternatives:
    """Choose mail, language and address anew: since the planning the case or the customer may have moved."""
    customer = duty.customer
    if customer is None:
        raise MissingFact("customer")
    message.template = mail_for(case, duty).name
    message.language = language_for(customer.language)
    message.recipient = customer.email
    message.wording = in_use(message.template, message.language)
    try:
        return render(message, case, duty, now)
    except WordingBroken:
        # The built-in words say all that the law demands, and the customer is owed the notice now.
        note_broken(message.wording, now=now)
        message.wording = None
        return render(message, case, duty, now)


def _begin(message: Message, case: Case, *, now: datetime) -> Attempt:
    message.state = MessageState.CLAIMED
    message.attempt_count += 1
    message.save(update_fields=["state", "attempt_count", "template", "language", "recipient", "wording"])
    attempt = Attempt.objects.create(message=message, number=message.attempt_count, started_at=now)
    append(
        stream=case.stream,
        kind=kinds.ATTEMPTED,
        at=now,
        by=None,
        duty=message.duty_id,
        number=attempt.number,
        wording=message.wording.number if message.wording else None,
    )
    return attempt


def cancel(message: Message, case: Case, because: Because, *, now: datetime) -> None:
    """End a message that may not leave. Its duty stays what it is."""
    message.state, message.because, message.settled_at = MessageState.CANCELLED, because, now
    message.save(update_fields=["state", "because", "settled_at"])
    append(stream=case.stream, kind=kinds.CANCELLED, at=now, by=None, duty=message.duty_id, because=because)


def fail(message: Message, case: Case, because: Because, *, now: datetime) -> None:
    """End a message for good and make its duty a person's work."""
    message.state, message.because, message.settled_at = MessageState.FAILED, because, now
    message.save(update_fields=["state", "because", "settled_at", "settled_by"])
    append(stream=case.stream, kind=kinds.FAILED, at=now, by=None, duty=message.duty_id, because=because)
    record_failure(duty_id=message.duty_id, now=now, because=because)
