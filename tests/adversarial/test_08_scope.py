"""Invariant 8. Whatever counsel try, nothing leaves beyond what is compellable, asked for and authorised, together."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cases.actions import productions, review
from cases.actions.changing import Refused
from cases.actions.productions import NotAuthorised, Row
from cases.models import Case, Disclosure
from cases.rules.instruments import INSTRUMENTS
from cases.states import ApprovalKind, Category, DisclosureResult
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

LATER = timedelta(days=15)
# National security is worked on by other people, in the same way.
DATA = sorted(code for code, kind in INSTRUMENTS.items() if "disclosure" in kind.ends_in and not kind.national_security)
some_categories = st.lists(st.sampled_from(Category.values), min_size=1, unique=True)


def authorise(case: Case, categories: Sequence[str], staff: Staff, now: datetime) -> list[str]:
    """Try to authorise these; return what is authorised afterwards."""
    with suppress(Refused):
        review.authorise(case_id=case.pk, categories=categories, reason="Because.", by=staff.ines, now=now)
    return list(case.targets.get().authorised)


def answer_with(case: Case, category: str, result: str, staff: Staff, now: datetime) -> bool:
    """Try to get one row out; return whether it left."""
    try:
        approval = productions.propose_release(
            case_id=case.pk,
            kind=ApprovalKind.PRODUCE_PART,
            rows=[Row(case.targets.get().pk, category, result)],
            files=(),
            reason="We want to.",
            by=staff.ines,
            now=now,
        )
        productions.release(approval_id=lives.approved(approval, staff, now).pk, by=staff.ines, now=now)
    except Refused:
        return False
    return True


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@example(code="us_subpoena", asked=["content", "subscriber"], wanted=["content"])
@example(code="us_search_warrant", asked=["subscriber"], wanted=["content"])
@given(code=st.sampled_from(DATA), asked=some_categories, wanted=some_categories)
def test_nothing_is_authorised_beyond_what_was_asked_and_can_be_compelled(
    code: str, asked: list[str], wanted: list[str], staff: Staff, now: datetime
) -> None:
    case = lives.received(now, instrument=code, asked=asked)
    case = lives.in_review(case, staff, now)
    authorised = set(authorise(case, wanted, staff, now))
    assert authorised <= set(asked) & set(INSTRUMENTS[code].compels) & set(wanted)


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(asked=some_categories, cut=some_categories, tried=st.sampled_from(Category.values))
def test_nothing_leaves_beyond_what_counsel_authorised(
    asked: list[str], cut: list[str], tried: str, staff: Staff, now: datetime
) -> None:
    """A warrant compels everything, so that what was asked and authorised alone decides."""
    case = lives.in_review(lives.received(now, instrument="us_search_warrant", asked=asked), staff, now)
    authorised = authorise(case, [category for category in asked if category not in cut] or asked, staff, now)
    lives.answer_questions(case, staff, now)
    review.pass_review(case_id=case.pk, by=staff.ines, now=now)
    lives.clear(case, staff, now)
    lives.tell(case, now)
    left = answer_with(case, tried, "produced", staff, now + LATER)
    assert left == (tried in authorised)
    rows = Disclosure.objects.filter(production__case=case, result__in=["produced", "no_records"])
    assert set(rows.values_list("category", flat=True)) <= set(authorised)


@pytest.mark.parametrize("result", ["produced", "no_records", "preserved", "effect_given"])
@pytest.mark.parametrize("category", ["content", ""])
def test_a_subpoena_gives_no_content_under_any_name(result: str, category: str, staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now, asked=["subscriber", "content"]), staff, now)
    assert not answer_with(case, category, result, staff, now + LATER)


@pytest.mark.parametrize(
    ("country", "kind", "may"),
    [
        pytest.param("US", "law_enforcement", True, id="a US agency"),
        pytest.param("US", "civil_party", False, id="a private party"),
        pytest.param("GB", "law_enforcement", False, id="a foreign agency"),
        pytest.param("DE", "court", False, id="a foreign court"),
    ],
)
def test_content_in_an_emergency_goes_to_a_us_governmental_entity_only(
    country: str, kind: str, may: bool, staff: Staff, now: datetime
) -> None:
    agency = lives.oseis_agency(now, country=country, kind=kind)
    case = lives.received(now, instrument="emergency_disclosure", asked=["content"], agency=agency)
    lives.state_danger(case, staff, now)
    case = lives.called_back(lives.in_review(lives.again(case), staff, now), staff, now)
    authorise(case, ["content"], staff, now)

    def propose() -> None:
        productions.propose_release(
            case_id=case.pk,
            kind=ApprovalKind.ANSWER_EMERGENCY,
            rows=[Row(case.targets.get().pk, "content", DisclosureResult.PRODUCED)],
            files=(),
            reason="A child is in danger.",
            by=staff.ines,
            now=now,
            delay_until=(now + LATER).date(),
        )

    if may:
        propose()
    else:
        with pytest.raises(NotAuthorised):
            propose()
