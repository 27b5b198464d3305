"""The clocks of a case: started by events, paused, met, and told to people in time."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Min

from accounts.models import User
from cases import ledger_kinds as kinds
from cases.actions.changing import committed, record
from cases.models import Case, Challenge, Clock, ClockChange, ClockChangeKind
from cases.models.case import NEVER
from cases.rules.clocks import FOLLOW_UP_PAPER, ClockRule, clock_rule, codes_of_receipt, receipt_clocks
from cases.rules.deadlines import Deadline, Pause, deadline, named_deadline, return_date_deadline
from cases.rules.emergency import paper_deadline
from cases.rules.extensions import Extension, standing
from cases.states import ClockState

RETURN_DATE = "return_date"
STOPS_DELIVERY = "stop_delivery"
ANSWERED_BY = "answer_overdue"  # what a rule does when it is over, where answering in time is what it wants
LIVE = (ClockState.RUNNING, ClockState.PAUSED)

# Why a clock stood still or ran on without anybody's own words; cases.views.words says them.
AGENCY_ASKED, AGENCY_REPLIED, SETTLED = "agency_asked", "agency_replied", "settled"
CHALLENGED, CHALLENGE_ENDED = "challenged", "challenge_ended"
HOLD_EXTENDED = "hold_extended"
CODES = frozenset({AGENCY_ASKED, AGENCY_REPLIED, CHALLENGED, CHALLENGE_ENDED, SETTLED, HOLD_EXTENDED})


def zone() -> ZoneInfo:
    """The zone in which the receiving office counts."""
    return settings.WRITDESK.receiving_zone


def start_receipt_clocks(case: Case, *, now: datetime) -> None:
    """Start what the instrument starts on receipt, and the return date on its face."""
    _start(case, clocks_of_receipt(case), now=now)


def restart_receipt_clocks(case: Case, *, now: datetime) -> None:
    """Void the clocks of receipt that no longer apply, in an emergency say, and start those that do now.

    What runs in both circumstances runs on, with its pauses and extensions.
    """
    wanted = clocks_of_receipt(case)
    standing = case.clocks.filter(rule__in=[*codes_of_receipt(case.instrument), RETURN_DATE], state__in=LIVE)
    standing.exclude(rule__in=[clock.rule for clock in wanted]).update(state=ClockState.VOID, settled_at=now)
    # What was met, by an objection that was filed say, is not begun anew.
    met = case.clocks.filter(state__in=(ClockState.MET, ClockState.OVER), ends_answer=False)
    kept = {*standing.values_list("rule", flat=True), *met.values_list("rule", flat=True)}
    _start(case, [clock for clock in wanted if clock.rule not in kept], now=now)


def _start(case: Case, clocks: list[Clock], *, now: datetime) -> None:
    Clock.objects.bulk_create(clocks)
    for clock in clocks:
        _record_start(case, clock, now=now)
    requeue(case)


def clocks_of_receipt(case: Case) -> list[Clock]:
    """Return the clocks that run from the receipt of the case, not saved: for writers of many rows at once."""
    rules = receipt_clocks(
        case.instrument,
        case.received_at.astimezone(zone()).date(),
        emergency=case.is_emergency,
        authority_notified=case.authority_notified,
    )
    clocks = [_clock(case, rule, case.received_at) for rule in rules]
    if case.return_date:
        clocks.append(_return_date_clock(case))
    return clocks


def start_clock(
    case: Case,
    rule_code: str,
    *,
    event_at: datetime,
    now: datetime,
    by: User | None,
    named_date: date | None = None,
    challenge: Challenge | None = None,
) -> Clock:
    """Start one clock at an event and return it. `named_date`: its last day, where the rule counts nothing."""
    clock = _clock(case, clock_rule(rule_code), event_at, named_date)
    clock.challenge = challenge
    clock.save()
    _record_start(case, clock, now=now, by=by)
    requeue(case)
    return clock


def computed(clock: Clock) -> Deadline | None:
    """Return the deadline of a clock with its pauses and extensions, None while it stands still."""
    granted = clock.changes.filter(kind=ClockChangeKind.EXTENDED).values_list("until_date", "at")
    named = clock.named_date or named_day(clock.rule, clock.case)
    return counted(clock.rule, clock.event_at, named, clock.pauses, granted)


def named_day(rule: str, case: Case) -> date | None:
    """Return the day on which the clock ends where a paper or a person named it, instead of a rule that counts."""
    return {RETURN_DATE: case.return_date, FOLLOW_UP_PAPER: case.follow_up_paper_date}.get(rule)


def counted(
    rule: str,
    event_at: datetime,
    named: date | None,
    pauses: Iterable[tuple[str, str | None]],
    granted: Iterable[tuple[date | None, datetime]],
) -> Deadline | None:
    """Return the same from what is kept of it: pauses as instants in text, extensions as last day and when recorded."""
    if named:
        original = _of_named_day(rule, named)
    else:
        original = deadline(clock_rule(rule), event_at, zone(), settings.WRITDESK.receiving_country)
    extensions = [Extension(day, at) for day, at in granted if day]
    return standing(original, [_pause(*stretch) for stretch in pauses], extensions, zone())


def _of_named_day(rule: str, day: date) -> Deadline:
    if rule == RETURN_DATE:
        return return_date_deadline(day, zone())
    return paper_deadline(day, zone()) if rule == FOLLOW_UP_PAPER else named_deadline(clock_rule(rule), day, zone())


def _pause(start: str, end: str | None) -> Pause:
    return Pause(datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None)


def pause(case: Case, clocks: Iterable[Clock], *, why: str, by: User | None, now: datetime) -> None:
    """Let clocks stand still from now, with the reason and who gave it."""
    for clock in clocks:
        clock.pauses.append([now.isoformat(), None])
        clock.state = ClockState.PAUSED
        clock.save(update_fields=["pauses", "state"])
        note_change(clock, ClockChangeKind.SUSPENDED, why=why, by=by, now=now)
    requeue(case)


def resume_suspended(case: Case, cause: str, *, why: str, by: User | None, now: datetime) -> None:
    """Let the clocks run on that stood still for this cause. What a person suspended stands until a person says so."""
    for clock in case.clocks.filter(state=ClockState.PAUSED):
        if suspended_for(clock) == cause:
            run_on(case, clock, why=why, by=by, now=now)
    requeue(case)


def suspended_for(clock: Clock) -> str:
    """Return why a clock that stands still was suspended, in a person's words or as one of the codes above."""
    last = clock.changes.filter(kind=ClockChangeKind.SUSPENDED).last()
    return last.reason if last else AGENCY_ASKED


