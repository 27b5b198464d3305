"""Requirement 5, holds. EPOC-PR received 2026-09-01 → lapse 2026-10-31; Annex VI in time → 2026-11-30; arriving on
2026-11-01 → reject as late; Annex V → open-ended hold. A second Annex VI is refused.
"""

from datetime import UTC, date, datetime

import pytest

from cases.actions import preservations, prolonging
from cases.actions.clockwork import run_clocks
from cases.actions.prolonging import ExtensionImpossible, ForCounsel
from cases.models import Case, Preservation
from cases.states import ClockState
from tests import lives
from tests.lives import Staff
from tests.requirements.reading import page_of

pytestmark = pytest.mark.django_db

OCTOBER_31, NOVEMBER_1, NOVEMBER_30 = date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 9, 1, 12, tzinfo=UTC)


@pytest.fixture
def case(now: datetime) -> Case:
    agency = lives.oseis_agency(now, country="FR", kind="court")
    return lives.received(now, instrument="eu_epoc_pr", agency=agency)


@pytest.fixture
def hold(case: Case, staff: Staff, now: datetime) -> Preservation:
    return preservations.preserve(case_id=case.pk, rule="epoc_pr_lapse", confirmed=True, by=staff.analyst, now=now)


def annex_vi(hold: Preservation, staff: Staff, now: datetime, *, asked_on: date = OCTOBER_31) -> date:
    return prolonging.extend(preservation_id=hold.pk, asked_on=asked_on, by=staff.analyst, now=now)


def annex_v(hold: Preservation, staff: Staff, now: datetime, *, confirmed_on: date = OCTOBER_31) -> None:
    prolonging.confirm_request(
        preservation_id=hold.pk,
        confirmed_on=confirmed_on,
        reason="An EPOC was issued in Lyon.",
        by=staff.analyst,
        now=now,
    )


def standing(hold: Preservation) -> Preservation:
    return Preservation.objects.get(pk=hold.pk)


def test_sixty_days(hold: Preservation) -> None:
    assert hold.ends_date == OCTOBER_31


def test_annex_vi_in_time_gives_thirty_more(hold: Preservation, case: Case, staff: Staff, now: datetime) -> None:
    assert annex_vi(hold, staff, now) == NOVEMBER_30
    due_at = case.clocks.get(rule="epoc_pr_lapse").due_at
    assert due_at == datetime.fromisoformat("2026-12-01T00:00:00-08:00")


def test_annex_vi_of_1_november_is_late(hold: Preservation, staff: Staff, now: datetime) -> None:
    with pytest.raises(ExtensionImpossible, match="ended on 31 October 2026; the request came on 1 November 2026"):
        annex_vi(hold, staff, now, asked_on=NOVEMBER_1)
    assert standing(hold).ends_date == OCTOBER_31


def test_a_second_annex_vi_is_refused_and_waits_for_nobody(hold: Preservation, staff: Staff, now: datetime) -> None:
    annex_vi(hold, staff, now)
    with pytest.raises(ExtensionImpossible, match="Annex VI is refused") as refused:
        annex_vi(hold, staff, now)
    assert not isinstance(refused.value, ForCounsel)
    assert standing(hold).asked_again_at is None


def test_annex_v_in_time_keeps_the_data_as_long_as_necessary(
    hold: Preservation, case: Case, staff: Staff, now: datetime
) -> None:
    annex_v(hold, staff, now)
    found = standing(hold)
    assert (found.ends_date, found.open_ended_at, found.reason) == (None, now, "An EPOC was issued in Lyon.")
    assert case.clocks.get(rule="epoc_pr_lapse").state == ClockState.VOID
    run_clocks(now=datetime(2028, 1, 1, tzinfo=UTC))
    assert standing(hold).lapsed_at is None
    assert "as long as necessary" in page_of(case, staff.ines, now)


def test_annex_v_in_time_and_recorded_after_the_lapse_clears_it(hold: Preservation, staff: Staff) -> None:
    later = datetime(2026, 11, 2, 12, tzinfo=UTC)
    run_clocks(now=later)
    assert standing(hold).lapsed_because == "time_over"
    annex_v(hold, staff, later)
    assert (standing(hold).lapsed_at, standing(hold).ends_date) == (None, None)


def test_annex_v_too_late_keeps_nothing(hold: Preservation, staff: Staff, now: datetime) -> None:
    with pytest.raises(ExtensionImpossible, match="confirmed on 1 November 2026"):
        annex_v(hold, staff, now, confirmed_on=NOVEMBER_1)
