"""Posting: what was printed is in the post, since a day; a notice counts when the operator's days are over."""

from datetime import date, datetime, time, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases.actions.changing import Refused, changing, changing_for
from cases.queries.installation import hold_in_force
from cases.states import DutyState
from notifications import ledger_kinds as kinds
from notifications.actions.printing import WORKERS, end_attempt, locked
from notifications.batches import each
from notifications.errands import errand_of, record
from notifications.locks import locked_case
from notifications.models import Message
from notifications.posted import arrives_at, office_day
from notifications.states import AttemptOutcome, MessageState, Way
from notifications.stops import why_stop

# Days begin up to so much earlier where a customer lives than anywhere we ask.
EAST = timedelta(days=1)
AWAY = (DutyState.PENDING, DutyState.WITHHELD)


class WrongDay(Refused):
    """It cannot have been posted on that day."""


class MustNotLeave(Refused):
    """It must not be posted. Whoever posted it before they knew has to say so."""


def mark_posted(message: Message, *, posted_on: date, left_already: bool, by: User, now: datetime) -> None:
    """Note the day on which what was printed was posted. A letter to an authority left then; a notice counts later.

    What must not leave needs `left_already`: the person says that it had left. Raises WrongDay, MustNotLeave, and
    printing.TakenMeanwhile.
    """
    with changing_for(by, message.case_id, *WORKERS):
        message = locked(message.pk, MessageState.CLAIMED)
        printed_at = message.attempts.latest("number").started_at
        if not office_day(printed_at) <= posted_on <= office_day(now):
            raise WrongDay(
                _("It was printed on %(day)s: choose that day or a later one, and none in the future.")
                % {"day": office_day(printed_at).isoformat()}
            )
        errand = errand_of(message)
        because = why_stop(message, errand, now)
        if because and not left_already:
            raise MustNotLeave(_("This must not be posted: %(why)s") % {"why": because.label})
        message.state, message.posted_on = MessageState.SENT, posted_on
        message.settled_at, message.settled_by = now, by
        message.save(update_fields=["state", "posted_on", "settled_at", "settled_by"])
        end_attempt(message, errand, AttemptOutcome.SENT, by=by, now=now)
        record(errand, kinds.POSTED, now=now, by=by, day=posted_on)
        errand.posted(message, posted_on=posted_on, at=_moment(posted_on, printed_at, now), now=now)


def _moment(posted_on: date, printed_at: datetime, now: datetime) -> datetime:
    """Return a moment of that day at which it may have been posted: noon, but not before it was printed, nor later."""
    noon = datetime.combine(posted_on, time(12), tzinfo=settings.WRITDESK.receiving_zone)
    return min(max(noon, printed_at), now)


def count_posted(*, now: datetime) -> int:
    """Count every posted notice as delivered whose days are over and that does not count yet; return how many.

    A held installation counts nothing by itself.
    """
    if hold_in_force():
        return 0
    latest = now.date() + EAST - timedelta(days=settings.WRITDESK.posted_days)
    away = Message.objects.filter(way=Way.POST, state=MessageState.SENT, posted_on__lte=latest, case__is_held=False)
    uncounted = away.filter(duty__delivered_at=None, duty__state__in=AWAY)
    return each(
        "posted", list(uncounted.order_by("posted_on", "id").values_list("pk", flat=True)), partial(_count, now=now)
    )


@transaction.atomic
def _count(message_id: int, *, now: datetime) -> bool:
    found = Message.objects.get(pk=message_id)
    if locked_case(found.case_id) is None:
        return False
    message = Message.objects.select_related("duty__customer").get(pk=message_id)
    duty = message.duty
    if message.state != MessageState.SENT or message.posted_on is None or duty is None or duty.customer is None:
        return False
    at = arrives_at(duty.customer, message.posted_on)
    if now < at or duty.delivered_at or duty.state not in AWAY:
        return False
    errand_of(message).delivered(message, at=at, now=now)
    return True


def arrived_early(message_id: int, *, now: datetime) -> None:
    """Count a posted notice as delivered now: its customer has answered it, so they have it."""
    with changing(Message.objects.values_list("case_id", flat=True).get(pk=message_id)):
        message = Message.objects.get(pk=message_id)
        if message.state == MessageState.SENT:
            errand_of(message).delivered(message, at=now, now=now, confirmed=True)
