"""A forged request: Mallory's paper binds nobody, and those she asked about hear of it."""

from datetime import date, datetime, timedelta

import pytest

from cases.actions import breaches, deciding, ending, fraud, productions, questions
from cases.actions.changing import NotForYou, Refused
from cases.actions.clock_changes import suspend_clock
from cases.actions.clockwork import run_clocks
from cases.actions.customers import match_customer
from cases.actions.questions import EndStandsStill
from cases.models import Case, LetterKind, LetterState
from cases.silence import why_silent
from cases.states import ApprovalKind, CaseState, DutyKind, DutyState
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


def void_orders(case: Case, staff: Staff, now: datetime) -> None:
    """Ines agrees: Paul's approval of the reopening asked for her, and he is another person."""
    approval = case.approvals.get(kind=ApprovalKind.VOID_ORDERS, state="proposed")
    deciding.approve(approval_id=approval.pk, digest=approval.digest, decision="Forged.", by=staff.ines, now=now)


def test_one_person_who_cries_fraud_lifts_no_order(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    order = lives.brandts_order(case, staff, now)
    ending.reject(case_id=case.pk, ground="forged", text="Not genuine.", by=staff.ines, now=now)
    case = lives.again(case)
    assert case.state == CaseState.REJECTED
    assert case.is_gagged
    run_clocks(now=now + timedelta(minutes=1))
    assert case.duties.get(kind=DutyKind.FRAUD).state == DutyState.WITHHELD
    approval = case.approvals.get(kind=ApprovalKind.VOID_ORDERS)
    with pytest.raises(NotForYou):
        deciding.approve(approval_id=approval.pk, digest=approval.digest, decision="", by=staff.ines, now=now)
    lives.approved(approval, staff, now)
    order.refresh_from_db()
    assert (order.lifted_at, order.lifted_reason) == (now, "forged")
    assert not lives.again(case).is_gagged


def test_an_order_that_came_later_is_not_voided_with_those_that_were_approved(staff: Staff, now: datetime) -> None:
    case = disclosed_to_mallory(staff, now)
    lives.brandts_order(case, staff, now)
    case = exposed(case, staff, now)
    lives.brandts_order(case, staff, now)
    void_orders(case, staff, now)
    assert lives.again(case).is_gagged
    approval = fraud.propose_voiding(case_id=case.pk, reason="The second too.", by=staff.paul, now=now)
    deciding.approve(approval_id=approval.pk, digest=approval.digest, decision="Yes.", by=staff.ines, now=now)
    assert not lives.again(case).is_gagged
    with pytest.raises(Refused, match="No order"):
        fraud.propose_voiding(case_id=case.pk, reason="Again.", by=staff.paul, now=now)


def test_the_orders_of_a_genuine_request_are_not_voided_so(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    lives.brandts_order(case, staff, now)
    with pytest.raises(Refused, match="proven to be a fraud"):
        fraud.propose_voiding(case_id=case.pk, reason="I think so.", by=staff.ines, now=now)


def test_a_customer_whose_data_went_to_an_impostor_is_told_once_the_order_is_void(staff: Staff, now: datetime) -> None:
    case = disclosed_to_mallory(staff, now)
    lives.brandts_order(case, staff, now)
    case = exposed(case, staff, now)
    void_orders(case, staff, now)
    run_clocks(now=now)
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
    void_orders(exposed(case, staff, now), staff, now)
    run_clocks(now=now + timedelta(days=1))
    assert not lives.again(case).is_gagged


def test_when_data_left_the_breach_must_be_notified_within_72_hours(staff: Staff, now: datetime) -> None:
    case = exposed(disclosed_to_mallory(staff, now), staff, now)
    clock = case.clocks.get(rule="gdpr_breach_notification")
    assert (clock.due_at, clock.source, clock.state) == (now + timedelta(hours=72), "GDPR Art. 33(1)", "running")
    run_clocks(now=now + timedelta(hours=73))
    clock.refresh_from_db()
    assert (clock.state, bool(clock.escalated_at)) == ("running", True)
    done = now + timedelta(hours=74)
    breaches.record_breach_dealt_with(
        case_id=case.pk, notified=True, note="The Irish DPC, by its form, late.", by=staff.ines, now=done
    )
    assert case.clocks.get(rule="gdpr_breach_notification").state == "met"
    with pytest.raises(Refused, match="No notification"):
        breaches.record_breach_dealt_with(case_id=case.pk, notified=True, note="Again.", by=staff.ines, now=done)


def test_what_was_drafted_for_a_forger_is_dropped_and_what_tells_nothing_stays(staff: Staff, now: datetime) -> None:
    case = disclosed_to_mallory(staff, now)
    assert case.letters.get().kind == LetterKind.ANSWER
    case = exposed(case, staff, now)
    assert case.letters.get().state == LetterState.DROPPED
    dropped = LedgerEntry.objects.get(stream=case.stream, payload__kind="letter_dropped")
    assert dropped.payload["letter_kind"] == LetterKind.ANSWER
    approval = ending.reject(case_id=case.pk, ground="forged", text="We do not act.", by=staff.ines, now=now)
    assert approval
    lives.approved(approval, staff, now)
    assert case.letters.get(kind=LetterKind.REJECTION).state == LetterState.DRAFTED


def test_a_forgery_rejected_at_once_keeps_the_letter_that_rejects_it(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    questions.ask_agency(case_id=case.pk, text="Which account?", pause_clocks=[], by=staff.ines, now=now)
    ending.reject(case_id=case.pk, ground="forged", text="We do not act.", by=staff.ines, now=now)
    states = dict(case.letters.values_list("kind", "state"))
    assert states == {LetterKind.QUESTION: LetterState.DROPPED, LetterKind.REJECTION: LetterState.DRAFTED}


def test_where_nothing_left_there_is_no_breach(staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    ending.reject(case_id=case.pk, ground="forged", text="Not genuine.", by=staff.ines, now=now)
    assert not case.clocks.filter(rule="gdpr_breach_notification").exists()


def test_why_nobody_need_be_notified_is_on_record(staff: Staff, now: datetime) -> None:
    case = exposed(disclosed_to_mallory(staff, now), staff, now)
    with pytest.raises(Refused, match="no risk"):
        breaches.record_breach_dealt_with(case_id=case.pk, notified=False, note=" ", by=staff.ines, now=now)
    with pytest.raises(NotForYou):
        breaches.record_breach_dealt_with(case_id=case.pk, notified=False, note="x", by=staff.analyst, now=now)
    breaches.record_breach_dealt_with(
        case_id=case.pk, notified=False, note="The data were public already.", by=staff.ines, now=now
    )
    assert case.clocks.get(rule="gdpr_breach_notification").state == "void"


def test_a_case_is_not_closed_while_the_breach_is_due(staff: Staff, now: datetime) -> None:
    case = exposed(disclosed_to_mallory(staff, now), staff, now)
    approval = ending.reject(case_id=case.pk, ground="forged", text="Not genuine.", by=staff.ines, now=now)
    assert approval
    lives.approved(approval, staff, now)
    with pytest.raises(Refused, match="breach, is still due"):
        ending.close(case_id=case.pk, by=staff.analyst, now=now)


def test_nothing_leaves_for_a_request_that_was_proven_a_fraud(staff: Staff, now: datetime) -> None:
    case = exposed(disclosed_to_mallory(staff, now), staff, now)
    lives.called_back(case, staff, now)
    with pytest.raises(Refused, match="nothing may leave for it"):
        propose(case, staff, now)


def test_what_is_due_of_a_breach_does_not_stand_still(staff: Staff, now: datetime) -> None:
    case = exposed(disclosed_to_mallory(staff, now), staff, now)
    breach = case.clocks.get(rule="gdpr_breach_notification")
    with pytest.raises(EndStandsStill):
        suspend_clock(clock_id=breach.pk, reason="Let us wait.", by=staff.ines, now=now)


def test_a_customer_found_later_is_owed_the_notice_of_the_fraud_and_none_of_a_request(
    staff: Staff, now: datetime
) -> None:
    case = lives.in_review(lives.received(now, customers=[lives.carla()]), staff, now)
    case.targets.update(customer=None)
    ending.reject(case_id=case.pk, ground="forged", text="It is forged.", by=staff.ines, now=now)
    carla = lives.carla()
    match_customer(case_id=case.pk, target_ids=[case.targets.get().pk], customer=carla, by=staff.analyst, now=now)
    assert set(case.duties.filter(customer=carla).values_list("kind", flat=True)) == {DutyKind.FRAUD}


def test_the_second_counsel_reads_why_and_the_forger_only_the_letter(staff: Staff, now: datetime) -> None:
    agency = lives.oseis_agency(now, country="DE", kind="court")
    case = lives.received(now, instrument="eu_epoc", agency=agency)
    shows = "The court knows of no such case."
    approval = ending.reject(
        case_id=case.pk, ground="forged", text="We do not act.", reason=shows, by=staff.ines, now=now
    )
    assert approval
    assert approval.reason == shows
    lives.approved(approval, staff, now)
    assert [letter.text for letter in case.letters.all()] == ["We do not act."]
    assert case.fraud_signals.get(code="forged").note == shows


@pytest.mark.parametrize(("ground", "missing"), [("forged", "shows that it is forged"), ("overbroad", "agency will")])
def test_only_a_forger_is_left_without_a_letter_and_never_our_record_without_a_reason(
    staff: Staff, now: datetime, ground: str, missing: str
) -> None:
    case = lives.received(now)
    with pytest.raises(Refused, match=missing):
        ending.reject(case_id=case.pk, ground=ground, text=" ", reason="", by=staff.ines, now=now)
    assert lives.again(case).state == CaseState.RECEIVED
