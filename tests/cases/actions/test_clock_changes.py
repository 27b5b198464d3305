"""One clock made to stand still, to run on, or to end later: by counsel, with who and why on record."""

from datetime import date, datetime, timedelta

import pytest

from cases.actions import challenges, clock_changes, events, questions, review
from cases.actions.changing import NotForYou, Refused
from cases.actions.clock_changes import DoesNotExtend, DoesNotRun, extend_clock, resume_clock, suspend_clock
from cases.actions.clocks import computed
from cases.actions.clockwork import run_clocks
from cases.actions.questions import EndStandsStill
from cases.models import Case, ChallengeSubject, Clock, ClockChangeKind, Forum
from cases.states import ClockState
from ledger.models import LedgerEntry
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

SEPTEMBER_4 = datetime.fromisoformat("2026-09-04T14:20:00-07:00")
DAY = timedelta(days=1)


def epoc(**fields: object) -> Case:
    agency = lives.oseis_agency(SEPTEMBER_4, country="DE", kind="court")
    return lives.received(SEPTEMBER_4, instrument="eu_epoc", agency=agency, **fields)  # type: ignore[arg-type]


def answer_clock(case: Case) -> Clock:
    return case.clocks.get(rule__startswith="epoc_answer")


def midnight_before(day: int) -> datetime:
    """The end of the day before that day of September in Los Angeles."""
    return datetime.fromisoformat(f"2026-09-{day:02}T00:00:00-07:00")


def kinds(case: Case) -> list[str]:
    return [entry.payload["kind"] for entry in LedgerEntry.objects.filter(stream=case.stream).order_by("seq")]


def test_a_suspension_moves_the_end_by_whole_days_and_says_who_and_why(staff: Staff) -> None:
    case = epoc()
    clock = answer_clock(case)
    suspend_clock(clock_id=clock.pk, reason="Art. 17 review is pending.", by=staff.ines, now=SEPTEMBER_4 + 3 * DAY)
    assert answer_clock(case).state == ClockState.PAUSED
    resume_clock(clock_id=clock.pk, reason="The court has decided.", by=staff.paul, now=SEPTEMBER_4 + 5 * DAY)
    moved = answer_clock(case)
    assert (moved.state, moved.due_at) == (ClockState.RUNNING, midnight_before(17))
    assert moved.steps[-1] == "the clock stood still for 2 days: 16 September 2026"
    assert [(change.kind, change.reason, change.changed_by) for change in moved.changes.all()] == [
        (ClockChangeKind.SUSPENDED, "Art. 17 review is pending.", staff.ines),
        (ClockChangeKind.RESUMED, "The court has decided.", staff.paul),
    ]
    assert {"clock_suspended", "clock_resumed"} <= set(kinds(case))
    assert "Art. 17 review" not in str([entry.payload for entry in LedgerEntry.objects.filter(stream=case.stream)])


def test_an_extension_moves_the_end_to_its_day_and_the_queue_with_it(staff: Staff, now: datetime) -> None:
    case = lives.received(now, return_date=date(2026, 12, 4))
    clock = case.clocks.get()
    run_clocks(now=now + 4 * DAY)
    extend_clock(
        clock_id=clock.pk, last_day=date(2026, 12, 18), reason="Osei agreed.", by=staff.ines, now=now + 4 * DAY
    )
    moved = case.clocks.get()
    assert moved.due_at == datetime.fromisoformat("2026-12-19T00:00:00-08:00") == lives.again(case).queue_at
    assert moved.explanation.endswith("; extended to 18 December 2026")
    assert moved.changes.get().until_date == date(2026, 12, 18)
    assert moved.warned_at is None
    run_clocks(now=now + 18 * DAY)
    assert kinds(case).count("deadline_warned") == 2


def test_computing_anew_loses_no_extension_and_no_pause(staff: Staff) -> None:
    clock = answer_clock(epoc())
    extend_clock(clock_id=clock.pk, last_day=date(2026, 9, 20), reason="Granted.", by=staff.ines, now=SEPTEMBER_4)
    suspend_clock(clock_id=clock.pk, reason="Unclear.", by=staff.ines, now=SEPTEMBER_4 + DAY)
    resume_clock(clock_id=clock.pk, reason="Clear.", by=staff.ines, now=SEPTEMBER_4 + 3 * DAY)
    moved = Clock.objects.get(pk=clock.pk)
    assert moved.due_at == midnight_before(23)
    found = computed(moved)
    assert found is not None
    assert (found.due_at, list(found.steps)) == (moved.due_at, moved.steps)


