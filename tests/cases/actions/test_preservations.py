"""Holds: as long as the law says, once more, then a task for a person."""

from datetime import date, datetime

import pytest

from cases.actions import conflict, preservations, prolonging
from cases.actions.changing import Refused
from cases.actions.clockwork import run_clocks
from cases.actions.preservations import AlreadyKept
from cases.actions.prolonging import ExtensionImpossible
from cases.models import Case, Preservation
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

JANUARY_15 = datetime.fromisoformat("2026-01-15T12:00:00-08:00")


def test_a_2703f_letter_holds_ninety_days_and_ninety_more_and_no_third_time(staff: Staff) -> None:
    case = lives.received(JANUARY_15, instrument="us_preservation")
    hold = preservations.preserve(
        case_id=case.pk, rule="sca_preservation", confirmed=True, by=staff.analyst, now=JANUARY_15
    )
    assert hold.ends_date == date(2026, 4, 15)
    asked = date(2026, 4, 10)
    ends = prolonging.extend(preservation_id=hold.pk, asked_on=asked, by=staff.analyst, now=JANUARY_15)
    assert ends == date(2026, 7, 14)
    with pytest.raises(ExtensionImpossible):
        prolonging.extend(preservation_id=hold.pk, asked_on=asked, by=staff.analyst, now=JANUARY_15)


def test_an_epoc_pr_extension_that_comes_too_late_is_refused(staff: Staff) -> None:
    september_1 = datetime.fromisoformat("2026-09-01T12:00:00-07:00")
    agency = lives.oseis_agency(september_1, country="FR", kind="court")
    case = lives.received(september_1, instrument="eu_epoc_pr", agency=agency)
    hold = preservations.preserve(
        case_id=case.pk, rule="epoc_pr_lapse", confirmed=True, by=staff.analyst, now=september_1
    )
    assert hold.ends_date == date(2026, 10, 31)
    with pytest.raises(ExtensionImpossible):
        prolonging.extend(preservation_id=hold.pk, asked_on=date(2026, 11, 1), by=staff.analyst, now=september_1)


def test_a_hold_that_lapses_waits_for_a_person_and_deletes_nothing(staff: Staff) -> None:
    case = lives.received(JANUARY_15, instrument="us_preservation")
    hold = preservations.preserve(
        case_id=case.pk, rule="sca_preservation", confirmed=True, by=staff.analyst, now=JANUARY_15
    )
    run_clocks(now=datetime.fromisoformat("2026-04-15T23:59:59-07:00"))
    assert case.preservations.get().lapsed_at is None
    midnight = datetime.fromisoformat("2026-04-16T00:00:00-07:00")
    run_clocks(now=midnight)
    lapsed = case.preservations.get()
    assert (lapsed.pk, lapsed.lapsed_at, lapsed.released_at) == (hold.pk, midnight, None)


def test_the_customer_is_not_told_before_the_data_is_kept(staff: Staff, now: datetime) -> None:
    case = lives.in_conflict_check(lives.received(now), staff, now)
    conflict.assess(case_id=case.pk, finding=lives.NO_CONFLICT, by=staff.ines, now=now)
    with pytest.raises(Refused, match="Preserve the data"):
        conflict.clear_conflict(case_id=case.pk, by=staff.ines, now=now)
    hold = preservations.preserve(case_id=case.pk, rule="interim", confirmed=False, by=staff.analyst, now=now)
    with pytest.raises(Refused, match="Preserve the data"):
        conflict.clear_conflict(case_id=case.pk, by=staff.ines, now=now)
    preservations.confirm(preservation_id=hold.pk, by=staff.analyst, now=now)
    conflict.clear_conflict(case_id=case.pk, by=staff.ines, now=now)
    assert lives.again(case).state == "notice_pending"


def letter(staff: Staff, now: datetime, case: Case, rule: str = "sca_preservation") -> Preservation:
    return preservations.preserve(case_id=case.pk, rule=rule, confirmed=True, by=staff.analyst, now=now)


def test_what_is_kept_under_a_rule_is_not_kept_under_it_twice(staff: Staff) -> None:
    case = lives.received(JANUARY_15, instrument="us_preservation")
    hold = letter(staff, JANUARY_15, case)
    with pytest.raises(AlreadyKept, match="kept under this rule already"):
        letter(staff, JANUARY_15, case)
    letter(staff, JANUARY_15, case, rule="interim")
    assert [row.pk for row in case.preservations.filter(rule="sca_preservation")] == [hold.pk]


def test_a_letter_that_was_prolonged_still_stands(staff: Staff) -> None:
    case = lives.received(JANUARY_15, instrument="us_preservation")
    hold = letter(staff, JANUARY_15, case)
    prolonging.extend(preservation_id=hold.pk, asked_on=date(2026, 4, 10), by=staff.analyst, now=JANUARY_15)
    with pytest.raises(AlreadyKept):
        letter(staff, datetime.fromisoformat("2026-07-14T12:00:00-07:00"), case)


def test_a_new_letter_is_recorded_once_the_first_is_over(staff: Staff) -> None:
    """Whether or not the clock has noted yet that it lapsed."""
    case = lives.received(JANUARY_15, instrument="us_preservation")
    letter(staff, JANUARY_15, case)
    with pytest.raises(AlreadyKept):
        letter(staff, datetime.fromisoformat("2026-04-15T23:59:00-07:00"), case)
    letter(staff, datetime.fromisoformat("2026-04-16T00:00:00-07:00"), case)
    assert case.preservations.count() == 2


def test_a_new_letter_is_recorded_once_the_first_was_released(staff: Staff) -> None:
    case = lives.received(JANUARY_15, instrument="us_preservation")
    hold = letter(staff, JANUARY_15, case)
    preservations.release_hold(preservation_id=hold.pk, by=staff.analyst, now=JANUARY_15)
    letter(staff, JANUARY_15, case)
    assert case.preservations.filter(released_at=None).count() == 1
