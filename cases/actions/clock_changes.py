"""One clock made to stand still, to run on, or to end later: by counsel, with the reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, changing_for, committed, record
from cases.actions.clocks import note_change, pause, requeue, retake, run_on, warn_anew, zone
from cases.actions.questions import EndStandsStill
from cases.models import Case, Clock, ClockChangeKind
from cases.rules.clocks import CLOCKS, MET_BY_A_PERSON
from cases.rules.extensions import NotLater, require_later
from cases.states import ClockState


class DoesNotRun(Refused):
    """The clock does not run (or, to be let run on, does not stand still)."""


class DoesNotExtend(Refused):
    """The last day is no later than the one that holds, or another paper extends this clock."""


def suspend_clock(*, clock_id: int, reason: str, by: User, now: datetime) -> None:
    """Let one clock stand still from now, until somebody lets it run on. Raises DoesNotRun, EndStandsStill."""
    with _changing_clock(clock_id, reason, by) as (case, clock):
        _require(clock, ClockState.RUNNING)
        if clock.rule in MET_BY_A_PERSON:
            raise EndStandsStill(_("This waits for somebody to do it: it does not stand still."))
        pause(case, [clock], why=reason.strip(), by=by, now=now)
        reason_committed = committed(case, reason.strip(), now=now)
        record(case, kinds.CLOCK_SUSPENDED, at=now, by=by, rule=clock.rule, reason=reason_committed)


def resume_clock(*, clock_id: int, reason: str, by: User, now: datetime) -> None:
    """Let one clock run on from now, moved by the time it stood still. Raises DoesNotRun."""
    with _changing_clock(clock_id, reason, by) as (case, clock):
        _require(clock, ClockState.PAUSED)
        run_on(case, clock, why=reason.strip(), by=by, now=now)
        requeue(case)


def extend_clock(*, clock_id: int, last_day: date, reason: str, by: User, now: datetime) -> None:
    """Let one clock run through `last_day` in full, as whoever set its time granted. What bars until a day does so.

    Raises DoesNotRun, EndStandsStill, DoesNotExtend.
    """
    with _changing_clock(clock_id, reason, by) as (case, clock):
        _require(clock, ClockState.RUNNING)
        _require_extendable(clock, last_day)
        note_change(clock, ClockChangeKind.EXTENDED, why=reason.strip(), by=by, now=now, until=last_day)
        retake(clock)
        warn_anew(clock)
        clock.save()
        record(
            case,
            kinds.CLOCK_EXTENDED,
            at=now,
            by=by,
            rule=clock.rule,
            until=last_day,
            due=clock.due_at,
            reason=committed(case, reason.strip(), now=now),
        )
        requeue(case)


@contextmanager
def _changing_clock(clock_id: int, reason: str, by: User) -> Iterator[tuple[Case, Clock]]:
    """Yield case and clock under the case's lock. A court's end is nobody's to move: 18 USC 2518(5), 3123(c)."""
    if not reason.strip():
        raise Refused(_("Say why, and who allows it."))
    case_id = Clock.objects.values_list("case_id", flat=True).get(pk=clock_id)
    with changing_for(by, case_id, Role.COUNSEL) as case:
        clock = case.clocks.get(pk=clock_id)
        if clock.ends_delivery:
            raise EndStandsStill(_("The end of an order is its court's: record the order that extends it."))
        yield case, clock


def _require(clock: Clock, state: ClockState) -> None:
    if clock.state != state:
        stands = _("This clock does not run.") if state == ClockState.RUNNING else _("This clock does not stand still.")
        raise DoesNotRun(stands)


def _require_extendable(clock: Clock, last_day: date) -> None:
    rule = CLOCKS.get(clock.rule)
    if rule and rule.extension:
        form = rule.extension.form
        raise DoesNotExtend(_("Only %(form)s extends this: record it at the preserved data.") % {"form": form})
    assert clock.due_at is not None  # noqa: S101 - it runs
    try:
        require_later(clock.due_at, last_day, zone())
    except NotLater as error:
        raise DoesNotExtend(_("The last day must be later than the present end.")) from error
