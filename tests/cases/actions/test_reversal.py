"""What took effect is undone by two people, and never by itself."""

from datetime import datetime, timedelta

import pytest

from cases.actions import ending, measures, reversal
from cases.actions.changing import Refused
from cases.actions.clockwork import run_clocks
from cases.actions.measures import Hit
from cases.actions.reversal import NotReversible
from cases.actions.second_person import SecondPersonRequired
from cases.models import Case, LetterKind, LetterState
from cases.queries import needs
from cases.states import DutyKind, DutyState
from ledger.models import LedgerEntry
from tests import lives
from tests.cases.actions.test_measures import BLOCK, blocked, entry, ordered, tell_everybody
from tests.lives import Staff

pytestmark = pytest.mark.django_db


def undone(case: Case, staff: Staff, now: datetime, cause: str = "court", **fields: object) -> None:
    proposal = reversal.propose_reversal(
        case_id=case.pk,
        cause=cause,
        reason="The administrative court lifted it.",
        by=staff.ines,
        now=now,
        **fields,  # type: ignore[arg-type]
    )
    lives.approved(proposal, staff, now)


def test_it_takes_two_people_to_undo_what_took_effect(staff: Staff, now: datetime) -> None:
    case = blocked(staff, now)
    later = now + timedelta(days=2)
    proposal = reversal.propose_reversal(
        case_id=case.pk, cause="court", reason="VG Köln, 6 L 1/26.", by=staff.ines, now=later
    )
    assert case.measures.get().reversed_at is None
    with pytest.raises(SecondPersonRequired):
        lives.approved(proposal, Staff(staff.analyst, staff.paul, staff.ines), later)
    lives.approved(proposal, staff, later)
    one = case.measures.get()
    assert (one.reversed_at, one.reversed_reason, one.reversal) == (later, "VG Köln, 6 L 1/26.", proposal)
    written = entry(case, "measures_reversed")
    assert (written["measures"], written["cause"]) == (1, "court")
    assert "Köln" not in str(written)


def test_the_authority_is_told_what_was_undone_when_and_of_the_reason_the_cause_alone(
    staff: Staff, now: datetime
) -> None:
    case = blocked(staff, now, number=2)
    lives.send_letters(case, staff, now)
    first = case.targets.order_by("pk")[0]
    undone(case, staff, now + timedelta(days=2), target_ids=[first.pk])
    letter = case.letters.get(state=LetterState.DRAFTED)
    assert letter.kind == LetterKind.EFFECT_REPORT
    assert letter.text == (
        f"To your order {case.reference}, which we received on Mon 30 Nov 2026, 04:00 PST.\n"
        "The effect given to it was undone on Wed 2 Dec 2026, 04:00 PST, as follows:\n"
        f"- {first.value}: Block access (DE, FR)\n"
        "A court decided so."
    )


def test_who_was_told_of_the_effect_is_told_that_it_is_undone(staff: Staff, now: datetime) -> None:
    dora = lives.carla()
    case = blocked(staff, now, Hit("dora.example", dora, is_told=True, reason="Gone as well."))
    tell_everybody(case, now)
    undone(case, staff, now + timedelta(days=2))
    waiting = case.duties.filter(state=DutyState.PENDING)
    assert {(duty.kind, duty.customer) for duty in waiting} == {
        (DutyKind.OUTCOME, case.targets.get().customer),
        (DutyKind.AFFECTED, dora),
    }


def test_who_was_not_told_yet_hears_all_of_it_in_their_first_notice(staff: Staff, now: datetime) -> None:
    case = blocked(staff, now)
    undone(case, staff, now)
    assert case.duties.filter(kind=DutyKind.OUTCOME).count() == 0


def test_only_the_targets_named_are_undone(staff: Staff, now: datetime) -> None:
    case = blocked(staff, now, number=2)
    first = case.targets.order_by("pk")[0]
    undone(case, staff, now, target_ids=[first.pk])
    assert [one.target_id for one in case.measures.exclude(reversed_at=None)] == [first.pk]


@pytest.mark.parametrize(
    ("cause", "days"),
    [
        pytest.param("end", 31, id="on the last day itself"),
        pytest.param("end", 0, id="long before it"),
    ],
)
def test_a_last_day_undoes_nothing_before_it_is_over(staff: Staff, now: datetime, cause: str, days: int) -> None:
    case = blocked(staff, now)
    with pytest.raises(NotReversible):
        undone(case, staff, now + timedelta(days=days), cause)


def test_what_has_no_effect_or_was_undone_cannot_be_undone(staff: Staff, now: datetime) -> None:
    case = ordered(staff, now)
    measures.set_measures(case_id=case.pk, new=BLOCK, by=staff.analyst, now=now)
    with pytest.raises(NotReversible):
        undone(case, staff, now)
    other = blocked(staff, now)
    undone(other, staff, now)
    with pytest.raises(NotReversible):
        undone(other, staff, now)


def test_a_last_day_that_passed_is_work_for_a_person_and_reverses_nothing(staff: Staff, now: datetime) -> None:
    case = blocked(staff, now)
    tell_everybody(case, now)
    over = datetime.fromisoformat("2027-01-01T09:00:00+00:00")  # New Year's Eve is not over in Los Angeles before eight
    run_clocks(now=over - timedelta(hours=2))
    assert case.measures.get().ended_at is None
    run_clocks(now=over)
    run_clocks(now=over + timedelta(minutes=1))
    one = case.measures.get()
    assert (one.ended_at, one.reversed_at) == (over, None)
    assert LedgerEntry.objects.filter(stream=case.stream, payload__kind="measure_ended").count() == 1
    assert needs.cases(staff.ines, "ended", now=now) == {case.pk}
    with pytest.raises(Refused, match="beyond its order's last day"):
        ending.close(case_id=case.pk, by=staff.analyst, now=over)
    undone(case, staff, over, "end")
    assert needs.cases(staff.ines, "ended", now=now) == set()
