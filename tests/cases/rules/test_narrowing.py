"""What a court leaves of a request lies within what was asked, category by category and item by item."""

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.instruments import CATEGORIES
from cases.rules.narrowing import amended, categories_left, is_wider, items_left
from cases.rules.scope import SUBSCRIBER_FIELDS, fields_asked

SUBPOENA = "us_subpoena"
categories = st.just(list(CATEGORIES)) | st.lists(st.sampled_from(CATEGORIES), unique=True)
letters = st.sets(st.sampled_from(sorted(SUBSCRIBER_FIELDS)))
codes = st.just(SUBPOENA) | st.sampled_from(["us_nsl", "us_court_order", "us_search_warrant"])


def of_all(code: str, asked: Collection[str], named: Collection[str]) -> dict[str, set[str]]:
    return {category: set(fields_asked(code, category, named)) for category in asked}


@given(code=codes, asked=categories, scope=categories, named=letters, left=st.none() | letters)
def test_nothing_is_wider_than_before(
    code: str, asked: list[str], scope: list[str], named: set[str], left: set[str] | None
) -> None:
    after = categories_left(code, asked, scope=scope, named=named, letters=left)
    assert set(after) <= set(asked) & set(scope)
    named_after = named if left is None else set(items_left(code, asked, named=named, letters=left))
    before = of_all(code, asked, named)
    for category, items in of_all(code, after, named_after).items():
        assert items <= before[category]
        assert left is None or items <= left
    assert not is_wider(code, after, named=named_after, before=named)


@given(code=codes, asked=categories, before=letters, named=letters)
def test_what_is_not_wider_asks_for_no_more_of_any_category(
    code: str, asked: list[str], before: set[str], named: set[str]
) -> None:
    old, new = of_all(code, asked, before), of_all(code, asked, named)
    assert is_wider(code, asked, named=named, before=before) is any(new[one] > old[one] & new[one] for one in asked)


def test_a_category_of_which_no_item_is_left_is_not_asked_as_a_whole() -> None:
    asked = ("subscriber", "identification")
    left = categories_left(SUBPOENA, asked, scope=asked, named=(), letters={"A", "B"})
    assert left == ("subscriber",)
    assert items_left(SUBPOENA, asked, named=(), letters={"A", "B"}) == ("A", "B")


@pytest.mark.parametrize(
    ("asked", "before", "of_target", "expected"),
    [
        pytest.param(["subscriber"], ["subscriber", "traffic"], ["traffic"], [], id="nothing that was cut comes back"),
        pytest.param(["subscriber"], ["subscriber"], ["subscriber"], ["subscriber"], id="what was left stays"),
        pytest.param(["content"], ["subscriber"], ["subscriber"], ["content"], id="what is new is asked of it too"),
    ],
)
def test_a_changed_request_brings_nothing_back_that_a_court_cut(
    asked: list[str], before: list[str], of_target: list[str], expected: list[str]
) -> None:
    assert amended(asked, before=before, of_target=of_target) == expected
