"""Clocks that stand still while a question is out."""

from datetime import datetime, timedelta

import pytest

from cases.actions import events, questions
from cases.actions.clockwork import run_clocks
from cases.models import Clock
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_a_question_does_not_move_the_end_of_an_interception(staff: Staff, now: datetime) -> None:
    case = lives.received(now, instrument="us_pen_register", asked=["traffic"])
    case = lives.in_conflict_check(case, staff, now)
    clock = events.record_event(case_id=case.pk, rule="pen_trap_end", event_at=now, by=staff.analyst, now=now)
    with pytest.raises(questions.EndStandsStill):
        questions.ask_agency(case_id=case.pk, text="Which line?", pause_clocks=[clock.pk], by=staff.analyst, now=now)


def test_a_deadline_told_before_it_stood_still_is_told_again_at_its_new_day(staff: Staff, now: datetime) -> None:
    case = lives.in_conflict_check(lives.received(now, return_date=now.date()), staff, now)
    clock = case.clocks.get(rule="return_date")
    run_clocks(now=now + timedelta(hours=1))
    questions.ask_agency(
        case_id=case.pk,
        text="Which account?",
        pause_clocks=[clock.pk],
        by=staff.analyst,
        now=now + timedelta(hours=2),
    )
    resumed_at = now + 30 * DAY + timedelta(hours=3)
    questions.agency_replied(
        case_id=case.pk, reply="This one.", changes_request=False, by=staff.analyst, now=resumed_at
    )
    moved = Clock.objects.get(pk=clock.pk)
    assert moved.due_at
    assert moved.due_at > resumed_at
    run_clocks(now=moved.due_at - timedelta(hours=1))
    told_at = Clock.objects.get(pk=clock.pk).warned_at
    assert told_at
    assert told_at > resumed_at
