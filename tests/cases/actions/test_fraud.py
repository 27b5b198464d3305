"""A forged request: Mallory's paper binds nobody, and those she asked about hear of it."""

from datetime import date, datetime, timedelta

import pytest

from cases.actions import ending, productions
from cases.actions.clockwork import run_clocks
from cases.models import Case
from cases.silence import why_silent
from cases.states import CaseState, DutyKind, DutyState
from ledger.models import LedgerEntry
from tests import lives
from tests.cases.actions.test_emergency import emergency, propose
from tests.lives import Staff

pytestmark = pytest.mark.django_db


def exposed(case: Case, staff: Staff, now: datetime) -> Case:
    """Reopen an answered case, with Paul's agreement: the request was Mallory's."""
    proposal = ending.propose_reopening(
        case_id=case.pk, because="fraud", reason="The sheriff knows of no such case.", by=staff.ines, now=now
    )
    lives.approved(proposal, staff, now)
    return lives.again(case)


def disclosed_to_mallory(staff: Staff, now: datetime) -> Case:
    case = emergency(staff, now)
    approval = lives.approved(propose(case, staff, now), staff, now)
    productions.release(approval_id=approval.pk, by=staff.ines, now=now)
    return lives.again(case)


def test_a_customer_whose_data_went_to_an_impostor_is_told_at_once(staff: Staff, now: datetime) -> None:
    case = disclosed_to_mallory(staff, now)
    lives.brandts_order(case, staff, now)
    case = exposed(case, staff, now)
    duty = case.duties.get(kind=DutyKind.FRAUD)
    assert case.state == CaseState.LEGAL_REVIEW
    assert (duty.state, duty.due_at, duty.customer) == (DutyState.PENDING, now, case.targets.get().customer)
    assert why_silent(case, duty, now) is None
    assert case.duties.get(kind=DutyKind.REQUEST).state == DutyState.NOT_OWED


def test_no_other_case_of_the_agency_goes_on_before_somebody_proves_it_anew(staff: Staff, now: datetime) -> None:
    case = disclosed_to_mallory(staff, now)
    assert case.agency.is_verified(now)
    assert not exposed(case, staff, now).agency.is_verified(now)


def test_a_forgery_is_counted_once_though_it_is_rejected_as_one_afterwards(staff: Staff, now: datetime) -> None:
    case = exposed(disclosed_to_mallory(staff, now), staff, now)
    approval = ending.reject(case_id=case.pk, ground="forged", text="Not genuine.", by=staff.ines, now=now)
    assert approval
    lives.approved(approval, staff, now)
    facts = LedgerEntry.objects.filter(stream=case.stream, payload__fact__name="fraud")
    assert facts.count() == 1
    assert case.duties.filter(kind=DutyKind.FRAUD).count() == 1
    assert not case.duties.filter(kind=DutyKind.OUTCOME).exists()


def test_a_forgery_found_in_review_is_told_as_one_and_not_as_a_request(staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    ending.reject(case_id=case.pk, ground="forged", text="Not genuine.", by=staff.ines, now=now)
    assert case.duties.get().kind == DutyKind.FRAUD


def test_a_forged_certificate_forbids_nobody_to_tell(staff: Staff, now: datetime) -> None:
    agency = lives.oseis_agency(now, country="DE", kind="court")
    case = lives.received(now, instrument="eu_epoc", agency=agency)
    approval = ending.reject(case_id=case.pk, ground="forged", text="Not genuine.", by=staff.ines, now=now)
    assert approval
    lives.approved(approval, staff, now)
    assert why_silent(lives.again(case), case.duties.get(kind=DutyKind.FRAUD), now) is None


def test_an_order_of_a_forger_never_comes_back(staff: Staff, now: datetime) -> None:
    case = disclosed_to_mallory(staff, now)
    lives.brandts_order(case, staff, now, last_day=date(2027, 12, 3))
    exposed(case, staff, now)
    run_clocks(now=now + timedelta(days=1))
    assert not lives.again(case).is_gagged
