"""The paper that follows an emergency: awaited until somebody records it, asked for when it is late."""

from datetime import datetime, timedelta

import pytest

from cases.actions import ending, papers, productions
from cases.actions.changing import Refused
from cases.actions.clockwork import run_clocks
from cases.models import Case, Clock
from cases.queries import needs
from tests import lives
from tests.cases.actions.test_emergency import emergency, propose
from tests.lives import Staff

pytestmark = pytest.mark.django_db

# The end of 4 December in Los Angeles.
DUE = datetime.fromisoformat("2026-12-05T00:00:00-08:00")


@pytest.fixture
def case(staff: Staff, now: datetime) -> Case:
    case = emergency(staff, now)
    approval = lives.approved(propose(case, staff, now), staff, now)
    productions.release(approval_id=approval.pk, by=staff.ines, now=now)
    return lives.again(case)


def clock(case: Case) -> Clock:
    return case.clocks.get(rule="follow_up_paper")


def record(case: Case, staff: Staff, now: datetime, *, came: bool = True, note: str = "Subpoena, by post.") -> None:
    papers.record_paper(case_id=case.pk, came=came, note=note, by=staff.analyst, now=now)


def test_it_is_awaited_to_the_day_that_the_analyst_set(case: Case, now: datetime) -> None:
    assert (clock(case).due_at, clock(case).state) == (DUE, "running")
    assert "due 4 December 2026" in clock(case).explanation
    assert lives.again(case).queue_at == DUE


def test_people_are_told_before_and_after_and_it_stays_due(case: Case, staff: Staff) -> None:
    run_clocks(now=DUE - timedelta(hours=23))
    assert clock(case).warned_at
    run_clocks(now=DUE + timedelta(days=9))
    assert (clock(case).state, bool(clock(case).escalated_at)) == ("running", True)
    assert needs.cases(staff.ines, "passed", now=DUE + timedelta(days=9)) == {case.pk}


def test_the_agency_is_reminded_once(case: Case) -> None:
    run_clocks(now=DUE - timedelta(minutes=1))
    assert not case.letters.filter(kind="question").exists()
    for day in range(3):
        run_clocks(now=DUE + timedelta(days=day))
    letter = case.letters.get(kind="question")
    assert case.reference in letter.text
    assert letter.drafted_by is None


def test_when_it_came_nothing_is_due_any_more(case: Case, staff: Staff, now: datetime) -> None:
    with pytest.raises(Refused, match="how it came"):
        record(case, staff, now, note="")
    record(case, staff, now)
    assert clock(case).state == "met"
    run_clocks(now=DUE)
    assert not case.letters.filter(kind="question").exists()
    with pytest.raises(Refused, match="No follow-up paper"):
        record(case, staff, now)


def test_that_it_never_comes_is_a_sign_of_fraud(case: Case, staff: Staff, now: datetime) -> None:
    record(case, staff, now, came=False, note="The sheriff knows of no such case.")
    assert clock(case).state == "over"
    assert case.fraud_signals.get().code == "paper_never_came"
    assert needs.cases(staff.ines, "fraud", now=now) == {case.pk}


def test_a_case_is_not_closed_before(case: Case, staff: Staff, now: datetime) -> None:
    with pytest.raises(Refused, match="follow-up paper"):
        ending.close(case_id=case.pk, by=staff.analyst, now=now)
