"""Requirement 8, holds. 2703(f) on 2026-01-15 → hold to 2026-04-15; one renewal → 2026-07-14; a third request = new
letter, flagged for counsel. Expiry creates a release task, never silent deletion if another hold exists.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Compartment, CompartmentMembership
from cases.actions import preservations, prolonging
from cases.actions.changing import NotForYou, Refused
from cases.actions.clockwork import run_clocks
from cases.actions.prolonging import ExtensionImpossible, ForCounsel
from cases.models import Case, Preservation
from cases.queries import needs
from cases.states import ClockState
from tests import lives
from tests.lives import Staff
from tests.requirements.reading import page_of

pytestmark = pytest.mark.django_db

APRIL_15, APRIL_16, JULY_14 = date(2026, 4, 15), date(2026, 4, 16), date(2026, 7, 14)
OVER = datetime.fromisoformat("2026-04-16T00:00:00-07:00")


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 1, 15, 20, tzinfo=UTC)


@pytest.fixture
def letter(now: datetime) -> Case:
    return lives.received(now, instrument="us_preservation")


@pytest.fixture
def hold(letter: Case, staff: Staff, now: datetime) -> Preservation:
    return preservations.preserve(
        case_id=letter.pk,
        rule="sca_preservation",
        confirmed=True,
        reason="Osei's letter of today.",
        by=staff.analyst,
        now=now,
    )


def renew(hold: Preservation, staff: Staff, now: datetime, *, asked_on: date = APRIL_15) -> date:
    return prolonging.extend(
        preservation_id=hold.pk, asked_on=asked_on, reason="Osei asks once more.", by=staff.analyst, now=now
    )


def release(hold: Preservation, staff: Staff, now: datetime) -> preservations.Released:
    return preservations.release_hold(preservation_id=hold.pk, reason="Nobody asks for it.", by=staff.analyst, now=now)


def standing(hold: Preservation) -> Preservation:
    return Preservation.objects.get(pk=hold.pk)


def test_ninety_days_and_ninety_more(hold: Preservation, letter: Case, staff: Staff, now: datetime) -> None:
    assert hold.ends_date == APRIL_15
    assert renew(hold, staff, now) == JULY_14
    clock = letter.clocks.get(rule="sca_preservation")
    assert clock.due_at == datetime.fromisoformat("2026-07-15T00:00:00-07:00")
    change = clock.changes.get()
    assert (change.kind, change.until_date, change.changed_by) == ("extended", JULY_14, staff.analyst)
    assert change.reason == "Osei asks once more."


def test_a_third_request_is_a_new_letter_that_waits_for_counsel(
    hold: Preservation, letter: Case, staff: Staff, now: datetime
) -> None:
    renew(hold, staff, now)
    with pytest.raises(ForCounsel, match="new letter"):
        renew(hold, staff, now)
    assert (standing(hold).ends_date, standing(hold).extensions) == (JULY_14, 1)
    assert needs.cases(staff.ines, "asked_again", now=now) == {letter.pk}
    assert "Asked again: for counsel" in page_of(letter, staff.ines, now)
    with pytest.raises(NotForYou):
        prolonging.decide_further_request(preservation_id=hold.pk, reason="New.", by=staff.analyst, now=now)
    prolonging.decide_further_request(preservation_id=hold.pk, reason="A letter of its own.", by=staff.ines, now=now)
    assert needs.cases(staff.ines, "asked_again", now=now) == set()
    with pytest.raises(Refused, match="No further request"):
        prolonging.decide_further_request(preservation_id=hold.pk, reason="Again.", by=staff.ines, now=now)


def test_expiry_makes_a_task_and_deletes_nothing(hold: Preservation, letter: Case, staff: Staff, now: datetime) -> None:
    run_clocks(now=OVER - timedelta(seconds=1))
    assert standing(hold).lapsed_at is None
    run_clocks(now=OVER)
    assert (standing(hold).lapsed_because, standing(hold).released_at) == ("time_over", None)
    assert needs.cases(staff.analyst, "lapsed", now=OVER) == {letter.pk}
    assert "Nothing is deleted before a person ends it." in page_of(letter, staff.analyst, OVER)


def test_a_renewal_in_time_clears_a_lapse_that_was_only_noted(hold: Preservation, staff: Staff, letter: Case) -> None:
    run_clocks(now=OVER)
    assert letter.clocks.get(rule="sca_preservation").state == ClockState.OVER
    assert renew(hold, staff, OVER) == JULY_14
    assert (standing(hold).lapsed_at, standing(hold).lapsed_because) == (None, "")
    assert letter.clocks.get(rule="sca_preservation").state == ClockState.RUNNING


def test_a_late_renewal_is_refused_and_leaves_the_task(hold: Preservation, staff: Staff) -> None:
    run_clocks(now=OVER)
    with pytest.raises(ExtensionImpossible, match="ended on 15 April 2026"):
        renew(hold, staff, OVER, asked_on=APRIL_16)
    assert standing(hold).lapsed_because == "time_over"


def test_what_was_ended_is_not_prolonged(hold: Preservation, staff: Staff, now: datetime) -> None:
    release(hold, staff, now)
    with pytest.raises(ExtensionImpossible, match="ended already"):
        renew(hold, staff, now)


def test_no_paper_keeps_the_data_of_a_letter_without_end(hold: Preservation, staff: Staff, now: datetime) -> None:
    with pytest.raises(ExtensionImpossible):
        prolonging.confirm_request(preservation_id=hold.pk, confirmed_on=APRIL_15, by=staff.ines, now=now)


def test_who_ends_a_hold_while_another_stands_is_told_that_the_data_stays(
    hold: Preservation, letter: Case, staff: Staff, now: datetime
) -> None:
    second = preservations.preserve(case_id=letter.pk, rule="interim", confirmed=True, by=staff.analyst, now=now)
    assert release(hold, staff, now).still_held_by == (letter.reference,)
    assert release(second, staff, now).still_held_by == ()
    assert standing(hold).reason == "Nobody asks for it."


def test_a_hold_of_another_case_on_the_same_target_stands_too(
    hold: Preservation, letter: Case, staff: Staff, now: datetime
) -> None:
    customer = letter.targets.get().customer
    assert customer
    other = lives.received(now, instrument="us_preservation", customers=[customer])
    lives.received(now, instrument="us_preservation")
    preservations.preserve(case_id=other.pk, rule="interim", confirmed=True, by=staff.analyst, now=now)
    assert release(hold, staff, now).still_held_by == (other.reference,)


def test_a_sealed_case_is_not_given_away_by_its_hold(
    hold: Preservation, letter: Case, staff: Staff, last_year: datetime, now: datetime
) -> None:
    sealed = Compartment.objects.get(code="national-security")
    CompartmentMembership.objects.create(user=staff.ines, compartment=sealed, granted_at=last_year)
    customer = letter.targets.get().customer
    assert customer
    secret = lives.received(now, instrument="us_nsl", customers=[customer])
    preservations.preserve(case_id=secret.pk, rule="interim", confirmed=True, by=staff.ines, now=now)
    assert release(hold, staff, now).still_held_by == ()


def test_an_extension_that_commits_first_is_seen_by_the_clock(
    hold: Preservation, staff: Staff, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock read its list, then the renewal came, then the clock took the lock."""
    before = preservations._over(OVER)
    stale = list(before.values_list("pk", "case_id"))
    renew(hold, staff, OVER)
    assert [preservations._lapse(pk, case_id, now=OVER) for pk, case_id in stale] == [0]
    assert standing(hold).lapsed_at is None