def run_on(case: Case, clock: Clock, *, why: str, by: User | None, now: datetime) -> None:
    """Let a paused clock run on from now, and move its end by the time it stood still. The caller requeues."""
    _end_pause(clock, why=why, by=by, now=now)
    clock.state = ClockState.RUNNING
    warn_anew(clock)
    clock.save()
    record(
        case,
        kinds.CLOCK_RESUMED,
        at=now,
        by=by,
        rule=clock.rule,
        due=clock.due_at,
        reason=_own_words(case, why, now=now),
    )


def _own_words(case: Case, why: str, *, now: datetime) -> str | None:
    return committed(case, "" if why in CODES else why, now=now)


def _end_pause(clock: Clock, *, why: str, by: User | None, now: datetime) -> None:
    clock.pauses[-1][1] = now.isoformat()
    _take(clock, computed(clock))
    note_change(clock, ClockChangeKind.RESUMED, why=why, by=by, now=now)


def warn_anew(clock: Clock) -> None:
    """Forget what was told of another day: the new one is told again (invariant 13). The caller saves."""
    clock.warned_at = clock.escalated_at = None


def retake(clock: Clock) -> None:
    """Compute a running clock's deadline anew. The caller saves."""
    _take(clock, computed(clock))


def note_change(
    clock: Clock, kind: ClockChangeKind, *, why: str, by: User | None, now: datetime, until: date | None = None
) -> None:
    """Keep who changed a clock, and why."""
    ClockChange.objects.create(clock=clock, kind=kind, at=now, until_date=until, reason=why, changed_by=by)


