"""A 2703(f) letter of 15 January 2026 holds through 15 April, one renewal through 14 July; a third is a new letter.

Its end asks a person to release the data, and never while another hold stands: nothing is deleted silently.
"""

from datetime import date

import pytest

from cases.actions import preservations, prolonging
from cases.actions.clockwork import run_clocks
from cases.actions.prolonging import ExtensionImpossible
from cases.rules.preservations import SecondExtensionRefused, first_hold, release_wanted, renewed
from tests import lives
from tests.lives import Staff
from tests.requirements.days import at

RECEIVED = at("2026-01-15 09:00")
APRIL_15, JULY_14 = date(2026, 4, 15), date(2026, 7, 14)


def test_it_holds_ninety_days_and_ninety_more_once() -> None:
    assert first_hold("sca_preservation", date(2026, 1, 15)) == APRIL_15
    assert renewed("sca_preservation", last_day=APRIL_15, asked_on=date(2026, 4, 1), extensions=0) == JULY_14
    with pytest.raises(SecondExtensionRefused, match="new letter, for counsel"):
        renewed("sca_preservation", last_day=JULY_14, asked_on=date(2026, 7, 1), extensions=1)


def test_no_release_is_asked_for_while_another_hold_stands() -> None:
    april_16 = date(2026, 4, 16)
    assert release_wanted(APRIL_15, today=april_16, other_holds=False)
    assert not release_wanted(APRIL_15, today=april_16, other_holds=True)
    assert not release_wanted(APRIL_15, today=APRIL_15, other_holds=False)


@pytest.mark.django_db
def test_case_hold_and_clock_keep_the_same_days(staff: Staff) -> None:
    case = lives.received(RECEIVED, instrument="us_preservation")
    hold = preservations.preserve(
        case_id=case.pk, rule="sca_preservation", confirmed=True, by=staff.analyst, now=RECEIVED
    )
    assert (hold.ends_date, case.clocks.get().due_at) == (APRIL_15, at("2026-04-16 00:00"))
    again = {"preservation_id": hold.pk, "asked_on": date(2026, 4, 1), "by": staff.analyst, "now": RECEIVED}
    assert prolonging.extend(**again) == JULY_14  # type: ignore[arg-type]
    assert case.clocks.get().due_at == at("2026-07-15 00:00")
    with pytest.raises(ExtensionImpossible, match="new letter, for counsel"):
        prolonging.extend(**again)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_its_end_is_a_task_for_a_person_and_deletes_nothing(staff: Staff) -> None:
    case = lives.received(RECEIVED, instrument="us_preservation")
    preservations.preserve(case_id=case.pk, rule="sca_preservation", confirmed=True, by=staff.analyst, now=RECEIVED)
    preservations.preserve(case_id=case.pk, rule="interim", confirmed=True, by=staff.analyst, now=RECEIVED)
    run_clocks(now=at("2026-04-16 00:00"))
    assert [row.released_at for row in case.preservations.all()] == [None, None]
    assert not case.preservations.get(rule="interim").lapsed_at
