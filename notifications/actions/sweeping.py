"""Attempts whose worker died: found, and called by their name."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from notifications.actions.sending import record_doubt
from notifications.batches import each
from notifications.errands import errand_of
from notifications.locks import locked_case
from notifications.models import Attempt, Message
from notifications.states import MessageState, Way

# Longer than any step before the sender takes the case's lock. While it holds that, it lives, and nothing is swept.
ABANDONED_AFTER = timedelta(minutes=5)


def sweep(*, now: datetime) -> int:
    """Call every attempt without an end uncertain, once its worker must be dead; return how many.

    Never sent again by itself: between its record and its end the mail may have left (invariant 4). What a person
    posts has no worker.
    """
    open_ended = Attempt.objects.filter(finished_at=None, started_at__lte=now - ABANDONED_AFTER)
    ours = open_ended.filter(message__state=MessageState.CLAIMED).exclude(message__way=Way.POST)
    return each("attempt", list(ours.values_list("pk", flat=True)), partial(_sweep, now=now))


@transaction.atomic
def _sweep(attempt_id: int, *, now: datetime) -> bool:
    attempt = Attempt.objects.select_related("message").get(pk=attempt_id)
    if locked_case(attempt.message.case_id) is None:
        return False
    message = Message.objects.select_for_update().get(pk=attempt.message_id)
    if message.state != MessageState.CLAIMED:
        return False
    record_doubt(errand_of(message), message, attempt, now=now)
    return True
