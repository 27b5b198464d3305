"""The days of a challenge that nobody may miss are told of in time, and none rings for what was done."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from cases.actions import challenges, comity, instances
from cases.actions.clockwork import run_clocks
from cases.actions.events import record_authority_notified
from cases.models import Case, Challenge, ChallengeResult, ChallengeSubject, Clock, Party
from cases.rules.clocks import APPEAL_END, CHALLENGE_FILING, COURT_HEARING
from cases.states import Category, ClockState
from ledger.models import LedgerEntry
from tests import lives
from tests.cases.actions.test_challenges import MOTION, decide
from tests.lives import Staff

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HEARING, APPEAL_UNTIL = date(2026, 12, 9), date(2026, 12, 21)


@pytest.fixture
def challenge(staff: Staff, now: datetime) -> Challenge:
    """Begun on 30 November, to be filed by 14 December."""
    return begun(lives.notified(lives.received(now), staff, now), staff, now)


def begun(case: Case, staff: Staff, now: datetime, **fields: object) -> Challenge:
    new = replace(MOTION, **fields)  # type: ignore[arg-type]
    lives.approved(challenges.propose_challenge(case_id=case.pk, new=new, by=staff.ines, now=now), staff, now)
    return case.challenges.get()


def clock(challenge: Challenge, rule: str) -> Clock:
    """The latest clock of the rule."""
    return challenge.clocks.filter(rule=rule).latest("pk")


def state(challenge: Challenge, rule: str) -> str:
    return clock(challenge, rule).state


def say(challenge: Challenge, staff: Staff, now: datetime, **fields: object) -> None:
    """Record how the latest instance stands."""
    rest = {"forum_name": "", "filed_date": None, "decided_date": None, "appeal_until_date": None, "result": ""}
    challenges.record_instance(
        challenge_id=challenge.pk,
        document=None,
        by=staff.ines,
        now=now,
        **(rest | fields),  # type: ignore[arg-type]
    )


def told_of(kind: str) -> set[str]:
    """The clocks that people were told of, by rule."""
    return {entry.payload["rule"] for entry in LedgerEntry.objects.filter(payload__kind=kind)}


def test_people_are_told_a_day_before_the_last_day_to_file_and_after_it(challenge: Challenge, now: datetime) -> None:
    found = clock(challenge, CHALLENGE_FILING)
    assert (found.named_date, found.state) == (MOTION.last_day, ClockState.RUNNING)
    assert found.due_at
    run_clocks(now=found.due_at - DAY)
    assert CHALLENGE_FILING in told_of("deadline_warned")
    assert CHALLENGE_FILING not in told_of("deadline_passed")
    run_clocks(now=found.due_at)
    assert CHALLENGE_FILING in told_of("deadline_passed")


@pytest.mark.parametrize("how", ["by our paper", "by the instance"])
def test_what_was_filed_is_not_told_of(how: str, challenge: Challenge, staff: Staff, now: datetime) -> None:
    if how == "by our paper":
        instances.record_filing(
            challenge_id=challenge.pk,
            title="Motion",
            party=Party.PROVIDER,
            filed_date=now.date(),
            by=staff.ines,
            now=now,
        )
    else:
        say(challenge, staff, now, filed_date=now.date())
    assert state(challenge, CHALLENGE_FILING) == ClockState.MET
    run_clocks(now=now + 30 * DAY)
    assert told_of("deadline_passed") == set()


def test_a_paper_of_another_side_files_nothing_of_ours(challenge: Challenge, staff: Staff, now: datetime) -> None:
    instances.record_filing(
        challenge_id=challenge.pk, title="Reply", party=Party.AGENCY, filed_date=now.date(), by=staff.ines, now=now
    )
    assert state(challenge, CHALLENGE_FILING) == ClockState.RUNNING


def test_a_hearing_is_told_of_before_and_nobody_is_late_after_it(
    challenge: Challenge, staff: Staff, now: datetime
) -> None:
    say(challenge, staff, now, filed_date=now.date(), hearing_date=HEARING)
    due_at = clock(challenge, COURT_HEARING).due_at
    assert due_at
    run_clocks(now=due_at - DAY)
    assert COURT_HEARING in told_of("deadline_warned")
    run_clocks(now=due_at + DAY)
    assert (COURT_HEARING in told_of("deadline_passed"), state(challenge, COURT_HEARING)) == (False, ClockState.OVER)


def test_a_hearing_that_is_put_off_takes_its_clock_with_it(challenge: Challenge, staff: Staff, now: datetime) -> None:
    say(challenge, staff, now, hearing_date=HEARING)
    say(challenge, staff, now, hearing_date=HEARING + 7 * DAY)
    say(challenge, staff, now, hearing_date=HEARING + 7 * DAY)
    clocks = challenge.clocks.filter(rule=COURT_HEARING).order_by("pk")
    assert [(one.named_date, one.state) for one in clocks] == [
        (HEARING, ClockState.VOID),
        (HEARING + 7 * DAY, ClockState.RUNNING),
    ]


def test_the_last_day_to_appeal_runs_from_the_decision_until_somebody_appeals(
    challenge: Challenge, staff: Staff, now: datetime
) -> None:
    decide(challenge, staff, now, appeal_until=APPEAL_UNTIL)
    assert clock(challenge, APPEAL_END).named_date == APPEAL_UNTIL
    instances.record_appeal(
        challenge_id=challenge.pk,
        party=Party.PROVIDER,
        appealed_date=now.date(),
        forum_name="9th Cir.",
        by=staff.ines,
        now=now,
    )
    assert state(challenge, APPEAL_END) == ClockState.MET


def test_a_challenge_that_ended_leaves_no_clock(challenge: Challenge, staff: Staff, now: datetime) -> None:
    decide(challenge, staff, now)
    challenges.resolve(challenge_id=challenge.pk, result=ChallengeResult.UPHELD, by=staff.ines, now=now)
    assert not challenge.clocks.filter(state__in=[ClockState.RUNNING, ClockState.PAUSED]).exists()


def test_the_days_of_two_challenges_do_not_meet_each_other(challenge: Challenge, staff: Staff, now: datetime) -> None:
    order = lives.brandts_order(challenge.case, staff, now)
    alone = replace(MOTION, subject=ChallengeSubject.NONDISCLOSURE)
    beside = challenges.challenge_order(order_id=order.pk, new=alone, by=staff.ines, now=now)
    say(challenge, staff, now, filed_date=now.date())
    assert (state(challenge, CHALLENGE_FILING), state(beside, CHALLENGE_FILING)) == ("met", "running")


def test_a_motion_that_was_filed_meets_the_fourteen_days_of_the_law(staff: Staff, now: datetime) -> None:
    briton = lives.carla(country="GB", nationality="GB", is_us_person=False)
    asked = (Category.CONTENT,)
    case = lives.received(now, customers=[briton], instrument="us_search_warrant", asked=asked)
    case = lives.notified(case, staff, now)
    fourteen_days = case.clocks.get(rule="sca_2703h_motion")
    assert (fourteen_days.state, fourteen_days.event_at) == (ClockState.RUNNING, case.received_at)
    comity.write_factors(case_id=case.pk, texts=dict.fromkeys("ABCDEFGH", "It weighs."), by=staff.ines, now=now)
    say(begun(case, staff, now, remedy="us_2703h"), staff, now, filed_date=now.date())
    fourteen_days.refresh_from_db()
    assert fourteen_days.state == ClockState.MET


def test_of_a_warrant_for_a_customer_at_home_no_motion_is_told_of(staff: Staff, now: datetime) -> None:
    case = lives.received(now, instrument="us_search_warrant", asked=(Category.CONTENT,))
    assert not lives.notified(case, staff, now).clocks.filter(rule="sca_2703h_motion").exists()


def test_what_is_written_down_afterwards_is_not_told_of(challenge: Challenge, staff: Staff, now: datetime) -> None:
    say(challenge, staff, now, hearing_date=now.date() - DAY)
    assert not challenge.clocks.filter(rule=COURT_HEARING).exists()


def test_an_objection_that_was_filed_is_not_due_again_when_an_authority_is_notified(
    staff: Staff, now: datetime
) -> None:
    agency = lives.oseis_agency(now, country="DE", kind="court")
    case = lives.in_conflict_check(lives.received(now, instrument="eu_epoc", agency=agency), staff, now)
    case.clocks.filter(rule="epoc_objection").update(state=ClockState.MET, settled_at=now)
    record_authority_notified(case_id=case.pk, by=staff.ines, now=now)
    assert [clock.state for clock in case.clocks.filter(rule="epoc_objection")] == [ClockState.MET]
    assert case.clocks.filter(rule="epoc_answer_notified", state=ClockState.RUNNING).exists()