def settle_one(
    case: Case,
    rule: str,
    state: ClockState,
    *,
    now: datetime,
    by: User | None,
    challenge: Challenge | None = None,
    at: datetime | None = None,
) -> None:
    """End the running clock of one rule (of one challenge), if there is one; keep the queue where the others put it.

    `at` is when what ended it was done, where that is written down later.
    """
    running = case.clocks.filter(rule=rule, state__in=LIVE)
    for clock in running.filter(challenge=challenge) if challenge else running:
        clock.state, clock.settled_at = state, at or now
        clock.save(update_fields=["state", "settled_at"])
        record(case, kinds.CLOCK_SETTLED, at=now, by=by, rule=rule, state=state)
    requeue(case)


def run_after_all(case: Case, rule: str, *, now: datetime) -> None:
    """Let a clock run that was met by something that came to nothing: it is due when it was due."""
    for clock in case.clocks.filter(rule=rule, state=ClockState.MET):
        clock.state, clock.settled_at = ClockState.RUNNING, None
        clock.save(update_fields=["state", "settled_at"])
        record(case, kinds.CLOCK_RESUMED, at=now, by=None, rule=rule, due=clock.due_at, reason=None)
    requeue(case)


def follow_hold(case: Case, rule: str, last_day: date | None, *, why: str, by: User, now: datetime) -> None:
    """Move the clock of a preservation with the hold that another paper prolonged; None: it has no end any more.

    Law: 18 USC 2703(f)(2); Reg. (EU) 2023/1543 Art. 11(1), (2).
    """
    if last_day is None:
        settle_one(case, rule, ClockState.VOID, now=now, by=by)
        return
    for clock in case.clocks.filter(rule=rule).exclude(state=ClockState.VOID):
        note_change(clock, ClockChangeKind.EXTENDED, why=why, by=by, now=now, until=last_day)
        retake(clock)
        warn_anew(clock)
        clock.state, clock.settled_at = ClockState.RUNNING, None  # one that was over runs again
        clock.save()
    requeue(case)


def settle_clocks(case: Case, state: ClockState, *, now: datetime, by: User | None, answering: bool = True) -> None:
    """End the clocks that answering ends (or, for `answering=False`, all that still run)."""
    running = case.clocks.filter(state__in=LIVE)
    for clock in running.filter(ends_answer=True) if answering else running:
        if clock.state == ClockState.PAUSED:
            _end_pause(clock, why=SETTLED, by=by, now=now)
        clock.state, clock.settled_at = state, now
        clock.save()
        record(case, kinds.CLOCK_SETTLED, at=now, by=by, rule=clock.rule, state=state)
    requeue(case)


def restart_return_date(case: Case, *, now: datetime, by: User | None) -> None:
    """Let the clock of the return date run to the case's present one; one that stands still for a question ends."""
    case.clocks.filter(rule=RETURN_DATE, state__in=LIVE).update(state=ClockState.VOID, settled_at=now)
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
    # An emergency without a deadline of its own does not wait behind all that have one.
    case.queue_at = nearest or (case.received_at if case.is_emergency and case.is_open else NEVER)
    Case.objects.filter(pk=case.pk).update(queue_at=case.queue_at)


def _clock(case: Case, rule: ClockRule, event_at: datetime, named_date: date | None = None) -> Clock:
    clock = Clock(
        case=case,
        rule=rule.code,
        event_at=event_at,
        ends_answer=rule.action_when_over == ANSWERED_BY,
        ends_delivery=rule.action_when_over == STOPS_DELIVERY,
        source=rule.source,
        named_date=named_date,
    )
    _take(clock, counted(rule.code, event_at, named_date or named_day(rule.code, case), (), ()))
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
    clock.explanation, clock.steps = found.explanation, list(found.steps)
    clock.source, clock.alternative = found.source, found.alternative


def _record_start(case: Case, clock: Clock, *, now: datetime, by: User | None = None) -> None:
    record(case, kinds.CLOCK_STARTED, at=now, by=by, rule=clock.rule, due=clock.due_at, not_before=clock.not_before_at)
