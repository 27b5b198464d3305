"""Attempts whose worker died: found, and called by their name."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from notifications.actions.sending import record_doubt
from notifications.batches import each
from notifications.locks import locked_case
from notifications.models import Attempt, Message
from notifications.states import MessageState

# Longer than any step before the sender takes the case's lock. While it holds that, it lives, and nothing is swept.
ABANDONED_AFTER = timedelta(minutes=5)


def sweep(*, now: datetime) -> int:
    """Call every attempt without an end uncertain, once its worker must be dead; return how many.

    Never sent again by itself: between its record and its end the mail may have left (invariant 4).
    """
    open_ended = Attempt.objects.filter(finished_at=None, started_at__lte=now - ABANDONED_AFTER)
    ours = open_ended.filter(message__state=MessageState.CLAIMED)
    return each("attempt", list(ours.values_list("pk", flat=True)), partial(_sweep, now=now))


@transaction.atomic
def _sweep(attempt_id: int, *, now: datetime) -> bool:
    attempt = Attempt.objects.select_related("message__duty").get(pk=attempt_id)
    case = locked_case(attempt.message.duty.case_id)
    if case is None:
        return False
    message = Message.objects.select_for_update().get(pk=attempt.message_id)
    if message.state != MessageState.CLAIMED:
        return False
    record_doubt(case, message, attempt, now=now)
    return True
