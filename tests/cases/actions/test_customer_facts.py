"""What is known of a customer is corrected: what rested on the old facts falls, in each of their open cases."""

from datetime import datetime, timedelta

import pytest

from accounts.models import Compartment, CompartmentMembership
from cases.actions import conflict, productions, review
from cases.actions.changing import Refused
from cases.actions.compartments import seal
from cases.actions.controllers import set_controller_notice
from cases.actions.customer_facts import KnownOutside, NotTheirCase, correct_customer
from cases.actions.customers import match_customer
from cases.models import Answer, Case, Customer
from cases.states import (
    ApprovalKind,
    ApprovalState,
    CaseState,
    Category,
    ControllerNotice,
    DisclosureResult,
    DutyKind,
    DutyState,
)
from ledger.models import LedgerEntry
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db


def correct(case: Case, customer: Customer, staff: Staff, now: datetime, **facts: str | bool | None) -> None:
    correct_customer(
        case_id=case.pk, customer_id=customer.pk, facts=facts, reason="She wrote to us.", by=staff.analyst, now=now
    )


def entries(case: Case, kind: str) -> list[LedgerEntry]:
    return list(LedgerEntry.objects.filter(stream=case.stream, payload__kind=kind))


def test_the_findings_made_on_the_old_facts_fall_with_what_was_approved_on_them(staff: Staff, now: datetime) -> None:
    carla = lives.carla()
    case = lives.notified(lives.received(now, customers=[carla]), staff, now)
    later = now + timedelta(days=15)
    answer = lives.approved(lives.answer_proposed(case, staff, later), staff, later)
    correct(case, carla, staff, later, country="DE")
    answer.refresh_from_db()
    assert (answer.state, answer.void_because) == (ApprovalState.VOID, "customer_corrected")
    assert not case.assessments.exists()
    assert entries(case, "conflict_findings_fell")[0].payload["targets"] == 1


def test_an_emergency_that_was_to_be_answered_is_proposed_anew(staff: Staff, now: datetime) -> None:
    carla = lives.carla()
    case = lives.received(now, customers=[carla], instrument="emergency_disclosure")
    lives.state_danger(case, staff, now)
    case = lives.called_back(lives.verified(case, staff, now), staff, now)
    lives.authorise(case, staff, now)
    answer = productions.propose_release(
        case_id=case.pk,
        kind=ApprovalKind.ANSWER_EMERGENCY,
        rows=productions.rows_for_all(lives.again(case), {"subscriber": DisclosureResult.PRODUCED}),
        files=(),
        delay_until=(now + timedelta(days=30)).date(),
        reason="The danger is now.",
        by=staff.ines,
        now=now,
    )
    correct(case, carla, staff, now, country="DE")
    answer.refresh_from_db()
    assert (answer.state, answer.void_because) == (ApprovalState.VOID, "customer_corrected")


def test_nothing_leaves_before_a_conflict_of_law_is_assessed_on_the_new_facts(staff: Staff, now: datetime) -> None:
    carla = lives.carla()
    case = lives.notified(lives.received(now, customers=[carla]), staff, now)
    correct(case, carla, staff, now, country="DE")
    later = now + timedelta(days=15)
    with pytest.raises(Refused, match="Assess 1 target for a conflict of law"):
        lives.answer_proposed(lives.again(case), staff, later)
    conflict.assess(case_id=case.pk, finding=lives.NO_CONFLICT, by=staff.ines, now=later)
    approval = lives.approved(lives.answer_proposed(lives.again(case), staff, later), staff, later)
    productions.release(approval_id=approval.pk, by=staff.ines, now=later)
    assert lives.again(case).state == CaseState.ANSWERED


def test_a_conflict_found_after_the_check_needs_the_second_counsel_too(staff: Staff, now: datetime) -> None:
    carla = lives.carla()
    case = lives.notified(lives.received(now, customers=[carla]), staff, now)
    correct(case, carla, staff, now, country="DE")
    found = conflict.Finding("comity_objection", "German law.", ("residence",), "DE", "gdpr_48", "Art. 48")
    conflict.assess(case_id=case.pk, finding=found, by=staff.ines, now=now)
    later = now + timedelta(days=15)
    with pytest.raises(Refused, match="second counsel must approve"):
        lives.answer_proposed(lives.again(case), staff, later)
    going_on = conflict.propose_going_on(case_id=case.pk, reason="Records only.", by=staff.ines, now=later)
    lives.approved(going_on, staff, later)
    assert lives.answer_proposed(lives.again(case), staff, later).state == ApprovalState.PROPOSED


def test_it_is_so_in_the_customers_other_cases_which_do_not_say_who_did_it(staff: Staff, now: datetime) -> None:
    carla = lives.carla()
    here, elsewhere = (lives.notice_pending(lives.received(now, customers=[carla]), staff, now) for _ in range(2))
    correct(here, carla, staff, now, nationality="DE", is_us_person=False)
    assert not elsewhere.assessments.exists()
    (fell,) = entries(elsewhere, "conflict_findings_fell")
    assert "by" not in fell.payload
    assert entries(elsewhere, "customer_corrected") == []
    (entry,) = entries(here, "customer_corrected")
    assert entry.payload["facts"] == ["nationality", "is_us_person"]
    assert "DE" not in str(entry.payload)


def test_another_language_changes_no_finding(staff: Staff, now: datetime) -> None:
    carla = lives.carla()
    case = lives.notice_pending(lives.received(now, customers=[carla]), staff, now)
    correct(case, carla, staff, now, language="fr")
    assert case.assessments.exists()
    carla.refresh_from_db()
    assert carla.language == "fr"


