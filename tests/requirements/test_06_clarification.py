"""A clarification asked for on 7 September 2026 lets an EPOC's clock stand still; an EPOC-PR without reply by 12
September no longer binds, and a person confirms the release.
"""

from datetime import timedelta

import pytest

from cases.actions import questions
from cases.actions.clockwork import run_clocks
from cases.models import Case, Clock
from cases.rules.clocks import clock_rule
from cases.rules.deadlines import Pause, deadline, shifted
from cases.states import ClockState
from tests import lives
from tests.lives import Staff
from tests.requirements.days import OFFICE, at

RECEIVED, ASKED, REPLIED = at("2026-09-04 14:20"), at("2026-09-07 10:00"), at("2026-09-09 10:00")
NO_REPLY_BY = at("2026-09-13 00:00")  # the end of 12 September


def test_the_ten_days_wait_for_the_reply() -> None:
    found = deadline(clock_rule("epoc_answer"), RECEIVED, OFFICE, "US")
    assert shifted(found, [Pause(ASKED, None)]) is None
    moved = shifted(found, [Pause(ASKED, REPLIED)])
    assert moved is not None
    assert moved.due_at == at("2026-09-17 00:00")


@pytest.mark.parametrize("code", ["epoc_clarification", "epoc_pr_clarification"])
def test_the_authority_has_until_the_end_of_12_september(code: str) -> None:
    assert deadline(clock_rule(code), ASKED, OFFICE, "US").due_at == NO_REPLY_BY


def asked(instrument: str, staff: Staff) -> Case:
    agency = lives.oseis_agency(RECEIVED, country="FR", kind="court")
    case = lives.in_review(lives.received(RECEIVED, instrument=instrument, agency=agency), staff, RECEIVED)
    pausing = [clock.pk for clock in case.clocks.filter(ends_answer=True)]
    questions.ask_agency(case_id=case.pk, text="Which account?", pause_clocks=pausing, by=staff.analyst, now=ASKED)
    return lives.again(case)


def clock(case: Case, rule: str) -> Clock:
    return case.clocks.get(rule=rule)


@pytest.mark.django_db
def test_asking_stops_the_epocs_clock_and_starts_the_authoritys(staff: Staff) -> None:
    case = asked("eu_epoc", staff)
    assert clock(case, "epoc_answer").state == ClockState.PAUSED
    assert clock(case, "epoc_clarification").due_at == NO_REPLY_BY
    questions.agency_replied(case_id=case.pk, reply="This.", changes_request=False, by=staff.analyst, now=REPLIED)
    assert clock(case, "epoc_answer").due_at == at("2026-09-17 00:00")
    assert clock(case, "epoc_clarification").state == ClockState.MET


@pytest.mark.django_db
def test_a_second_question_has_five_days_of_its_own(staff: Staff) -> None:
    case = asked("eu_epoc", staff)
    questions.agency_replied(case_id=case.pk, reply="This.", changes_request=False, by=staff.analyst, now=REPLIED)
    questions.ask_agency(case_id=case.pk, text="Since when?", pause_clocks=[], by=staff.analyst, now=REPLIED)
    running = case.clocks.get(rule="epoc_clarification", state=ClockState.RUNNING)
    assert running.due_at == at("2026-09-15 00:00")


@pytest.mark.django_db
def test_an_epoc_pr_without_reply_no_longer_binds_and_waits_for_a_hand_to_release_it(staff: Staff) -> None:
    case = asked("eu_epoc_pr", staff)
    run_clocks(now=NO_REPLY_BY - timedelta(seconds=1))
    assert clock(case, "epoc_pr_clarification").state == ClockState.RUNNING
    run_clocks(now=NO_REPLY_BY)
    assert clock(case, "epoc_pr_clarification").state == ClockState.OVER
    assert clock_rule("epoc_pr_clarification").action_when_over == "exempt"
    assert clock(case, "epoc_pr_lapse").state == ClockState.RUNNING  # nothing is let go by itself
