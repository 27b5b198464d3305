"""Requirement 28: storage location alone can never set "conflict" or "no conflict"."""

from dataclasses import fields
from datetime import datetime

import pytest

from cases.actions import conflict
from cases.actions.conflict import AssessmentIncomplete, Finding
from cases.rules.conflict import OUTCOMES, art17_objection_problems
from cases.rules.finding import Person, Request
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rests_on", [("storage_location",), ("storage_location", "no_similar_procedure"), ()])
@pytest.mark.parametrize("outcome", sorted(OUTCOMES))
def test_no_outcome_rests_on_where_the_data_are_stored(
    outcome: str, rests_on: tuple[str, ...], staff: Staff, now: datetime
) -> None:
    case = lives.in_conflict_check(lives.received(now), staff, now)
    finding = Finding(
        outcome=outcome,
        reason="The data are stored in Zurich.",
        rests_on=rests_on,
        law="ch_271",
        provision="Art. 271",
    )
    with pytest.raises(AssessmentIncomplete, match="decides nothing"):
        conflict.assess(case_id=case.pk, finding=finding, by=staff.ines, now=now)
    assert not case.assessments.exists()


def test_the_finding_is_not_even_told_where_the_data_are_stored() -> None:
    known = {field.name for kind in (Request, Person) for field in fields(kind)}
    assert not {name for name in known if "stor" in name}


def test_an_objection_to_an_epoc_cannot_rest_on_it(now: datetime) -> None:
    problems = art17_objection_problems(
        received_on=now.date(),
        filed_on=now.date(),
        law="Swiss Criminal Code",
        provision="Art. 271",
        why_applicable="The data are stored in Zurich.",
        why_conflict="They are stored there.",
        rests_on=("storage_location",),
    )
    assert [problem.code for problem in problems] == ["ground_not_allowed"]