def test_who_turns_out_to_be_a_controller_is_told_as_one_and_who_does_not_is_not(staff: Staff, now: datetime) -> None:
    carla = lives.carla(country="DE")
    france = lives.oseis_agency(now, country="FR")
    epoc = lives.received(now, customers=[carla], instrument="eu_epoc", agency=france)
    inform = ControllerNotice.INFORM
    set_controller_notice(case_id=epoc.pk, said=inform, by=staff.ines, now=now)
    epoc = lives.in_conflict_check(epoc, staff, now)
    assert not epoc.duties.filter(kind=DutyKind.CONTROLLER).exists()
    correct(epoc, carla, staff, now, role="controller")
    assert epoc.duties.get(kind=DutyKind.CONTROLLER).state == DutyState.PENDING
    correct(epoc, carla, staff, now, role="person")
    assert epoc.duties.get(kind=DutyKind.CONTROLLER).state == DutyState.NOT_OWED


def test_targets_that_turn_out_to_be_anothers_are_assessed_anew(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    target = case.targets.get()
    berta = lives.carla(country="DE")
    match_customer(case_id=case.pk, target_ids=[target.pk], customer=berta, by=staff.analyst, now=now)
    assert not case.assessments.exists()


def test_only_a_customer_of_the_case_is_corrected_and_only_where_something_changes(staff: Staff, now: datetime) -> None:
    carla, stranger = lives.carla(), lives.carla()
    case = lives.received(now, customers=[carla])
    with pytest.raises(NotTheirCase):
        correct(case, stranger, staff, now, country="DE")
    with pytest.raises(Refused, match="what is known already"):
        correct(case, carla, staff, now, country="US")
    with pytest.raises(Refused, match="how we know"):
        correct_customer(
            case_id=case.pk, customer_id=carla.pk, facts={"country": "DE"}, reason=" ", by=staff.ines, now=now
        )


def test_from_a_sealed_case_nobody_is_corrected_whom_others_know(
    staff: Staff, now: datetime, last_year: datetime
) -> None:
    north = Compartment.objects.create(code="north", name="North")
    for member in (staff.ines, staff.analyst):
        CompartmentMembership.objects.create(user=member, compartment=north, granted_at=last_year)
        member.forget_grants()
    common, own = lives.carla(), lives.carla()
    lives.received(now, customers=[common])
    case = lives.received(now, customers=[common, own])
    seal(case_id=case.pk, compartment=north, by=staff.ines, now=now)
    with pytest.raises(KnownOutside):
        correct(case, common, staff, now, country="GB")
    correct(case, own, staff, now, country="GB")
    common.refresh_from_db()
    own.refresh_from_db()
    assert (common.country, own.country) == ("US", "GB")


def agreement_case(staff: Staff, now: datetime) -> Case:
    """An order under the agreement with the United Kingdom, its customer a Briton in London, told."""
    briton = lives.carla(country="GB", nationality="GB", is_us_person=False)
    agency = lives.oseis_agency(now, country="GB")
    case = lives.received(now, instrument="cloud_act_uk", asked=[Category.CONTENT], agency=agency, customers=[briton])
    return lives.notified(case, staff, now)


def test_nothing_leaves_under_an_agreement_once_the_customer_turns_out_to_be_a_us_person(
    staff: Staff, now: datetime
) -> None:
    case = agreement_case(staff, now)
    customer = Customer.objects.get(targets__case=case)
    correct(case, customer, staff, now, is_us_person=True)
    conflict.assess(case_id=case.pk, finding=lives.NO_CONFLICT, by=staff.ines, now=now)
    with pytest.raises(Refused, match="US person"):
        lives.answer_proposed(lives.again(case), staff, now + timedelta(days=20))


def test_what_a_person_answered_in_review_on_the_old_facts_does_not_stand(staff: Staff, now: datetime) -> None:
    briton = lives.carla(country="GB", nationality="GB")
    agency = lives.oseis_agency(now, country="GB")
    case = lives.received(now, instrument="cloud_act_uk", asked=[Category.CONTENT], agency=agency, customers=[briton])
    case = lives.in_review(case, staff, now)
    review.answer_item(
        case_id=case.pk, item="not_us_person", answer=Answer.YES, note="So it is.", by=staff.ines, now=now
    )
    correct(case, briton, staff, now, is_us_person=True)
    assert case.review_answers.get(item="not_us_person").answer == Answer.NO


def test_who_turns_out_to_be_a_controller_after_all_is_told(staff: Staff, now: datetime) -> None:
    firm = lives.carla(role="controller")
    agency = lives.oseis_agency(now, country="FR", kind="court")
    case = lives.received(now, instrument="eu_epoc", agency=agency, customers=[firm])
    case = lives.in_conflict_check(case, staff, now)
    set_controller_notice(case_id=case.pk, said=ControllerNotice.INFORM, by=staff.ines, now=now)
    for role in ("person", "controller"):
        correct(case, firm, staff, now, role=role)
    owed = case.duties.filter(kind=DutyKind.CONTROLLER).exclude(state=DutyState.NOT_OWED)
    assert owed.count() == 1


def test_facts_that_open_a_motion_after_the_review_let_its_days_run(staff: Staff, now: datetime) -> None:
    carla = lives.carla(country="US")
    case = lives.received(now, customers=[carla], instrument="us_search_warrant", asked=[Category.CONTENT])
    case = lives.in_conflict_check(case, staff, now)
    assert not case.clocks.filter(rule="sca_2703h_motion").exists()
    correct(case, carla, staff, now, country="GB", nationality="GB", is_us_person=False)
    assert case.clocks.get(rule="sca_2703h_motion").event_at == case.received_at
