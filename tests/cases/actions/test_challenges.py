"""Challenges: approved by another counsel, to the last instance, with their effect on the case."""

from datetime import date, datetime, timedelta

import pytest

from cases.actions import challenges, ending, questions
from cases.actions.challenges import NewChallenge
from cases.actions.changing import Refused
from cases.actions.clockwork import run_clocks
from cases.actions.objections import receive_objection
from cases.models import Case, Challenge, ChallengeResult, ChallengeSubject, Forum
from cases.states import CaseState, ClockState, DutyState
from tests import lives
from tests.lives import Staff
from vault.actions import new_scope, store

pytestmark = pytest.mark.django_db

MOTION = NewChallenge(
    subject=ChallengeSubject.REQUEST,
    ground="Overbroad.",
    forum=Forum.COURT,
    forum_name="D. Or.",
    last_day=date(2026, 12, 14),
)


def challenged(staff: Staff, now: datetime) -> Case:
    case = lives.notified(lives.received(now), staff, now)
    lives.approved(challenges.propose_challenge(case_id=case.pk, new=MOTION, by=staff.ines, now=now), staff, now)
    return lives.again(case)


def decide(
    challenge: Challenge,
    staff: Staff,
    now: datetime,
    result: ChallengeResult = ChallengeResult.UPHELD,
    *,
    appeal_until: date | None = None,
    attached: bool = True,
) -> None:
    scope = new_scope(now=now)
    document = store([b"decided"], scope=scope, name="order.txt", by_id=staff.ines.pk, now=now) if attached else None
    challenges.record_instance(
        challenge_id=challenge.pk,
        forum_name="D. Or.",
        filed_date=now.date(),
        decided_date=now.date(),
        appeal_until_date=appeal_until,
        result=result,
        document=document,
        by=staff.ines,
        now=now,
    )


def test_a_challenge_waits_for_another_counsel_and_keeps_the_data(staff: Staff, now: datetime) -> None:
    case = challenged(staff, now)
    assert (case.state, case.state_left) == (CaseState.CHALLENGED, CaseState.CUSTOMER_NOTIFIED)
    assert case.preservations.filter(rule="challenge", released_at=None).exists()


def test_a_request_that_stands_goes_back_to_where_it_was(staff: Staff, now: datetime) -> None:
    case = challenged(staff, now)
    challenge = case.challenges.get()
    decide(challenge, staff, now)
    challenges.resolve(challenge_id=challenge.pk, result=ChallengeResult.UPHELD, by=staff.ines, now=now)
    assert lives.again(case).state == CaseState.CUSTOMER_NOTIFIED


def test_a_quashed_request_is_rejected_on_that_ground_and_the_customer_is_owed_the_outcome(
    staff: Staff, now: datetime
) -> None:
    case = challenged(staff, now)
    challenge = case.challenges.get()
    decide(challenge, staff, now, ChallengeResult.QUASHED)
    challenges.resolve(challenge_id=challenge.pk, result=ChallengeResult.QUASHED, by=staff.ines, now=now)
    case = lives.again(case)
    assert (case.state, case.rejection_ground) == (CaseState.REJECTED, "quashed")
    assert case.duties.get(kind="outcome").state == DutyState.PENDING


def test_a_narrowed_request_is_reviewed_again_from_the_start(staff: Staff, now: datetime) -> None:
    case = challenged(staff, now)
    challenge = case.challenges.get()
    decide(challenge, staff, now, ChallengeResult.NARROWED)
    challenges.resolve(challenge_id=challenge.pk, result=ChallengeResult.NARROWED, by=staff.ines, now=now)
    case = lives.again(case)
    assert case.state == CaseState.LEGAL_REVIEW
    assert case.targets.get().authorised == []
    assert not case.review_answers.exclude(answered_by=None).exists()


@pytest.mark.parametrize(
    ("appeal_days", "attached", "missing"),
    [
        pytest.param(10, True, "appeal", id="it can still be appealed"),
        pytest.param(None, False, "Attach", id="the decision is not attached"),
    ],
)
def test_a_challenge_ends_only_with_its_last_instance(
    staff: Staff, now: datetime, appeal_days: int | None, attached: bool, missing: str
) -> None:
    case = challenged(staff, now)
    challenge = case.challenges.get()
    until = now.date() + timedelta(days=appeal_days) if appeal_days else None
    decide(challenge, staff, now, appeal_until=until, attached=attached)
    with pytest.raises(Refused, match=missing):
        challenges.resolve(challenge_id=challenge.pk, result=ChallengeResult.UPHELD, by=staff.ines, now=now)


