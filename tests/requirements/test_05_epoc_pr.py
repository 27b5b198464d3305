"""An EPOC-PR of 1 September 2026 holds through 31 October; Annex VI in time through 30 November, once.

Annex V in time makes it open-ended. Annex VI on 1 November is too late, a second one is refused.
"""

from datetime import date

import pytest

from cases.actions import preservations, prolonging
from cases.actions.clockwork import run_clocks
from cases.actions.prolonging import ExtensionImpossible
from cases.models import Case, Preservation
from cases.rules.preservations import ExtensionTooLate, SecondExtensionRefused, first_hold, open_ended, renewed
from cases.states import ClockState
from tests import lives
from tests.lives import Staff
from tests.requirements.days import at

RECEIVED = at("2026-09-01 12:00")
OCTOBER_31, NOVEMBER_1, NOVEMBER_30 = date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30)


def test_it_holds_sixty_days_and_thirty_more_once_and_in_time() -> None:
    assert first_hold("epoc_pr_lapse", date(2026, 9, 1)) == OCTOBER_31
    assert renewed("epoc_pr_lapse", last_day=OCTOBER_31, asked_on=OCTOBER_31, extensions=0) == NOVEMBER_30
    with pytest.raises(ExtensionTooLate):
        renewed("epoc_pr_lapse", last_day=OCTOBER_31, asked_on=NOVEMBER_1, extensions=0)
    with pytest.raises(SecondExtensionRefused):
        renewed("epoc_pr_lapse", last_day=NOVEMBER_30, asked_on=date(2026, 11, 20), extensions=1)


def test_annex_v_in_time_makes_it_last_as_long_as_necessary() -> None:
    open_ended("epoc_pr_lapse", last_day=OCTOBER_31, confirmed_on=OCTOBER_31)
    with pytest.raises(ExtensionTooLate):
        open_ended("epoc_pr_lapse", last_day=OCTOBER_31, confirmed_on=NOVEMBER_1)


def preserved(staff: Staff) -> tuple[Case, Preservation]:
    agency = lives.oseis_agency(RECEIVED, country="FR", kind="court")
    case = lives.received(RECEIVED, instrument="eu_epoc_pr", agency=agency)
    hold = preservations.preserve(case_id=case.pk, rule="epoc_pr_lapse", confirmed=True, by=staff.analyst, now=RECEIVED)
    return case, hold


@pytest.mark.django_db
def test_its_clock_ends_with_31_october_and_the_hold_with_it(staff: Staff) -> None:
    case, hold = preserved(staff)
    assert hold.ends_date == OCTOBER_31
    assert case.clocks.get().due_at == at("2026-11-01 00:00")
    run_clocks(now=at("2026-11-01 00:00"))
    assert case.clocks.get().state == ClockState.OVER
    assert case.preservations.get().lapsed_at == at("2026-11-01 00:00")
    assert case.preservations.get().released_at is None


@pytest.mark.django_db
def test_annex_vi_in_time_moves_hold_and_clock_to_30_november_once(staff: Staff) -> None:
    case, hold = preserved(staff)
    ask = {"preservation_id": hold.pk, "by": staff.analyst, "now": at("2026-10-31 12:00")}
    assert prolonging.extend(asked_on=OCTOBER_31, **ask) == NOVEMBER_30  # type: ignore[arg-type]
    clock = case.clocks.get()
    assert clock.due_at == at("2026-12-01 00:00")
    assert clock.changes.get().until_date == NOVEMBER_30
    with pytest.raises(ExtensionImpossible, match="refused"):
        prolonging.extend(asked_on=OCTOBER_31, **ask)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_annex_vi_on_1_november_is_too_late(staff: Staff) -> None:
    case, hold = preserved(staff)
    with pytest.raises(ExtensionImpossible, match="ended on 31 October 2026"):
        prolonging.extend(preservation_id=hold.pk, asked_on=NOVEMBER_1, by=staff.analyst, now=at("2026-11-01 09:00"))
    assert case.preservations.get().ends_date == OCTOBER_31