@pytest.mark.parametrize("last_day", [date(2026, 9, 13), date(2026, 9, 14)])
def test_an_extension_ends_later_than_the_clock_does(last_day: date, staff: Staff) -> None:
    clock = answer_clock(epoc())
    with pytest.raises(DoesNotExtend, match="later"):
        extend_clock(clock_id=clock.pk, last_day=last_day, reason="Granted.", by=staff.ines, now=SEPTEMBER_4)
    assert not clock.changes.exists()


def test_what_bars_until_a_day_bars_until_it_whatever_is_granted(staff: Staff) -> None:
    case = epoc(authority_notified=True)
    clock = answer_clock(case)
    extend_clock(clock_id=clock.pk, last_day=date(2026, 9, 20), reason="Granted.", by=staff.ines, now=SEPTEMBER_4)
    moved = answer_clock(case)
    assert (moved.not_before_at, moved.due_at) == (midnight_before(15), midnight_before(21))


def test_while_a_bar_stands_still_nothing_is_produced_though_its_day_has_come(staff: Staff) -> None:
    case = lives.notice_pending(epoc(authority_notified=True), staff, SEPTEMBER_4)
    clock = answer_clock(case)
    suspend_clock(clock_id=clock.pk, reason="The certificate is unclear.", by=staff.ines, now=SEPTEMBER_4 + DAY)
    with pytest.raises(Refused, match="stands still"):
        lives.answer_proposed(lives.again(case), staff, SEPTEMBER_4 + 40 * DAY)
    resume_clock(
        clock_id=clock.pk, reason="It is clear.", by=staff.ines, now=SEPTEMBER_4 + 2 * DAY + timedelta(hours=1)
    )
    assert answer_clock(case).not_before_at == midnight_before(17)  # rounded up


def test_an_analyst_moves_no_clock(staff: Staff) -> None:
    clock = answer_clock(epoc())
    with pytest.raises(NotForYou):
        suspend_clock(clock_id=clock.pk, reason="Why not.", by=staff.analyst, now=SEPTEMBER_4)
    with pytest.raises(NotForYou):
        extend_clock(clock_id=clock.pk, last_day=date(2026, 9, 20), reason="x", by=staff.analyst, now=SEPTEMBER_4)


def test_the_end_of_an_order_is_its_courts(staff: Staff) -> None:
    case = lives.received(SEPTEMBER_4, instrument="us_pen_register", asked=["traffic"])
    clock = events.record_event(
        case_id=case.pk, rule="pen_trap_end", event_at=SEPTEMBER_4, by=staff.ines, now=SEPTEMBER_4
    )
    with pytest.raises(EndStandsStill):
        suspend_clock(clock_id=clock.pk, reason="They asked.", by=staff.ines, now=SEPTEMBER_4)
    with pytest.raises(EndStandsStill):
        extend_clock(clock_id=clock.pk, last_day=date(2027, 1, 1), reason="They asked.", by=staff.ines, now=SEPTEMBER_4)


def test_a_preservation_is_prolonged_by_its_own_form_only(staff: Staff) -> None:
    case = lives.received(SEPTEMBER_4, instrument="eu_epoc_pr")
    with pytest.raises(DoesNotExtend, match="Annex VI"):
        extend_clock(
            clock_id=case.clocks.get().pk, last_day=date(2027, 1, 1), reason="x", by=staff.ines, now=SEPTEMBER_4
        )


def test_a_change_gives_its_reason_and_fits_the_clocks_state(staff: Staff) -> None:
    clock = answer_clock(epoc())
    with pytest.raises(Refused, match="Say why"):
        suspend_clock(clock_id=clock.pk, reason=" ", by=staff.ines, now=SEPTEMBER_4)
    with pytest.raises(DoesNotRun, match="does not stand still"):
        resume_clock(clock_id=clock.pk, reason="x", by=staff.ines, now=SEPTEMBER_4)
    suspend_clock(clock_id=clock.pk, reason="x", by=staff.ines, now=SEPTEMBER_4)
    for change in (clock_changes.suspend_clock, clock_changes.extend_clock):
        last_day = {"last_day": date(2026, 10, 1)} if change is clock_changes.extend_clock else {}
        with pytest.raises(DoesNotRun, match="does not run"):
            change(clock_id=clock.pk, reason="x", by=staff.ines, now=SEPTEMBER_4, **last_day)


