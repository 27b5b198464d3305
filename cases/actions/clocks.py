"""The clocks of a case: started by events, paused, met, and told to people in time."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Min

from accounts.models import User
from cases import ledger_kinds as kinds
from cases.actions.changing import record
from cases.models import Case, Clock
from cases.models.case import NEVER
from cases.rules.clocks import FOLLOW_UP_PAPER, ClockRule, clock_rule, receipt_clocks
from cases.rules.deadlines import Deadline, Pause, deadline, return_date_deadline, shifted
from cases.rules.emergency import paper_deadline
from cases.states import ClockState

RETURN_DATE = "return_date"
STOPS_DELIVERY = "stop_delivery"
ANSWERED_BY = "answer_overdue"  # what a rule does when it is over, where answering in time is what it wants


def zone() -> ZoneInfo:
    """The zone in which the receiving office counts."""
    return settings.WRITDESK.receiving_zone


def start_receipt_clocks(case: Case, *, now: datetime) -> None:
    """Start what the instrument starts on receipt, and the return date on its face."""
    clocks = clocks_of_receipt(case)
    Clock.objects.bulk_create(clocks)
    for clock in clocks:
        _record_start(case, clock, now=now)
    requeue(case)


def clocks_of_receipt(case: Case) -> list[Clock]:
    """Return the clocks that run from the receipt of the case, not saved: for writers of many rows at once."""
    rules = receipt_clocks(case.instrument, emergency=case.is_emergency, authority_notified=case.authority_notified)
    clocks = [_clock(case, rule, case.received_at) for rule in rules]
    if case.return_date:
        clocks.append(_return_date_clock(case))
    return clocks


def start_clock(case: Case, rule_code: str, *, event_at: datetime, now: datetime, by: User | None) -> Clock:
    """Start one clock at an event and return it."""
    clock = _clock(case, clock_rule(rule_code), event_at)
    clock.save()
    _record_start(case, clock, now=now, by=by)
    requeue(case)
    return clock


def computed(clock: Clock) -> Deadline | None:
    """Return the deadline of a clock with its pauses, None while it stands still. The same as its rule gives."""
    case = clock.case
    if clock.rule == RETURN_DATE and case.return_date:
        original = return_date_deadline(case.return_date, zone())
    elif clock.rule == FOLLOW_UP_PAPER and case.follow_up_paper_date:
        original = paper_deadline(case.follow_up_paper_date, zone())
    else:
        original = deadline(clock_rule(clock.rule), clock.event_at, zone(), settings.WRITDESK.receiving_country)
    return shifted(original, [_pause(*stretch) for stretch in clock.pauses])


def _pause(start: str, end: str | None) -> Pause:
    return Pause(datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None)


def pause(case: Case, clocks: Iterable[Clock], *, now: datetime) -> None:
    """Let clocks stand still from now."""
    for clock in clocks:
        clock.pauses.append([now.isoformat(), None])
        clock.state = ClockState.PAUSED
        clock.save(update_fields=["pauses", "state"])
    requeue(case)


def resume(case: Case, *, now: datetime) -> None:
    """Let paused clocks run on from now, and move their ends by the time they stood still."""
    for clock in case.clocks.filter(state=ClockState.PAUSED):
        _run_on(clock, now=now)
        clock.state = ClockState.RUNNING
        clock.warned_at = clock.escalated_at = None  # that was of another day: the new one is told again (invariant 13)
        clock.save()
    requeue(case)


def _run_on(clock: Clock, *, now: datetime) -> None:
    clock.pauses[-1][1] = now.isoformat()
    _take(clock, computed(clock))


def settle_clocks(case: Case, state: ClockState, *, now: datetime, by: User | None, answering: bool = True) -> None:
    """End the clocks that answering ends (or, for `answering=False`, all that still run)."""
    running = case.clocks.filter(state__in=[ClockState.RUNNING, ClockState.PAUSED])
    for clock in running.filter(ends_answer=True) if answering else running:
        if clock.state == ClockState.PAUSED:
            _run_on(clock, now=now)
        clock.state, clock.settled_at = state, now
        clock.save()
        record(case, kinds.CLOCK_SETTLED, at=now, by=by, rule=clock.rule, state=state)
    requeue(case)


def restart_return_date(case: Case, *, now: datetime, by: User | None) -> None:
    """Let the clock of the return date run to the case's present one; one that stands still for a question ends."""
    case.clocks.filter(rule=RETURN_DATE, state__in=[ClockState.RUNNING, ClockState.PAUSED]).update(
        state=ClockState.VOID, settled_at=now
    )
    clock = _return_date_clock(case)
    clock.save()
    _record_start(case, clock, now=now, by=by)
    requeue(case)


def restart_clocks(case: Case) -> None:
    """Begin again the clocks that answering had ended, for a case that is open again. What is late is late."""
    case.clocks.filter(ends_answer=True).exclude(state=ClockState.VOID).update(
        state=ClockState.RUNNING, settled_at=None, warned_at=None, escalated_at=None
    )
    requeue(case)


def requeue(case: Case) -> None:
    """Keep the nearest end of a running clock on the case, by which the queue is sorted."""
    nearest = case.clocks.filter(state=ClockState.RUNNING).aggregate(at=Min("due_at"))["at"]
    case.queue_at = nearest or NEVER
    Case.objects.filter(pk=case.pk).update(queue_at=case.queue_at)


def _clock(case: Case, rule: ClockRule, event_at: datetime) -> Clock:
    clock = Clock(
        case=case,
        rule=rule.code,
        event_at=event_at,
        ends_answer=rule.action_when_over == ANSWERED_BY,
        ends_delivery=rule.action_when_over == STOPS_DELIVERY,
        source=rule.source,
    )
    _take(clock, computed(clock))
    return clock


def _return_date_clock(case: Case) -> Clock:
    assert case.return_date is not None  # noqa: S101 - the caller has just asked
    clock = Clock(case=case, rule=RETURN_DATE, event_at=case.received_at)
    _take(clock, return_date_deadline(case.return_date, zone()))
    return clock


def _take(clock: Clock, found: Deadline | None) -> None:
    if found is None:
        return
    clock.due_at, clock.not_before_at = found.due_at, found.not_before_at
    clock.explanation, clock.source, clock.alternative = found.explanation, found.source, found.alternative


def _record_start(case: Case, clock: Clock, *, now: datetime, by: User | None = None) -> None:
    record(case, kinds.CLOCK_STARTED, at=now, by=by, rule=clock.rule, due=clock.due_at, not_before=clock.not_before_at)
