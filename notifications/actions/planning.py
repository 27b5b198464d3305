"""From what is owed to what is on its way: every duty that is due, and every letter let go, gets a message."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.crypto import salted_hmac

from cases.models import Letter, LetterState, NoticeDuty
from cases.states import DutyState
from notifications.batches import each
from notifications.errands import Errand, LetterErrand, NoticeErrand, ReminderErrand, record
from notifications.locks import locked_case
from notifications.models import Message
from notifications.states import LIVE, MessageState
from notifications.ways import unreachable


def plan_notices(*, now: datetime) -> int:
    """Plan a message for every duty that is due, may be told now and has none; return how many were planned.

    Asks "due and not yet done", never "due since the last run", so that nothing owed is forgotten (invariant 3). Two
    schedulers at once plan each duty once.
    """
    due = unplanned(now).order_by("due_at", "id")
    return each("duty", list(due.values_list("pk", flat=True)), partial(plan, now=now))


def plan_letters(*, now: datetime) -> int:
    """Plan a message for every letter that a person let go and that has none; return how many were planned."""
    live = Message.objects.filter(letter=OuterRef("pk"), state__in=LIVE)
    ready = Letter.objects.filter(~Exists(live), state=LetterState.READY, case__is_held=False)
    ids = list(ready.order_by("released_at", "id").values_list("pk", flat=True))
    return each("letter", ids, partial(plan_letter, now=now))


def plan_reminders(*, now: datetime) -> int:
    """Plan a reminder for every customer who was told, has not answered and whose days end soon; return how many.

    One that was sent, failed, or of which nobody knows, is no second time.
    """
    before = Message.objects.filter(reminder=OuterRef("pk")).exclude(state=MessageState.CANCELLED)
    soon = now + timedelta(days=settings.WRITDESK.reminder_days + 1)
    told = NoticeDuty.objects.filter(
        ~Exists(before),
        state=DutyState.DELIVERED,
        window_ends_at__gt=now,
        window_ends_at__lte=soon,
        waived_at=None,
        case__is_held=False,
    )
    return each("reminder", list(told.order_by("id").values_list("pk", flat=True)), partial(plan_reminder, now=now))


def plan_reminder(duty_id: int, *, now: datetime) -> bool:
    """Plan a reminder of one notice; return False where somebody holds its case, or there is to be none now."""
    case_id = NoticeDuty.objects.values_list("case_id", flat=True).get(pk=duty_id)
    return _plan(case_id, lambda: ReminderErrand.read(duty_id), now=now)


def unplanned(now: datetime) -> QuerySet[NoticeDuty]:
    """Return the duties that are due, have somebody to write to, and no live message."""
    live = Message.objects.filter(duty=OuterRef("pk"), state__in=LIVE)
    return NoticeDuty.objects.filter(
        ~Exists(live),
        state=DutyState.PENDING,
        due_at__lte=now,
        is_held=False,
        case__is_held=False,
    ).exclude(unreachable())


def plan(duty_id: int, *, now: datetime) -> bool:
    """Plan a message for one duty; return False where somebody holds its case, or it may not be told now."""
    case_id = NoticeDuty.objects.values_list("case_id", flat=True).get(pk=duty_id)
    return _plan(case_id, lambda: NoticeErrand.read(duty_id), now=now)


def plan_letter(letter_id: int, *, now: datetime) -> bool:
    """Plan a message for one letter; return False where somebody holds its case, or it may not leave now."""
    case_id = Letter.objects.values_list("case_id", flat=True).get(pk=letter_id)
    return _plan(case_id, lambda: LetterErrand.read(letter_id), now=now)


@transaction.atomic
def _plan(case_id: int, read: Callable[[], Errand], *, now: datetime) -> bool:
    if locked_case(case_id) is None:
        return False
    # Read under the lock: whoever planned it a moment ago has committed by now.
    errand = read()
    before = Message.objects.filter(**errand.named)
    ways = errand.ways()
    if not ways or before.filter(state__in=LIVE).exists() or errand.why_not(now):
        return False
    message = Message(case=errand.case, planned_at=now, next_attempt_at=now, **_ids(errand))
    message.key = _key(errand, turn=before.count() + 1)
    errand.address(message, ways[0])
    message.save(force_insert=True)
    record(errand, errand.travel.planned, now=now, template=message.template, language=message.language)
    return True


def _ids(errand: Errand) -> dict[str, int]:
    return {f"{name}_id": pk for name, pk in errand.named.items()}


def _key(errand: Errand, *, turn: int) -> str:
    """Return the same key for the same errand and turn, which tells a stranger neither."""
    ((name, pk),) = errand.named.items()
    return salted_hmac("notifications.message", f"{name}:{pk}:{turn}", algorithm="sha256").hexdigest()[:32]
