"""Deadlines that come near or pass, told to people in time; and clocks that run out by themselves."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, QuerySet

from cases import ledger_kinds as kinds
from cases.actions.changing import record
from cases.actions.clocks import requeue
from cases.actions.preservations import exempt
from cases.models import Clock
from cases.rules.clocks import CLOCKS, MET_BY_A_PERSON, NOBODY_IS_LATE, clock_rule
from cases.states import ClockState

WARN_BEFORE = timedelta(hours=24)
FREES_US = "exempt"  # what a rule does when it is over: the authority left its order unclear
# A life so short is told of at once, or nearly: it is told of again when an eighth of it is left.
SHORT_LIFE, LAST_PART = timedelta(days=4), 8


def warn_of_deadlines(*, now: datetime) -> int:
    """Note, once each, which deadlines are near and which have passed; return how many. The sending is notifications'.

    Invariant 13. Asks "near and not yet noted", so that a night without a scheduler forgets nothing. What lives for
    hours is noted a second time in the last part of them.
    """
    running = Clock.objects.filter(state=ClockState.RUNNING, case__is_held=False).select_related("case")
    near = running.filter(due_at__lte=now + WARN_BEFORE, warned_at=None)
    passed = running.filter(due_at__lte=now, escalated_at=None).exclude(rule__in=NOBODY_IS_LATE)
    noted = sum(_note_near(clock, now=now) for clock in near)
    noted += sum(_note_near(clock, now=now) for clock in _nearer(running, now))
    return noted + sum(_note_passed(clock, now=now) for clock in passed)


def _nearer(running: QuerySet[Clock], now: datetime) -> QuerySet[Clock]:
    """Return the clocks of a short life that were told of before its last part, which has begun."""
    ending = running.filter(due_at__gt=now, due_at__lte=now + SHORT_LIFE / LAST_PART)
    life = ExpressionWrapper(F("due_at") - F("event_at"), DurationField())
    last_part = ExpressionWrapper(F("due_at") - life / LAST_PART, DateTimeField())
    return ending.alias(life=life, last_part=last_part).filter(
        life__lte=SHORT_LIFE, last_part__lte=now, warned_at__lt=F("last_part")
    )


def run_out(*, now: datetime) -> int:
    """End the clocks that no answer meets and whose time is over; return how many. Runs after the warnings."""
    over = Clock.objects.filter(state=ClockState.RUNNING, ends_answer=False, due_at__lte=now, case__is_held=False)
    over = over.exclude(rule__in=MET_BY_A_PERSON)
    return sum(_run_out(clock, now=now) for clock in over.select_related("case"))


def _note_near(clock: Clock, *, now: datetime) -> int:
    unnoted = Clock.objects.filter(pk=clock.pk, warned_at=clock.warned_at)
    return _once(
        lambda: unnoted.update(warned_at=now),
        lambda: record(clock.case, kinds.DEADLINE_WARNED, at=now, by=None, rule=clock.rule, due=clock.due_at),
    )


def _note_passed(clock: Clock, *, now: datetime) -> int:
    unnoted = Clock.objects.filter(pk=clock.pk, escalated_at=None)
    return _once(
        lambda: unnoted.update(escalated_at=now),
        lambda: record(clock.case, kinds.DEADLINE_PASSED, at=now, by=None, rule=clock.rule, due=clock.due_at),
    )


def _run_out(clock: Clock, *, now: datetime) -> int:
    # Asked again: it may have been extended since it was found.
    running = Clock.objects.filter(pk=clock.pk, state=ClockState.RUNNING, due_at__lte=now)
    ended = _once(
        lambda: running.update(state=ClockState.OVER, settled_at=now),
        lambda: _note_over(clock, now=now),
    )
    requeue(clock.case)
    return ended


def _note_over(clock: Clock, *, now: datetime) -> None:
    record(clock.case, kinds.CLOCK_SETTLED, at=now, by=None, rule=clock.rule, state=ClockState.OVER)
    if clock.rule in CLOCKS and clock_rule(clock.rule).action_when_over == FREES_US:
        exempt(clock.case, now=now)


def _once(swap: Callable[[], int], write: Callable[[], None]) -> int:
    """Compare and swap, then write: with two schedulers at once, one of them writes the entry."""
    with transaction.atomic():
        if not swap():
            return 0
        write()
        return 1
