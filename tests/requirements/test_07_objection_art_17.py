"""A reasoned objection against the EPOC of 4 September 2026 is filed by 14 September at the latest.

It is rejected where it rests only on the data being stored abroad, or leaves law, provision, applicability or conflict
open.
"""

from datetime import date

import pytest

from cases.rules.clocks import clock_rule
from cases.rules.conflict import art17_objection_problems
from cases.rules.deadlines import deadline
from tests import lives
from tests.requirements.days import OFFICE, at

RECEIVED = at("2026-09-04 14:20")
LAST_DAY = date(2026, 9, 14)
COMPLETE = {
    "law": "Swiss Criminal Code",
    "provision": "Art. 271",
    "why_applicable": "The customer is a Swiss company.",
    "why_conflict": "Handing over without a treaty is an offence.",
}


def problems(filed_on: date = LAST_DAY, rests_on: tuple[str, ...] = ("residence",), left_open: str = "") -> set[str]:
    written = COMPLETE | ({left_open: " "} if left_open else {})
    found = art17_objection_problems(received_on=date(2026, 9, 4), filed_on=filed_on, rests_on=rests_on, **written)
    return {problem.code for problem in found}


def test_it_is_filed_by_14_september() -> None:
    assert deadline(clock_rule("epoc_objection"), RECEIVED, OFFICE, "US").last_day == date(2026, 9, 14)
    assert problems() == set()
    assert problems(filed_on=date(2026, 9, 15)) == {"too_late"}


@pytest.mark.parametrize("field", COMPLETE)
def test_it_says_which_law_which_provision_why_it_applies_and_why_it_conflicts(field: str) -> None:
    assert problems(left_open=field) == {f"{field}_missing"}


def test_storage_abroad_alone_is_no_ground() -> None:
    assert problems(rests_on=("storage_location",)) == {"ground_not_allowed"}
    assert problems(rests_on=("storage_location", "no_similar_procedure")) == {"ground_not_allowed"}
    assert problems(rests_on=("storage_location", "residence")) == set()


@pytest.mark.django_db
def test_its_clock_runs_from_the_receipt_of_every_epoc() -> None:
    agency = lives.oseis_agency(RECEIVED, country="DE", kind="court")
    case = lives.received(RECEIVED, instrument="eu_epoc", agency=agency)
    assert case.clocks.get(rule="epoc_objection").due_at == at("2026-09-15 00:00")
