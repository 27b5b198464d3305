"""How a case ends other than by an answer, and begins again."""

from datetime import date, datetime, timedelta

import pytest

from cases.actions import letters, questions
from cases.actions.clockwork import run_clocks
from cases.actions.duties import record_delivery, record_uncertain
from cases.models import Letter
from cases.states import ClockState, DutyKind, DutyState
from ledger.models import LedgerEntry
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db


def test_an_outcome_nobody_was_told_of_is_not_told_any_more_after_a_reopening(staff: Staff, now: datetime) -> None:
    case = lives.rejected(lives.notified(lives.received(now), staff, now), staff, now)
    lives.reopened(case, staff, now)
    outcome = case.duties.get(kind=DutyKind.OUTCOME)
    assert (outcome.state, outcome.basis) == (DutyState.NOT_OWED, "reopened")


def test_a_clock_that_stood_still_when_the_case_ended_runs_again_when_it_is_reopened(
    staff: Staff, now: datetime
) -> None:
    case = lives.in_conflict_check(lives.received(now, return_date=date(2026, 12, 10)), staff, now)
    clock = case.clocks.get(rule="return_date")
    questions.ask_agency(case_id=case.pk, text="Which account?", pause_clocks=[clock.pk], by=staff.ines, now=now)
    later = now + timedelta(days=2)
    lives.rejected(case, staff, later)
    lives.reopened(case, staff, later)
    clock.refresh_from_db()
    assert (clock.state, clock.due_at) == (ClockState.RUNNING, datetime.fromisoformat("2026-12-13T00:00:00-08:00"))


def test_a_deadline_that_was_told_is_told_again_after_a_reopening(staff: Staff, now: datetime) -> None:
    case = lives.in_conflict_check(lives.received(now, return_date=date(2026, 12, 1)), staff, now)
    run_clocks(now=now + timedelta(days=1))
    lives.rejected(case, staff, now)
    lives.reopened(case, staff, now)
    assert case.clocks.get(rule="return_date").warned_at is None


def test_a_letter_that_was_dropped_is_on_record(staff: Staff, now: datetime) -> None:
    case = lives.rejected(lives.received(now), staff, now)
    letter = Letter.objects.get(case=case)
    letters.drop_letter(letter_id=letter.pk, by=staff.ines, now=now)
    assert LedgerEntry.objects.filter(stream=case.stream, payload__kind="letter_dropped").exists()


def test_a_notice_whose_basis_ends_before_the_conflict_check_is_cleared_waits_for_it(
    staff: Staff, now: datetime
) -> None:
    case = lives.received(now)
    lives.brandts_order(case, staff, now, last_day=date(2026, 12, 3))
    case = lives.in_conflict_check(case, staff, now)
    run_clocks(now=now + timedelta(days=5))
    duty = case.duties.get()
    assert (duty.state, duty.due_at) == (DutyState.PENDING, None)


def test_a_customer_told_before_the_silence_hears_of_the_outcome_when_it_ends(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    record_uncertain(duty_id=case.duties.get().pk, now=now)
    lives.brandts_order(case, staff, now, last_day=date(2026, 12, 3))
    record_delivery(duty_id=case.duties.get().pk, at=now, now=now, confirmed=True)
    lives.rejected(case, staff, now)
    assert not case.duties.filter(kind=DutyKind.OUTCOME).exists()
    run_clocks(now=now + timedelta(days=5))
    assert case.duties.get(kind=DutyKind.OUTCOME).state == DutyState.PENDING
