"""Triage and legal review."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from accounts.models import Compartment, CompartmentMembership
from cases.actions import agencies, compartments, ending, opening, questions, review
from cases.actions.changing import CaseNotFound, ChangedMeanwhile, NotForYou, Refused
from cases.actions.opening import NewTarget, TargetNamedTwice
from cases.actions.productions import release
from cases.actions.review import BeyondScope, ItemUnknown
from cases.models import Answer, Case, Target, VerificationMethod
from cases.rules.review import items
from cases.states import ApprovalKind, CaseState, Category, Channel, ClockState, TargetKind
from ledger.models import LedgerEntry, LedgerFact
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db


def test_a_case_begins_received_with_its_targets_and_its_first_entry(now: datetime) -> None:
    case = lives.received(now, customers=[lives.carla(), lives.carla()])
    assert (case.state, case.target_count) == (CaseState.RECEIVED, 2)
    first = LedgerEntry.objects.filter(stream=case.stream).order_by("seq")[0]
    assert first.payload["fact"]["accounts"] == 2


def test_a_target_named_twice_opens_nothing(now: datetime) -> None:
    twice = [NewTarget(TargetKind.DOMAIN, "carla.example")] * 2
    with pytest.raises(TargetNamedTwice):
        opening.open_case(
            instrument_code="us_subpoena",
            agency=lives.oseis_agency(now),
            targets=twice,
            asked=[Category.SUBSCRIBER],
            channel=Channel.PORTAL,
            received_at=now,
            now=now,
        )
    assert not Case.objects.exists()


def test_an_account_is_matched_to_the_customer_it_names(now: datetime) -> None:
    carla = lives.carla()
    case = opening.open_case(
        instrument_code="us_subpoena",
        agency=lives.oseis_agency(now),
        targets=[NewTarget(TargetKind.ACCOUNT, carla.identifier), NewTarget(TargetKind.ACCOUNT, "nobody")],
        asked=[Category.SUBSCRIBER],
        channel=Channel.PORTAL,
        received_at=now,
        now=now,
    )
    assert list(case.targets.values_list("customer", flat=True)) == [carla.pk, None]


@pytest.mark.parametrize("instrument", ["us_nsl", "us_fisa_content", "us_fisa_noncontent"])
def test_national_security_is_sealed_on_creation(staff: Staff, now: datetime, instrument: str) -> None:
    case = lives.received(now, instrument=instrument)
    assert case.compartment
    assert case.compartment.code == "national-security"
    assert not Case.objects.visible_to(staff.ines).exists()
    with pytest.raises(CaseNotFound):
        ending.reject(case_id=case.pk, ground="overbroad", text="No.", by=staff.ines, now=now)


def test_an_unverified_agency_gets_no_review(staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    with pytest.raises(Refused, match="Verify the agency"):
        review.begin_review(case_id=case.pk, by=staff.analyst, now=now)


def test_a_call_back_names_where_its_number_was_found(staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    with pytest.raises(agencies.NumberSourceMissing):
        agencies.verify_agency(
            agency_id=case.agency_id,
            method=VerificationMethod.CALL_BACK,
            evidence="They said yes.",
            number_source=" ",
            by=staff.analyst,
            now=now,
        )


def test_a_revoked_verification_closes_the_guard_again(staff: Staff, now: datetime) -> None:
    case = lives.verified(lives.received(now), staff, now)
    agencies.revoke_verification(verification_id=case.agency.verifications.get().pk, by=staff.analyst, now=now)
    with pytest.raises(Refused, match="Verify the agency"):
        review.begin_review(case_id=case.pk, by=staff.analyst, now=now)


def test_review_is_not_begun_twice(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    with pytest.raises(ChangedMeanwhile, match="Legal review"):
        review.begin_review(case_id=case.pk, by=staff.analyst, now=now)


def test_counsel_does_not_triage_and_the_analyst_does_not_decide(staff: Staff, now: datetime) -> None:
    case = lives.verified(lives.received(now), staff, now)
    with pytest.raises(NotForYou, match="analyst"):
        review.begin_review(case_id=case.pk, by=staff.ines, now=now)
    review.begin_review(case_id=case.pk, by=staff.analyst, now=now)
    with pytest.raises(NotForYou, match="counsel"):
        review.pass_review(case_id=case.pk, by=staff.analyst, now=now)


def test_what_is_missing_is_said_all_at_once(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    with pytest.raises(Refused) as refusal:
        review.pass_review(case_id=case.pk, by=staff.ines, now=now)
    assert len(refusal.value.sentences) == 2
    assert "review question" in str(refusal.value)
    assert "Authorise" in str(refusal.value)


def test_a_no_in_the_checklist_says_what_is_wrong(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    item = items(case.instrument_code)[0].code
    with pytest.raises(Refused, match="what is wrong"):
        review.answer_item(case_id=case.pk, item=item, answer=Answer.NO, note="", by=staff.ines, now=now)
    with pytest.raises(ItemUnknown):
        review.answer_item(case_id=case.pk, item="weather", answer=Answer.YES, note="", by=staff.ines, now=now)


@pytest.mark.parametrize(
    ("asked", "authorised", "because"),
    [
        pytest.param(["subscriber"], ["traffic"], "Only what was asked", id="not asked"),
        pytest.param(["subscriber", "content"], ["content"], "cannot compel", id="not compellable"),
    ],
)
def test_nothing_is_authorised_beyond_asked_and_compellable(
    staff: Staff, now: datetime, asked: list[str], authorised: list[str], because: str
) -> None:
    case = lives.in_review(lives.received(now, asked=asked), staff, now)
    with pytest.raises(BeyondScope, match=because):
        review.authorise(case_id=case.pk, categories=authorised, reason="x", by=staff.ines, now=now)
    assert not Target.objects.exclude(authorised=[]).exists()


def test_what_is_cut_needs_its_reason(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now, asked=["subscriber", "identification"]), staff, now)
    with pytest.raises(Refused, match="reason"):
        review.authorise(case_id=case.pk, categories=["subscriber"], reason="", by=staff.ines, now=now)


def test_a_question_lets_chosen_clocks_stand_still(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now, return_date=now.date().replace(day=30)), staff, now)
    clock = case.clocks.get()
    due = clock.due_at
    questions.ask_agency(case_id=case.pk, text="Which account?", pause_clocks=[clock.pk], by=staff.analyst, now=now)
    clock.refresh_from_db()
    assert clock.state == ClockState.PAUSED
    later = now.replace(month=12, day=2)
    questions.agency_replied(
        case_id=case.pk, reply="The second one.", changes_request=False, by=staff.analyst, now=later
    )
    clock.refresh_from_db()
    assert due
    assert (clock.state, clock.due_at) == (ClockState.RUNNING, due + (later - now))
    assert lives.again(case).state == CaseState.LEGAL_REVIEW


def test_a_reply_that_changes_the_request_begins_review_again(staff: Staff, now: datetime) -> None:
    case = lives.in_conflict_check(lives.received(now), staff, now)
    questions.ask_agency(case_id=case.pk, text="Which?", pause_clocks=[], by=staff.ines, now=now)
    questions.agency_replied(case_id=case.pk, reply="All.", changes_request=True, by=staff.ines, now=now)
    assert lives.again(case).state == CaseState.LEGAL_REVIEW
    assert case.targets.get().authorised == []


def test_sealing_lists_who_has_seen_the_case(staff: Staff, now: datetime, last_year: datetime) -> None:
    case = lives.received(now)
    north = Compartment.objects.create(code="north", name="North")
    CompartmentMembership.objects.create(user=staff.ines, compartment=north, granted_at=last_year)
    for user in (staff.analyst, staff.ines):
        compartments.note_sighting(case, user, now)
    assert compartments.seal(case_id=case.pk, compartment=north, by=staff.ines, now=now) == [staff.analyst]
    assert not Case.objects.visible_to(staff.analyst).exists()


def test_nobody_outside_goes_on_working_on_a_sealed_case(staff: Staff, now: datetime, last_year: datetime) -> None:
    case = lives.received(now)
    compartments.assign(case_id=case.pk, assignee=staff.analyst, by=staff.ines, now=now)
    north = Compartment.objects.create(code="north", name="North")
    CompartmentMembership.objects.create(user=staff.ines, compartment=north, granted_at=last_year)
    staff.ines.forget_grants()
    compartments.seal(case_id=case.pk, compartment=north, by=staff.ines, now=now)
    assert lives.again(case).assignee is None


def test_a_rejected_request_before_review_still_tells_the_customer(staff: Staff, now: datetime) -> None:
    case = lives.rejected(lives.received(now), staff, now)
    duty = case.duties.get()
    assert (duty.state, duty.due_at) == ("pending", now)


def test_a_withdrawn_request_demands_back_what_was_produced(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    ending.withdraw(case_id=case.pk, reason="Detective Osei, by the verified number.", by=staff.analyst, now=now)
    case = lives.again(case)
    assert (case.state, case.outcome) == (CaseState.WITHDRAWN, "withdrawn")
    assert not case.letters.exists()


@pytest.mark.parametrize(
    ("end", "state"), [(lives.withdrawn, CaseState.WITHDRAWN), (lives.rejected, CaseState.REJECTED)]
)
def test_what_left_before_the_end_stays_counted_as_a_part(
    end: Callable[..., Case], state: CaseState, staff: Staff, now: datetime
) -> None:
    later = now + timedelta(days=15)
    case = lives.notified(lives.received(now), staff, now)
    proposal = lives.answer_proposed(case, staff, later, kind=ApprovalKind.PRODUCE_PART)
    release(approval_id=lives.approved(proposal, staff, later).pk, by=staff.ines, now=later)
    case = end(case, staff, later)
    assert (case.state, case.outcome) == (state, "answered_partial")
    kept = LedgerFact.objects.get(stream=case.stream, name="outcome")
    assert (kept.value, kept.accounts) == ("answered_partial", 1)


def test_a_reopened_case_counts_as_reopened_and_runs_late(staff: Staff, now: datetime) -> None:
    case = lives.answered(lives.received(now, return_date=now.date()), staff, now)
    approval = ending.propose_reopening(
        case_id=case.pk, because="our_error", reason="A file was left out.", by=staff.ines, now=now
    )
    lives.approved(approval, staff, now)
    case = lives.again(case)
    assert (case.state, case.outcome, case.outcome_at) == (CaseState.LEGAL_REVIEW, "", None)
    assert case.clocks.get().state == ClockState.RUNNING
    facts = [
        entry.payload["fact"]["name"]
        for entry in LedgerEntry.objects.filter(stream=case.stream)
        if "fact" in entry.payload
    ]
    assert facts.count("reopened") == 1