def test_a_customer_can_still_object_to_a_challenged_request(staff: Staff, now: datetime) -> None:
    case = challenged(staff, now)
    receive_objection(duty_id=case.duties.get().pk, text="I object too.", now=now)
    assert lives.again(case).has_objection


def test_a_challenge_to_the_order_alone_moves_nothing_and_won_it_ends_the_order(staff: Staff, now: datetime) -> None:
    case = lives.withheld(lives.received(now), staff, now)
    order = case.orders.get()
    challenge = challenges.challenge_order(order_id=order.pk, new=MOTION, by=staff.ines, now=now)
    assert lives.again(case).state == CaseState.NOTICE_WITHHELD
    challenges.resolve_order_challenge(
        challenge_id=challenge.pk, result=ChallengeResult.LIFTED, by=staff.ines, now=now + timedelta(hours=1)
    )
    run_clocks(now=now + timedelta(hours=1))
    assert case.duties.get().state == DutyState.PENDING


def test_the_end_of_another_challenge_does_not_lead_a_case_out_of_the_one_to_the_request(
    staff: Staff, now: datetime
) -> None:
    case = challenged(staff, now)
    order = lives.brandts_order(case, staff, now)
    to_order = challenges.challenge_order(order_id=order.pk, new=MOTION, by=staff.ines, now=now)
    decide(case.challenges.get(subject=ChallengeSubject.REQUEST), staff, now)
    with pytest.raises(Refused, match="not the challenge to the request"):
        challenges.resolve(challenge_id=to_order.pk, result=ChallengeResult.UPHELD, by=staff.ines, now=now)


def test_a_request_that_a_court_quashed_does_not_stand(staff: Staff, now: datetime) -> None:
    case = challenged(staff, now)
    challenge = case.challenges.get()
    decide(challenge, staff, now, ChallengeResult.QUASHED)
    with pytest.raises(Refused, match="decided otherwise"):
        challenges.resolve(challenge_id=challenge.pk, result=ChallengeResult.UPHELD, by=staff.ines, now=now)


def test_a_request_quashed_before_anyone_was_told_is_told_all_the_same(staff: Staff, now: datetime) -> None:
    case = lives.in_conflict_check(lives.received(now), staff, now)
    lives.approved(challenges.propose_challenge(case_id=case.pk, new=MOTION, by=staff.ines, now=now), staff, now)
    challenge = case.challenges.get()
    decide(challenge, staff, now, ChallengeResult.QUASHED)
    challenges.resolve(challenge_id=challenge.pk, result=ChallengeResult.QUASHED, by=staff.ines, now=now)
    duty = case.duties.get()
    assert (duty.state, duty.due_at) == (DutyState.PENDING, now)


@pytest.mark.parametrize("ends", [pytest.param("reject", id="rejected"), pytest.param("withdraw", id="withdrawn")])
def test_a_challenge_ends_with_a_request_that_ends_otherwise(staff: Staff, now: datetime, ends: str) -> None:
    case = challenged(staff, now)
    if ends == "reject":
        lives.rejected(case, staff, now)
    else:
        ending.withdraw(case_id=case.pk, reason="Osei took it back.", by=staff.ines, now=now)
    challenge = case.challenges.get()
    assert (challenge.ended_at, challenge.result) == (now, ChallengeResult.MOOT)


def test_a_clock_that_stood_still_for_a_question_runs_on_when_the_request_is_challenged(
    staff: Staff, now: datetime
) -> None:
    case = lives.in_conflict_check(lives.received(now, return_date=date(2026, 12, 10)), staff, now)
    clock = case.clocks.get(rule="return_date")
    questions.ask_agency(case_id=case.pk, text="Which account?", pause_clocks=[clock.pk], by=staff.ines, now=now)
    later = now + timedelta(days=2)
    lives.approved(challenges.propose_challenge(case_id=case.pk, new=MOTION, by=staff.ines, now=later), staff, later)
    clock.refresh_from_db()
    assert clock.state == ClockState.RUNNING
    assert lives.again(case).queue_at == datetime.fromisoformat("2026-12-13T00:00:00-08:00")
