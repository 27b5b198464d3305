"""An emergency EPOC received at 14:20 is due at 22:20 the same day; 23:00 is the later reading of Reg. 1182/71.

The enforcing authority may object for 96 hours; an objection after the data left makes a task, and no error.
"""

from datetime import timedelta

import pytest

from cases.actions import events
from cases.actions.events import TooLate
from cases.models import Case, LetterKind
from cases.rules.clocks import clock_rule
from cases.rules.deadlines import deadline
from cases.rules.enforcing_authority import effect_of_objection
from cases.states import CaseState
from tests import lives
from tests.lives import Staff
from tests.requirements.days import OFFICE, at

RECEIVED = at("2026-09-04 14:20")
LAST_MOMENT = at("2026-09-08 14:20")


def test_it_is_due_at_22_20_and_23_00_is_arguable() -> None:
    found = deadline(clock_rule("epoc_emergency"), RECEIVED, OFFICE, "US")
    assert found.due_at == at("2026-09-04 22:20")
    assert found.alternative == "arguable under Reg. 1182/71 Art. 3(1): 4 September 2026 23:00 PDT"


def test_the_enforcing_authoritys_96_hours_end_on_8_september_at_14_20() -> None:
    assert deadline(clock_rule("epoc_authority_objection"), RECEIVED, OFFICE, "US").due_at == LAST_MOMENT
    sent_at = at("2026-09-04 21:00")
    last = {"last_moment_at": LAST_MOMENT}
    assert effect_of_objection(objected_at=at("2026-09-04 20:00"), produced_at=None, **last) == "block"
    assert effect_of_objection(objected_at=at("2026-09-08 14:00"), produced_at=sent_at, **last) == "task"
    assert effect_of_objection(objected_at=LAST_MOMENT, produced_at=sent_at, **last) == "too_late"


def emergency(staff: Staff) -> Case:
    agency = lives.oseis_agency(RECEIVED, country="DE", kind="court")
    case = lives.received(RECEIVED, instrument="eu_epoc", agency=agency, authority_notified=True)
    lives.state_danger(case, staff, RECEIVED)
    events.record_event(
        case_id=case.pk, rule="epoc_authority_objection", event_at=RECEIVED, by=staff.analyst, now=RECEIVED
    )
    return lives.notice_pending(case, staff, RECEIVED)


@pytest.mark.django_db
def test_an_emergency_is_not_suspended_by_the_notification(staff: Staff) -> None:
    clocks = {clock.rule: clock for clock in emergency(staff).clocks.exclude(state="void")}
    assert clocks["epoc_emergency"].due_at == at("2026-09-04 22:20")
    assert clocks["epoc_emergency"].not_before_at is None
    assert clocks["epoc_authority_objection"].due_at == LAST_MOMENT


@pytest.mark.django_db
def test_an_objection_after_the_data_left_is_a_letter_to_be_sent(staff: Staff) -> None:
    case = lives.answered_now(emergency(staff), staff, at("2026-09-04 21:00"))
    objected_at = at("2026-09-08 14:00")
    events.record_authority_answer(case_id=case.pk, refused=True, by=staff.ines, now=objected_at)
    assert case.clocks.get(rule="epoc_authority_objection").state == "met"
    case = lives.again(case)
    assert (case.state, case.authority_refused_at) == (CaseState.ANSWERED, objected_at)
    assert case.letters.get(kind=LetterKind.RETURN_DEMAND).state == "drafted"


@pytest.mark.django_db
def test_an_objection_before_the_data_left_blocks_and_makes_no_letter(staff: Staff) -> None:
    case = emergency(staff)
    events.record_authority_answer(case_id=case.pk, refused=True, by=staff.ines, now=at("2026-09-04 20:00"))
    with pytest.raises(Exception, match="for good"):
        lives.answer_proposed(lives.again(case), staff, at("2026-09-04 21:00"))
    assert not case.letters.filter(kind=LetterKind.RETURN_DEMAND).exists()


@pytest.mark.django_db
def test_an_objection_after_96_hours_stops_nothing(staff: Staff) -> None:
    case = emergency(staff)
    with pytest.raises(TooLate):
        events.record_authority_answer(case_id=case.pk, refused=True, by=staff.ines, now=LAST_MOMENT)
    lives.answer_proposed(lives.again(case), staff, LAST_MOMENT + timedelta(minutes=1))
