"""From what is owed to what is on its way: every duty that is due and has no message gets one."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.crypto import salted_hmac

from cases.models import NoticeDuty
from cases.states import DutyState
from ledger.actions import append
from notifications import ledger_kinds as kinds
from notifications.batches import each
from notifications.choice import mail_for
from notifications.languages import language_for
from notifications.locks import locked_case
from notifications.models import Message
from notifications.permission import why_not
from notifications.states import LIVE


def plan_notices(*, now: datetime) -> int:
    """Plan a message for every duty that is due, may be told now and has none; return how many were planned.

    Asks "due and not yet done", never "due since the last run", so that nothing owed is forgotten (invariant 3). Two
    schedulers at once plan each duty once.
    """
    due = unplanned(now).order_by("due_at", "id")
    return each("duty", list(due.values_list("pk", flat=True)), partial(plan, now=now))


def unplanned(now: datetime) -> QuerySet[NoticeDuty]:
    """Return the duties that are due, have somebody to write to, and no live message."""
    live = Message.objects.filter(duty=OuterRef("pk"), state__in=LIVE)
    return NoticeDuty.objects.filter(
        ~Exists(live),
        state=DutyState.PENDING,
        due_at__lte=now,
        is_held=False,
        case__is_held=False,
        customer__isnull=False,
    ).exclude(customer__email="")


@transaction.atomic
def plan(duty_id: int, *, now: datetime) -> bool:
    """Plan a message for one duty; return False where somebody holds its case, or it may not be told now."""
    case = locked_case(NoticeDuty.objects.values_list("case_id", flat=True).get(pk=duty_id))
    if case is None:
        return False
    # Read under the lock: whoever planned it a moment ago has committed by now.
    duty = NoticeDuty.objects.select_related("customer").get(pk=duty_id)
    if duty.customer is None or duty.messages.filter(state__in=LIVE).exists() or why_not(case, duty, now):
        return False
    customer = duty.customer
    message = Message.objects.create(
        duty=duty,
        key=_key(duty),
        template=mail_for(case, duty).name,
        language=language_for(customer.language),
        recipient=customer.email,
        planned_at=now,
        next_attempt_at=now,
    )
    append(
        stream=case.stream,
        kind=kinds.PLANNED,
        at=now,
        by=None,
        duty=duty.pk,
        template=message.template,
        language=message.language,
    )
    return True


def _key(duty: NoticeDuty) -> str:
    """Return the same key for the same duty and turn, which tells a stranger neither."""
    turn = duty.messages.count() + 1
    return salted_hmac("notifications.message", f"{duty.pk}:{turn}", algorithm="sha256").hexdigest()[:32]
