"""Invariant 13. Every deadline is told before it passes and when it has, each once, whatever the scheduler does."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.actions import questions
from cases.actions.clockwork import run_clocks
from cases.actions.deadlines import WARN_BEFORE, warn_of_deadlines
from cases.models import Case, Clock
from cases.states import ClockState
from ledger.models import LedgerEntry
from tests import lives
from tests.adversarial.racing import at_once
from tests.lives import Staff

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def due(now: datetime, due_in: timedelta, **fields: object) -> Clock:
    """Return the clock of a new case, due then."""
    case = lives.received(now, return_date=now.date())
    Clock.objects.filter(case=case).update(due_at=now + due_in, **fields)
    return Clock.objects.get(case=case, rule="return_date")


def told(case: Case) -> list[str]:
    kinds = LedgerEntry.objects.filter(stream=case.stream, payload__kind__startswith="deadline_")
    return [entry.payload["kind"] for entry in kinds.order_by("seq")]


def test_a_scheduler_that_slept_through_it_all_tells_both_at_once_and_only_once(now: datetime) -> None:
    clock = due(now, 3 * DAY)
    for _ in range(3):
        run_clocks(now=now + 40 * DAY)
    assert told(clock.case) == ["deadline_warned", "deadline_passed"]


def test_a_deadline_is_told_a_day_before_and_again_when_it_has_passed(now: datetime) -> None:
    clock = due(now, WARN_BEFORE + HOUR)
    run_clocks(now=now)
    assert told(clock.case) == []
    run_clocks(now=now + HOUR)
    assert told(clock.case) == ["deadline_warned"]
    run_clocks(now=now + HOUR + WARN_BEFORE)
    assert told(clock.case) == ["deadline_warned", "deadline_passed"]


@pytest.mark.django_db(transaction=True)
def test_schedulers_that_run_at_once_tell_it_once(now: datetime) -> None:
    clock = due(now, -HOUR)
    assert at_once(*[partial(warn_of_deadlines, now=now)] * 4) == [None] * 4
    assert told(clock.case) == ["deadline_warned", "deadline_passed"]


def test_a_clock_that_stands_still_passes_nothing_and_is_told_at_its_new_end(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now, return_date=(now + 5 * DAY).date()), staff, now)
    clock = case.clocks.get(rule="return_date")
    ids = [clock.pk]
    questions.ask_agency(case_id=case.pk, text="Which one?", pause_clocks=ids, by=staff.analyst, now=now)
    run_clocks(now=now + 30 * DAY)
    assert told(case) == []
    back = now + 30 * DAY
    questions.agency_replied(case_id=case.pk, reply="This.", changes_request=False, by=staff.analyst, now=back)
    run_clocks(now=back + 5 * DAY)
    assert told(case) == ["deadline_warned"]
    run_clocks(now=back + 6 * DAY)
    assert told(case) == ["deadline_warned", "deadline_passed"]


def test_a_life_of_hours_is_told_of_at_once_and_again_in_its_last_hour(now: datetime) -> None:
    clock = due(now, 8 * HOUR)
    for minutes, told_by_then in ((1, 1), (6 * 60, 1), (7 * 60, 2), (7 * 60 + 30, 2)):
        run_clocks(now=now + timedelta(minutes=minutes))
        assert told(clock.case) == ["deadline_warned"] * told_by_then
    run_clocks(now=now + 8 * HOUR)
    assert told(clock.case) == ["deadline_warned", "deadline_warned", "deadline_passed"]


def test_who_is_told_in_the_last_hour_first_is_told_once(now: datetime) -> None:
    clock = due(now, 8 * HOUR)
    for minutes in (7 * 60 + 10, 7 * 60 + 20):
        run_clocks(now=now + timedelta(minutes=minutes))
    assert told(clock.case) == ["deadline_warned"]


@pytest.mark.django_db(transaction=True)
def test_schedulers_that_run_at_once_tell_the_last_hour_once(now: datetime) -> None:
    clock = due(now, 8 * HOUR)
    run_clocks(now=now)
    assert at_once(*[partial(warn_of_deadlines, now=now + 7 * HOUR)] * 4) == [None] * 4
    assert told(clock.case) == ["deadline_warned"] * 2


@pytest.mark.parametrize("state", [ClockState.MET, ClockState.VOID, ClockState.OVER, ClockState.PAUSED])
def test_a_clock_that_does_not_run_is_not_told(state: ClockState, now: datetime) -> None:
    clock = due(now, -HOUR, state=state)
    run_clocks(now=now)
    assert told(clock.case) == []


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    ends=st.lists(st.integers(min_value=-500, max_value=500), min_size=1, max_size=6),
    looks=st.lists(st.integers(min_value=-500, max_value=500), min_size=1, max_size=5),
)
def test_every_running_clock_is_found_whenever_somebody_looks(ends: list[int], looks: list[int], now: datetime) -> None:
    case = lives.received(now)
    Clock.objects.filter(case=case).delete()
    # Of long ago: the short lives, which are told of twice, have a test of their own.
    began = now - 30 * DAY
    rows = [Clock(case=case, rule="return_date", event_at=began, due_at=now + hours * HOUR) for hours in ends]
    Clock.objects.bulk_create(rows)
    for hours in sorted(looks):
        run_clocks(now=now + hours * HOUR)
        seen = now + hours * HOUR
        for clock in Clock.objects.filter(case=case):
            assert clock.due_at
            assert (clock.warned_at is not None) == (clock.due_at - WARN_BEFORE <= seen)
            assert (clock.escalated_at is not None) == (clock.due_at <= seen)
    last = now + max(looks) * HOUR
    near = sum(now + hours * HOUR - WARN_BEFORE <= last for hours in ends)
    passed = sum(now + hours * HOUR <= last for hours in ends)
    assert sorted(told(case)) == ["deadline_passed"] * passed + ["deadline_warned"] * near
