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
