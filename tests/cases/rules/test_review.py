"""What legal review asks, and when it is done."""

import pytest

from cases.rules.instruments import INSTRUMENTS
from cases.rules.review import ITEMS, failed, items, needs_note, unanswered

COMMON = [
    "facially_valid",
    "issuer_entitled",
    "signed",
    "served_properly",
    "specific",
    "not_overbroad",
    "jurisdiction",
    "language",
    "validity_dates",
    "nondisclosure_grounded",
]
DSA_ACT = {"legal_basis", "reasons", "issuer", "location", "redress", "whom_to_tell", "territory"}
DSA_INFORM = {"legal_basis", "issuer", "identifiers", "objective", "redress", "whom_to_tell", "already_collected"}


@pytest.mark.parametrize("code", sorted(INSTRUMENTS))
def test_the_common_questions_come_first_for_every_instrument(code: str) -> None:
    assert [item.code for item in items(code)][: len(COMMON)] == COMMON


@pytest.mark.parametrize(
    ("code", "elements"),
    [("dsa_order_to_act", DSA_ACT), ("dsa_order_to_inform", DSA_INFORM)],
    ids=["Art. 9", "Art. 10"],
)
def test_a_dsa_order_is_held_against_every_element_of_its_article(code: str, elements: set[str]) -> None:
    asked = {item.code for item in items(code)} - set(COMMON)
    assert asked == {f"dsa_{element}" for element in elements}


def test_a_letter_asks_about_certification_and_judicial_review() -> None:
    assert {"nsl_certification", "nsl_judicial_review"} <= {item.code for item in items("us_nsl")}


# Beyond what is asked of such a request from anywhere, by where it comes from; * after what counsel has not confirmed.
OF_COUNTRY = [
    ("foreign_direct", "GB", ["uk_overseas_order*", "uk_silence*"]),
    ("foreign_direct", "AU", ["au_overseas_order*"]),
    ("foreign_direct", "DE", ["eu_certificate*"]),
    ("foreign_direct", "FR", ["eu_certificate*"]),
    ("foreign_direct", "IE", ["eu_certificate*"]),
    ("foreign_direct", "DK", []),
    ("foreign_direct", "CH", []),
    ("foreign_direct", "US", []),
    ("cloud_act_uk", "GB", ["uk_silence*"]),
    ("cloud_act_au", "AU", []),
    ("emergency_disclosure", "DE", ["emergency_foreign_no_content"]),
    ("emergency_disclosure", "US", []),
    ("us_subpoena", "US", []),
]


@pytest.mark.parametrize(("code", "country", "expected"), OF_COUNTRY)
def test_some_questions_are_asked_of_some_countries_alone(code: str, country: str, expected: list[str]) -> None:
    anywhere = {item.code for item in items(code)}
    found = [item for item in items(code, country) if item.code not in anywhere]
    assert sorted(f"{item.code}{'' if item.verified else '*'}" for item in found) == expected


def test_every_question_of_a_country_stands_in_a_line_above() -> None:
    asked = {code.rstrip("*") for _code, _country, expected in OF_COUNTRY for code in expected}
    assert asked == {item.code for item in ITEMS.values() if item.countries or item.not_countries}


@pytest.mark.parametrize(
    ("code", "authority", "is_verified"),
    [("cloud_act_uk", "uk_authority", True), ("cloud_act_au", "au_authority", False)],
)
def test_an_order_under_an_agreement_comes_from_its_authority_and_binds_by_its_own_law_alone(
    code: str, authority: str, is_verified: bool
) -> None:
    asked = {item.code: item.verified for item in items(code)}
    assert asked[authority] is is_verified
    assert asked["own_law_compels"] is False
    assert {"uk_authority", "au_authority"} & asked.keys() == {authority}


@pytest.mark.parametrize("code", ITEMS)
def test_every_question_has_words_and_a_source(code: str) -> None:
    assert ITEMS[code].question.endswith("?")
    assert ITEMS[code].source


def test_review_is_done_when_everything_is_answered() -> None:
    answers = {item.code: "yes" for item in items("us_subpoena")}
    assert unanswered("us_subpoena", answers) == ()
    answers["signed"] = "later"
    assert [item.code for item in unanswered("us_subpoena", answers)] == ["signed"]
    del answers["language"]
    assert [item.code for item in unanswered("us_subpoena", answers)] == ["signed", "language"]


def test_a_no_is_a_defect_and_an_epoc_names_it_as_annex_iii_does() -> None:
    answers = {item.code: "yes" for item in items("eu_epoc")} | {
        "epoc_sections": "no",
        "epoc_controller": "not_applicable",
    }
    assert [(item.code, item.reason) for item in failed("eu_epoc", answers)] == [("epoc_sections", "INCOMPLETE")]
    assert unanswered("eu_epoc", answers) == ()


def test_everything_but_a_yes_says_why() -> None:
    assert [needs_note(answer) for answer in ("yes", "no", "not_applicable")] == [False, True, True]
