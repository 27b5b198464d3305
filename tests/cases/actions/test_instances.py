"""A challenge through its instances, and what each outcome does to the clocks, to the scope and to the silence."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from cases.actions import challenges, comity, instances, preservations
from cases.actions.challenges import NewChallenge, OutOfOrder
from cases.actions.changing import NotForYou, Refused
from cases.actions.clockwork import run_clocks
from cases.actions.instances import TooLateToAppeal
from cases.actions.preservations import StillServes
from cases.actions.review import BeyondScope, authorise
from cases.models import Case, Challenge, ChallengeResult, ChallengeSubject, Filing, Forum, Party
from cases.states import CaseState, Category, ClockState, DutyState
from ledger.models import LedgerEntry
from tests import lives
from tests.cases.actions.test_challenges import MOTION, decide
from tests.lives import Staff

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
R = ChallengeResult


def challenged(case: Case, staff: Staff, now: datetime, new: NewChallenge = MOTION) -> Challenge:
    lives.approved(challenges.propose_challenge(case_id=case.pk, new=new, by=staff.ines, now=now), staff, now)
    return case.challenges.get()


def resolve(challenge: Challenge, result: R, staff: Staff, now: datetime, **more: object) -> Case:
    challenges.resolve(challenge_id=challenge.pk, result=result, by=staff.ines, now=now, **more)  # type: ignore[arg-type]
    return lives.again(challenge.case)


def appeal(challenge: Challenge, staff: Staff, now: datetime, *, on: date, by: str = "agency") -> None:
    instances.record_appeal(
        challenge_id=challenge.pk,
        party=Party(by),
        appealed_date=on,
        forum_name="9th Cir.",
        by=staff.ines,
        now=now,
    )


@pytest.fixture
def told(staff: Staff, now: datetime) -> Case:
    """A warrant for content and more, its customer, a Briton in London, told, due on 20 December."""
    asked = (Category.SUBSCRIBER, Category.TRAFFIC, Category.CONTENT)
    customers = [lives.carla(country="GB", nationality="GB", is_us_person=False)]
    fields = {"instrument": "us_search_warrant", "asked": asked, "return_date": date(2026, 12, 20)}
    return lives.notified(lives.received(now, customers=customers, **fields), staff, now)  # type: ignore[arg-type]


def moved_to_quash(case: Case, staff: Staff, now: datetime) -> Challenge:
    """The motion of 2703(h), which speaks to all eight factors."""
    comity.write_factors(case_id=case.pk, texts=dict.fromkeys("ABCDEFGH", "It weighs for us."), by=staff.ines, now=now)
    return challenged(case, staff, now, replace(MOTION, remedy="us_2703h"))


def test_papers_of_every_side_stand_in_the_latest_instance(told: Case, staff: Staff, now: datetime) -> None:
    challenge = challenged(told, staff, now)
    for party in Party:
        instances.record_filing(
            challenge_id=challenge.pk,
            title=f"Brief of the {party}",
            party=party,
            filed_date=now.date(),
            by=staff.ines,
            now=now,
        )
    assert Filing.objects.filter(instance__challenge=challenge).count() == len(Party)
    assert challenge.instances.get().filed_date == now.date()
    entries = LedgerEntry.objects.filter(stream=told.stream, payload__kind="filing_recorded")
    assert {entry.payload["party"] for entry in entries} == set(Party)
    assert "Brief" not in str([entry.payload for entry in entries])


def test_a_hearing_is_kept_when_the_decision_is_recorded_later(told: Case, staff: Staff, now: datetime) -> None:
    challenge = challenged(told, staff, now)
    hearing = (now + 10 * DAY).date()
    challenges.record_instance(
        challenge_id=challenge.pk,
        forum_name="",
        filed_date=now.date(),
        hearing_date=hearing,
        decided_date=None,
        appeal_until_date=None,
        result="",
        document=None,
        by=staff.ines,
        now=now,
    )
    decide(challenge, staff, now)
    found = challenge.instances.get()
    assert (found.forum_name, found.hearing_date, found.result) == ("D. Or.", hearing, "upheld")


def test_an_appeal_in_time_begins_the_next_instance_and_keeps_the_challenge_pending(
    told: Case, staff: Staff, now: datetime
) -> None:
    challenge = challenged(told, staff, now)
    decide(challenge, staff, now, R.QUASHED, appeal_until=(now + 14 * DAY).date())
    appeal(challenge, staff, now, on=(now + 14 * DAY).date())
    first, second = challenge.instances.order_by("id")
    assert (first.appealed_date, second.forum_name) == ((now + 14 * DAY).date(), "9th Cir.")
    assert second.filings.get().party == Party.AGENCY
    with pytest.raises(Refused, match="decision of the last instance"):
        resolve(challenge, R.QUASHED, staff, now + 30 * DAY)
    decide(challenge, staff, now, R.UPHELD)
    assert resolve(challenge, R.UPHELD, staff, now + 30 * DAY).state == CaseState.CUSTOMER_NOTIFIED


@pytest.mark.parametrize(
    ("until_days", "on_days", "error"),
    [
        pytest.param(14, 15, TooLateToAppeal, id="a day too late"),
        pytest.param(None, 1, Refused, id="no appeal lies"),
        pytest.param(14, -1, Refused, id="before it was decided"),
    ],
)
def test_an_appeal_is_refused(
    told: Case, staff: Staff, now: datetime, until_days: int | None, on_days: int, error: type[Refused]
) -> None:
    challenge = challenged(told, staff, now)
    decide(challenge, staff, now, appeal_until=(now + until_days * DAY).date() if until_days else None)
    with pytest.raises(error):
        appeal(challenge, staff, now, on=(now + on_days * DAY).date())
    assert challenge.instances.count() == 1


def test_after_its_end_nothing_is_added_to_a_challenge(told: Case, staff: Staff, now: datetime) -> None:
    challenge = challenged(told, staff, now)
    decide(challenge, staff, now)
    resolve(challenge, R.UPHELD, staff, now)
    with pytest.raises(Refused, match="has ended"):
        appeal(challenge, staff, now, on=now.date())
    with pytest.raises(Refused, match="has ended"):
        decide(challenge, staff, now)


def test_an_analyst_records_no_filing(told: Case, staff: Staff, now: datetime) -> None:
    challenge = challenged(told, staff, now)
    with pytest.raises(NotForYou):
        instances.record_filing(
            challenge_id=challenge.pk,
            title="Brief",
            party=Party.PROVIDER,
            filed_date=now.date(),
            by=staff.analyst,
            now=now,
        )


def return_clock(case: Case) -> tuple[str, datetime | None]:
    clock = case.clocks.get(rule="return_date")
    return clock.state, clock.due_at


def test_a_motion_under_2703h_lets_the_return_date_stand_still(told: Case, staff: Staff, now: datetime) -> None:
    due = return_clock(told)[1]
    challenge = moved_to_quash(told, staff, now)
    assert return_clock(told)[0] == ClockState.PAUSED
    suspended = told.clocks.get(rule="return_date").changes.get()
    assert (suspended.kind, suspended.changed_by) == ("suspended", staff.paul)
    assert "18 USC 2703(h)" in suspended.reason
    later = now + 7 * DAY
    decide(challenge, staff, later)
    resolve(challenge, R.UPHELD, staff, later)
    assert due
    assert return_clock(told) == (ClockState.RUNNING, due + 7 * DAY)
    assert told.clocks.get(rule="return_date").changes.last().kind == "resumed"  # type: ignore[union-attr]


def test_an_objection_under_article_17_suspends_the_execution_of_an_epoc(staff: Staff, now: datetime) -> None:
    agency = lives.oseis_agency(now, country="DE", kind="court")
    case = lives.in_conflict_check(lives.received(now, instrument="eu_epoc", agency=agency), staff, now)
    challenged(case, staff, now, replace(MOTION, remedy="eu_art17", forum=Forum.ISSUING_AUTHORITY))
    states = dict(case.clocks.values_list("rule", "state"))
    assert states == {
        "epoc_answer": ClockState.PAUSED,
        "epoc_objection": ClockState.RUNNING,
        "challenge_filing": ClockState.RUNNING,
    }


def test_any_other_remedy_lets_the_deadline_run(told: Case, staff: Staff, now: datetime) -> None:
    before = return_clock(told)
    challenged(told, staff, now)
    assert return_clock(told) == before
    assert not told.clocks.get(rule="return_date").changes.exists()


def test_a_remedy_that_does_not_lie_against_the_request_is_refused(told: Case, staff: Staff, now: datetime) -> None:
    with pytest.raises(Refused, match="does not lie"):
        challenged(told, staff, now, replace(MOTION, remedy="eu_art17"))


def test_what_a_court_narrowed_is_the_most_that_can_be_authorised(told: Case, staff: Staff, now: datetime) -> None:
    challenge = challenged(told, staff, now)
    decide(challenge, staff, now, R.NARROWED)
    case = resolve(challenge, R.NARROWED, staff, now, scope=[Category.TRAFFIC, Category.SUBSCRIBER])
    assert (case.state, case.asked) == (CaseState.LEGAL_REVIEW, ["subscriber", "traffic"])
    assert case.targets.get().asked == ["subscriber", "traffic"]
    with pytest.raises(BeyondScope):
        authorise(case_id=case.pk, categories=["content"], reason="", by=staff.ines, now=now)
    lives.pass_review(case, staff, now)
    assert case.targets.get().authorised == ["subscriber", "traffic"]


@pytest.mark.parametrize(
    "scope", [pytest.param([], id="nothing"), pytest.param([Category.IDENTIFICATION], id="what was never asked")]
)
def test_a_court_leaves_a_part_of_what_was_asked(
    told: Case, staff: Staff, now: datetime, scope: list[Category]
) -> None:
    challenge = challenged(told, staff, now)
    decide(challenge, staff, now, R.NARROWED)
    with pytest.raises(Refused, match="what the court left"):
        resolve(challenge, R.NARROWED, staff, now, scope=scope)
    assert lives.again(told).state == CaseState.CHALLENGED


def test_a_quashed_request_ends_its_deadline_and_lets_nothing_leave(told: Case, staff: Staff, now: datetime) -> None:
    challenge = moved_to_quash(told, staff, now)
    decide(challenge, staff, now, R.QUASHED)
    case = resolve(challenge, R.QUASHED, staff, now)
    assert (case.state, return_clock(case)[0]) == (CaseState.REJECTED, ClockState.MET)
    with pytest.raises(Refused):
        lives.answer_proposed(case, staff, now)


BOTH = replace(MOTION, subject=ChallengeSubject.BOTH)


@pytest.fixture
def gagged(staff: Staff, now: datetime) -> Case:
    return lives.withheld(lives.received(now), staff, now)


@pytest.mark.parametrize(
    ("decided", "result", "lifted", "state"),
    [
        pytest.param(R.LIFTED, R.UPHELD, False, CaseState.NOTICE_WITHHELD, id="only the order fell"),
        pytest.param(R.QUASHED, R.QUASHED, True, CaseState.REJECTED, id="both fell"),
        pytest.param(R.NARROWED, R.NARROWED, True, CaseState.LEGAL_REVIEW, id="narrowed, and the order fell"),
    ],
)
def test_a_challenge_of_both_that_is_won_ends_the_order_and_the_customer_is_told(
    gagged: Case, staff: Staff, now: datetime, decided: R, result: R, lifted: bool, state: CaseState
) -> None:
    order = gagged.orders.get()
    challenge = challenged(gagged, staff, now, replace(BOTH, order_id=order.pk))
    decide(challenge, staff, now, decided)
    case = resolve(challenge, result, staff, now, order_lifted=lifted)
    assert (case.state, case.is_gagged) == (state, False)
    assert case.orders.get().lifted_at == now
    run_clocks(now=now)
    assert case.duties.get(kind="request").state == DutyState.PENDING


def test_a_challenge_of_both_that_is_lost_leaves_the_order(gagged: Case, staff: Staff, now: datetime) -> None:
    challenge = challenged(gagged, staff, now, replace(BOTH, order_id=gagged.orders.get().pk))
    decide(challenge, staff, now)
    assert resolve(challenge, R.UPHELD, staff, now).is_gagged


def test_a_request_quashed_while_the_order_stands_leaves_the_silence(gagged: Case, staff: Staff, now: datetime) -> None:
    challenge = challenged(gagged, staff, now, replace(BOTH, order_id=gagged.orders.get().pk))
    decide(challenge, staff, now, R.QUASHED)
    case = resolve(challenge, R.QUASHED, staff, now)
    assert case.is_gagged
    assert case.duties.get(kind="request").state == DutyState.WITHHELD


def test_both_needs_an_order_in_force_of_the_case(gagged: Case, staff: Staff, now: datetime) -> None:
    elsewhere = lives.brandts_order(lives.received(now), staff, now)
    for order_id in (None, elsewhere.pk):
        with pytest.raises(Refused, match="order in force"):
            challenged(gagged, staff, now, replace(BOTH, order_id=order_id))


def test_a_challenge_of_the_request_alone_lifts_no_order(gagged: Case, staff: Staff, now: datetime) -> None:
    challenge = challenged(gagged, staff, now)
    decide(challenge, staff, now)
    with pytest.raises(Refused, match="not about an order"):
        resolve(challenge, R.UPHELD, staff, now, order_lifted=True)
    assert lives.again(gagged).is_gagged


def test_what_is_kept_for_a_challenge_stays_until_it_ends(told: Case, staff: Staff, now: datetime) -> None:
    challenge = challenged(told, staff, now)
    hold = told.preservations.get(rule="challenge")
    with pytest.raises(StillServes):
        preservations.release_hold(preservation_id=hold.pk, reason="No room.", by=staff.analyst, now=now)
    decide(challenge, staff, now)
    resolve(challenge, R.UPHELD, staff, now)
    preservations.release_hold(preservation_id=hold.pk, reason="It is over.", by=staff.analyst, now=now)
    assert told.preservations.get(rule="challenge").released_at == now


@pytest.mark.parametrize(
    ("days", "because"),
    [
        pytest.param({"decided_date": date(2026, 12, 24), "result": "upheld"}, "in the past", id="decided tomorrow"),
        pytest.param({"filed_date": date(2026, 12, 24)}, "in the past", id="filed tomorrow"),
        pytest.param(
            {"filed_date": date(2026, 11, 29), "decided_date": date(2026, 11, 28), "result": "upheld"},
            "before it was filed",
            id="decided before it was filed",
        ),
        pytest.param(
            {"decided_date": date(2026, 11, 29), "appeal_until_date": date(2026, 11, 1), "result": "upheld"},
            "after the decision",
            id="the time to appeal over before the decision",
        ),
    ],
)
def test_days_that_cannot_be_exhaust_no_remedy(
    days: dict[str, object], because: str, told: Case, staff: Staff, now: datetime
) -> None:
    challenge = challenged(told, staff, now)
    fields = {"filed_date": None, "decided_date": None, "appeal_until_date": None, "result": "", "document": None}
    with pytest.raises(OutOfOrder, match=because):
        challenges.record_instance(
            challenge_id=challenge.pk,
            forum_name="",
            by=staff.ines,
            now=now,
            **(fields | days),  # type: ignore[arg-type]
        )
