"""A court narrows a request for some targets, or to some items: the rest can be asked for and authorised no more."""

from collections.abc import Collection
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.actions import challenges, review
from cases.actions.amendments import amend
from cases.actions.changing import Refused
from cases.actions.review import BeyondScope
from cases.models import Case, ChallengeResult
from cases.rules.scope import fields_asked
from cases.states import CaseState, Category
from ledger.models import LedgerEntry
from tests import lives
from tests.cases.actions.test_challenges import MOTION, decide
from tests.lives import Staff

pytestmark = pytest.mark.django_db

WHO, SESSIONS, LOGS = Category.SUBSCRIBER, Category.IDENTIFICATION, Category.TRAFFIC


def contested(staff: Staff, now: datetime, *, named: Collection[str] = (), instrument: str = "us_subpoena") -> Case:
    """Return a challenge of a request about two accounts, whose last instance has narrowed it."""
    asked = [WHO, SESSIONS] if instrument == "us_subpoena" else [WHO, SESSIONS, LOGS]
    case = lives.received(now, customers=[lives.carla(), lives.carla()], instrument=instrument, asked=asked)
    case = lives.in_review(case, staff, now)
    if named:
        review.name_items(case_id=case.pk, fields=named, by=staff.analyst, now=now)
    lives.approved(challenges.propose_challenge(case_id=case.pk, new=MOTION, by=staff.ines, now=now), staff, now)
    decide(case.challenges.get(), staff, now, ChallengeResult.NARROWED)
    return lives.again(case)


def narrowed(
    case: Case,
    staff: Staff,
    now: datetime,
    *,
    scope: Collection[Category] | None = None,
    first_only: bool = False,
    fields: Collection[str] | None = None,
) -> Case:
    challenges.resolve(
        challenge_id=case.challenges.get().pk,
        result=ChallengeResult.NARROWED,
        scope=scope,
        target_ids=[case.targets.order_by("pk")[0].pk] if first_only else (),
        fields=fields,
        by=staff.ines,
        now=now,
    )
    return lives.again(case)


def asked(case: Case) -> list[list[str]]:
    return list(case.targets.order_by("pk").values_list("asked", flat=True))


def test_less_is_left_of_one_target_than_of_the_other(staff: Staff, now: datetime) -> None:
    case = narrowed(contested(staff, now, instrument="us_court_order"), staff, now, scope=[WHO], first_only=True)
    assert asked(case) == [["subscriber"], ["subscriber", "identification", "traffic"]]
    assert case.asked == ["subscriber", "identification", "traffic"]
    entry = LedgerEntry.objects.get(stream=case.stream, payload__kind="request_narrowed")
    assert (entry.payload["left"], entry.payload["targets"]) == (["subscriber"], 1)
    lives.answer_questions(case, staff, now)
    lives.authorise(case, staff, now)
    review.pass_review(case_id=case.pk, by=staff.ines, now=now)
    given_to = list(case.targets.order_by("pk").values_list("authorised", "cut_reason"))
    assert given_to == [(["subscriber"], ""), (["subscriber", "identification", "traffic"], "")]


def test_of_a_target_of_which_it_is_not_asked_nothing_is_authorised(staff: Staff, now: datetime) -> None:
    case = narrowed(contested(staff, now, instrument="us_court_order"), staff, now, scope=[WHO], first_only=True)
    with pytest.raises(Refused, match="choose the targets"):
        review.authorise(case_id=case.pk, categories=[LOGS], reason="Logs.", by=staff.ines, now=now)


def test_only_some_items_are_left_and_a_category_without_any_goes(staff: Staff, now: datetime) -> None:
    case = narrowed(contested(staff, now), staff, now, fields=["A", "B"])
    assert (case.state, case.asked, case.asked_fields) == (CaseState.LEGAL_REVIEW, ["subscriber"], ["A", "B"])
    lives.authorise(case, staff, now)
    assert case.targets.order_by("pk")[0].authorised_fields == ["A", "B"]


@pytest.mark.parametrize("fields", [["A", "C"], ["D"], []])
def test_no_paper_names_an_item_afterwards_that_the_court_cut(staff: Staff, now: datetime, fields: list[str]) -> None:
    case = narrowed(contested(staff, now), staff, now, fields=["A", "B"])
    with pytest.raises(BeyondScope):
        review.name_items(case_id=case.pk, fields=fields, by=staff.analyst, now=now)
    review.name_items(case_id=case.pk, fields=["A"], by=staff.analyst, now=now)
    assert lives.again(case).asked_fields == ["A"]


@pytest.mark.parametrize(
    "left",
    [
        pytest.param({"fields": ["D"]}, id="an item that the paper did not name"),
        pytest.param({"fields": ["C"], "scope": [WHO]}, id="no item of what is left"),
        pytest.param({"fields": ["A"], "first_only": True}, id="items of one target"),
        pytest.param({"scope": [LOGS]}, id="a category that was not asked"),
    ],
)
def test_what_a_court_cannot_have_left_is_refused(left: dict[str, object], staff: Staff, now: datetime) -> None:
    case = contested(staff, now, named=["A", "B", "C"])
    with pytest.raises(Refused):
        narrowed(case, staff, now, **left)  # type: ignore[arg-type]
    assert lives.again(case).state == CaseState.CHALLENGED


def test_a_request_that_changes_brings_nothing_back_that_was_cut(staff: Staff, now: datetime) -> None:
    case = narrowed(contested(staff, now, instrument="us_court_order"), staff, now, scope=[WHO], first_only=True)
    amend(case_id=case.pk, asked=[WHO, LOGS], add=(), drop=(), reason="No sessions.", by=staff.analyst, now=now)
    assert asked(case) == [["subscriber"], ["subscriber", "traffic"]]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    named=st.sets(st.sampled_from("ABCDEF")),
    scope=st.none() | st.sets(st.sampled_from([WHO, SESSIONS]), min_size=1),
    first_only=st.booleans(),
    fields=st.none() | st.sets(st.sampled_from("ABCDEF"), min_size=1),
)
def test_whatever_a_court_leaves_lies_within_what_was_asked(
    staff: Staff,
    now: datetime,
    named: set[str],
    scope: set[Category] | None,
    first_only: bool,
    fields: set[str] | None,
) -> None:
    case = contested(staff, now, named=named)
    before, items_before = asked(case), case.asked_fields
    try:
        case = narrowed(case, staff, now, scope=scope, first_only=first_only, fields=fields)
    except Refused:
        assert asked(case) == before
        return
    for was, now_asked in zip(before, asked(case), strict=True):
        assert set(now_asked) <= set(was)
        for category in now_asked:
            items = set(fields_asked("us_subpoena", category, case.asked_fields))
            assert items <= set(fields_asked("us_subpoena", category, items_before))
