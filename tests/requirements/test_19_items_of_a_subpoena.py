"""Requirement 19: under a subpoena only the items of 18 USC 2703(c)(2)(A)-(F) leave.

Nothing leaves beyond what was asked, can be compelled and is authorised, item by item.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.actions import productions, review
from cases.actions.amendments import amend
from cases.actions.changing import Refused
from cases.actions.productions import NotAuthorised, Row
from cases.actions.review import BeyondScope
from cases.actions.second_person import NotWhatWasApproved
from cases.models import Case, Disclosure
from cases.rules.instruments import CATEGORIES, INSTRUMENTS
from cases.rules.scope import fields_of, fields_problems, row_fields_problems
from cases.states import ApprovalKind, Category
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

LATER = timedelta(days=15)


def authorise(
    case: Case, staff: Staff, now: datetime, fields: Sequence[str] | None, reason: str = "Not needed."
) -> None:
    review.authorise(case_id=case.pk, categories=case.asked, fields=fields, reason=reason, by=staff.ines, now=now)


def ready(staff: Staff, now: datetime, fields: Sequence[str]) -> Case:
    """Return a case whose customer was told, with these items authorised of a subpoena for subscriber data."""
    case = lives.in_review(lives.received(now), staff, now)
    lives.answer_questions(case, staff, now)
    authorise(case, staff, now, fields)
    review.pass_review(case_id=case.pk, by=staff.ines, now=now)
    lives.clear(case, staff, now)
    lives.tell(case, now)
    return lives.again(case)


def propose(case: Case, staff: Staff, now: datetime, fields: Sequence[str] | None) -> None:
    row = Row(case.targets.get().pk, "subscriber", "produced", fields)
    productions.propose_release(
        case_id=case.pk, kind=ApprovalKind.ANSWER, rows=[row], files=(), reason="As cut.", by=staff.ines, now=now
    )


def test_without_a_word_every_item_of_the_category_is_authorised(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now, asked=[Category.SUBSCRIBER, Category.IDENTIFICATION]), staff, now)
    authorise(case, staff, now, None, reason="")
    assert case.targets.get().authorised_fields == ["A", "B", "C", "D", "E", "F"]


def test_counsel_narrows_to_name_and_address_with_a_reason(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    with pytest.raises(Refused, match="reason"):
        authorise(case, staff, now, ["A", "B"], reason="")
    authorise(case, staff, now, ["A", "B"])
    target = case.targets.get()
    assert (target.authorised_fields, target.cut_reason) == (["A", "B"], "Not needed.")


@pytest.mark.parametrize(
    ("fields", "because"),
    [
        pytest.param(["A", "E"], "item E", id="an item of a category that was not asked"),
        pytest.param(["A", "Z"], "item Z", id="no item of the statute"),
        pytest.param([], "none of its items", id="none at all"),
    ],
)
def test_no_item_is_authorised_that_is_not_reached(
    fields: list[str], because: str, staff: Staff, now: datetime
) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    with pytest.raises(BeyondScope, match=because):
        authorise(case, staff, now, fields)
    assert case.targets.get().authorised == []


def named(case: Case, staff: Staff, now: datetime, fields: Sequence[str]) -> Case:
    review.name_items(case_id=case.pk, fields=fields, by=staff.analyst, now=now)
    return lives.again(case)


def test_an_item_that_the_paper_does_not_name_cannot_be_authorised(staff: Staff, now: datetime) -> None:
    case = named(lives.in_review(lives.received(now), staff, now), staff, now, ["A", "B"])
    with pytest.raises(BeyondScope, match="item F was not asked for"):
        authorise(case, staff, now, ["A", "F"])
    authorise(case, staff, now, None, reason="")
    assert case.targets.get().authorised_fields == ["A", "B"], "all that was asked, and nothing was cut"


def test_of_a_category_of_which_the_paper_names_no_item_all_are_asked(staff: Staff, now: datetime) -> None:
    case = lives.received(now, asked=[Category.SUBSCRIBER, Category.IDENTIFICATION])
    case = named(lives.in_review(case, staff, now), staff, now, ["A"])
    authorise(case, staff, now, None, reason="")
    assert case.targets.get().authorised_fields == ["A", "C", "E"]


def test_naming_fewer_items_takes_back_what_was_authorised(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    authorise(case, staff, now, None, reason="")
    named(case, staff, now, ["A"])
    assert (case.targets.get().authorised, case.targets.get().authorised_fields) == ([], [])
    with pytest.raises(Refused, match=r"(?i)authorise"):
        review.pass_review(case_id=case.pk, by=staff.ines, now=now)


@pytest.mark.parametrize("fields", [["E"], ["Z"]])
def test_no_item_is_named_that_the_instrument_does_not_reach_in_what_is_asked(
    fields: list[str], staff: Staff, now: datetime
) -> None:
    with pytest.raises(BeyondScope, match="does not reach"):
        named(lives.received(now), staff, now, fields)


def test_a_request_that_no_longer_asks_for_a_category_names_none_of_its_items(staff: Staff, now: datetime) -> None:
    case = lives.received(now, asked=[Category.SUBSCRIBER, Category.IDENTIFICATION])
    named(case, staff, now, ["A", "E"])
    amend(
        case_id=case.pk,
        asked=[Category.SUBSCRIBER],
        add=[],
        drop=[],
        reason="Osei narrowed it.",
        by=staff.analyst,
        now=now,
    )
    assert lives.again(case).asked_fields == ["A"]


def test_an_instrument_that_knows_no_items_takes_none(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now, instrument="us_court_order"), staff, now)
    with pytest.raises(BeyondScope):
        authorise(case, staff, now, ["A"])
    authorise(case, staff, now, None)
    assert case.targets.get().authorised_fields == []


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param(["A", "F"], id="the card number beside the name"),
        pytest.param(["F"], id="the card number alone"),
        pytest.param(["E"], id="an item of another category"),
        pytest.param([], id="data with no item named"),
    ],
)
def test_nothing_leaves_beyond_the_items_authorised(fields: list[str], staff: Staff, now: datetime) -> None:
    case = ready(staff, now, ["A", "B"])
    with pytest.raises(NotAuthorised, match="only the items"):
        propose(case, staff, now + LATER, fields)
    propose(case, staff, now + LATER, ["A"])


def test_what_leaves_is_recorded_item_by_item(staff: Staff, now: datetime) -> None:
    case = lives.answered_now(ready(staff, now, ["A", "B"]), staff, now + LATER)
    assert Disclosure.objects.get(production__case=case).fields == ["A", "B"]


def test_of_each_target_only_its_own_items_leave(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now, customers=[lives.carla(), lives.carla()]), staff, now)
    first, second = case.targets.all()
    for target, fields in ((first, ["A", "B"]), (second, ["B", "F"])):
        review.authorise(
            case_id=case.pk,
            categories=["subscriber"],
            fields=fields,
            reason="Not needed.",
            target_ids=[target.pk],
            by=staff.ines,
            now=now,
        )
    rows = productions.rows_for_all(case, {"subscriber": "produced"}, fields=["B", "F"])
    assert [row.fields for row in rows] == [["B"], ["B", "F"]]


def test_an_approval_falls_when_the_items_change_under_it(staff: Staff, now: datetime) -> None:
    case = ready(staff, now, ["A", "B"])
    approval = lives.approved(lives.answer_proposed(case, staff, now + LATER), staff, now + LATER)
    case.targets.update(authorised_fields=["A", "B", "F"])
    with pytest.raises(NotWhatWasApproved):
        productions.release(approval_id=approval.pk, by=staff.ines, now=now + LATER)


items = st.sets(st.sampled_from("ABCDEFZ"))


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    code=st.sampled_from(sorted(INSTRUMENTS)),
    category=st.sampled_from(CATEGORIES),
    fields=items,
    authorised=items,
    named=items,
)
def test_what_may_leave_is_within_both_and_authorising_more_never_lets_less_leave(
    code: str, category: str, fields: set[str], authorised: set[str], named: set[str]
) -> None:
    if not row_fields_problems(code, category, fields=fields, authorised=authorised):
        assert fields <= set(fields_of(code, category)) & authorised
        more = authorised | set("ABCDEF")
        assert not row_fields_problems(code, category, fields=fields, authorised=more)
    if not fields_problems(code, categories=[category], fields=fields, named=named):
        assert fields <= set(fields_of(code, category))
        assert not fields_problems(code, categories=[category], fields=fields)
        assert not named & set(fields_of(code, category)) or fields <= named