def asked(case: Case, clock: Clock, staff: Staff, at: datetime) -> None:
    questions.ask_agency(case_id=case.pk, text="Which account?", pause_clocks=[clock.pk], by=staff.analyst, now=at)


def test_a_question_says_why_the_clock_stood_still_and_that_the_reply_let_it_run_on(staff: Staff) -> None:
    case = lives.in_review(epoc(), staff, SEPTEMBER_4)
    clock = answer_clock(case)
    asked(case, clock, staff, SEPTEMBER_4)
    questions.agency_replied(
        case_id=case.pk, reply="This one.", changes_request=False, by=staff.analyst, now=SEPTEMBER_4 + DAY
    )
    assert list(clock.changes.values_list("kind", "reason", "changed_by")) == [
        ("suspended", "agency_asked", staff.analyst.pk),
        ("resumed", "agency_replied", staff.analyst.pk),
    ]


def test_a_reply_does_not_end_what_a_person_suspended(staff: Staff) -> None:
    case = lives.in_review(epoc(), staff, SEPTEMBER_4)
    objection, answer = case.clocks.get(rule="epoc_objection"), answer_clock(case)
    suspend_clock(clock_id=objection.pk, reason="Agreed with the court.", by=staff.ines, now=SEPTEMBER_4)
    asked(case, answer, staff, SEPTEMBER_4)
    questions.agency_replied(
        case_id=case.pk, reply="This one.", changes_request=False, by=staff.analyst, now=SEPTEMBER_4 + DAY
    )
    states = {clock.rule: clock.state for clock in case.clocks.all()}
    assert (states["epoc_objection"], states["epoc_answer"]) == (ClockState.PAUSED, ClockState.RUNNING)


def test_a_challenge_ends_the_question_and_says_so(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now, return_date=date(2026, 12, 18)), staff, now)
    clock = case.clocks.get(challenge=None)
    asked(case, clock, staff, now)
    new = challenges.NewChallenge(ChallengeSubject.REQUEST, "Overbroad.", Forum.COURT, "D. Or.", date(2026, 12, 10))
    proposal = challenges.propose_challenge(case_id=case.pk, new=new, by=staff.ines, now=now)
    lives.approved(proposal, staff, now)
    assert [change.reason for change in clock.changes.all()] == ["agency_asked", "challenged"]
    assert case.clocks.get(challenge=None).state == ClockState.RUNNING


def test_other_circumstances_leave_what_runs_in_both_with_its_extension(staff: Staff) -> None:
    case = epoc(return_date=date(2026, 9, 14))
    clock = case.clocks.get(rule="return_date")
    extend_clock(clock_id=clock.pk, last_day=date(2026, 9, 30), reason="Granted.", by=staff.ines, now=SEPTEMBER_4)
    review.set_emergency(
        case_id=case.pk,
        danger="A child is held.",
        data_to_danger="The address.",
        follow_up_paper_date=None,
        by=staff.analyst,
        now=SEPTEMBER_4,
    )
    states = {clock.rule: (clock.state, clock.due_at) for clock in case.clocks.all()}
    assert states["return_date"] == (ClockState.RUNNING, datetime.fromisoformat("2026-10-01T00:00:00-07:00"))
    assert states["epoc_answer"][0] == ClockState.VOID
    assert states["epoc_emergency"] == (ClockState.RUNNING, SEPTEMBER_4 + timedelta(hours=8))


def test_an_answer_ends_a_clock_that_stood_still(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now, return_date=date(2026, 12, 18)), staff, now)
    clock = case.clocks.get()
    suspend_clock(clock_id=clock.pk, reason="Osei is on leave.", by=staff.ines, now=now)
    lives.rejected(case, staff, now + DAY)
    assert case.clocks.get().state == ClockState.MET
    assert [change.reason for change in clock.changes.all()] == ["Osei is on leave.", "settled"]
