"""Ways to challenge a request, and whether its deadline stands still meanwhile."""

import pytest

from cases.rules.instruments import INSTRUMENTS
from cases.rules.remedies import OTHER, REMEDIES, UnknownRemedy, remedies_against, remedy


@pytest.mark.parametrize("code", REMEDIES)
def test_every_remedy_says_what_the_deadline_does_and_where_that_stands(code: str) -> None:
    found = remedy(code)
    assert found.title
    assert found.effect.endswith(".")
    assert found.source
    assert set(found.instruments) <= set(INSTRUMENTS)
    assert found.verified is ("unverified" not in found.source)


@pytest.mark.parametrize("code", INSTRUMENTS)
def test_something_can_be_said_against_every_kind_of_process(code: str) -> None:
    assert [one.code for one in remedies_against(code)][-1] == OTHER


def test_two_remedies_let_the_deadline_stand_still_by_law() -> None:
    assert {code for code, one in REMEDIES.items() if one.suspends} == {"us_2703h", "eu_art17"}


@pytest.mark.parametrize(
    ("instrument", "expected"),
    [
        ("us_search_warrant", ["us_2703h", "other"]),
        ("eu_epoc", ["eu_art17", "other"]),
        ("us_subpoena", ["us_rule17c", "other"]),
        ("us_court_order", ["us_2703d", "other"]),
        ("us_nsl", ["other"]),
    ],
)
def test_what_lies_against_a_kind_of_process(instrument: str, expected: list[str]) -> None:
    assert [one.code for one in remedies_against(instrument)] == expected


def test_an_unknown_remedy_is_named() -> None:
    with pytest.raises(UnknownRemedy, match="prayer"):
        remedy("prayer")
