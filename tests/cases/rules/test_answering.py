"""What the facts answer in legal review, and what they leave to a person."""

from dataclasses import replace
from datetime import date

import pytest

from cases.rules.answering import RULES, ReviewFacts, answer
from cases.rules.instruments import INSTRUMENTS, instrument
from cases.rules.review import ANSWERS, ITEMS, items

FACTS = ReviewFacts(
    instrument=instrument("eu_epoc"),
    country="FR",
    issuer="judge",
    asked=("subscriber", "content"),
    authorised=frozenset(),
    received_on=date(2026, 9, 4),
    target_kinds=("account",),
    us_persons=frozenset({False}),
    in_us=frozenset({False}),
)
SUBPOENA = replace(FACTS, instrument=instrument("us_subpoena"), country="US", issuer="")
UK = replace(FACTS, instrument=instrument("cloud_act_uk"), country="GB")


def said(item: str, facts: ReviewFacts) -> str | None:
    found = answer(ITEMS[item], facts)
    return found.answer if found else None


@pytest.mark.parametrize(
    ("item", "facts", "expected"),
    [
        pytest.param("issuer_entitled", FACTS, "yes", id="a judge orders content"),
        pytest.param("issuer_entitled", replace(FACTS, issuer="prosecutor"), "no", id="a prosecutor does not"),
        pytest.param(
            "issuer_entitled",
            replace(FACTS, issuer="prosecutor", authorised=frozenset({"subscriber"})),
            "yes",
            id="once content is cut",
        ),
        pytest.param("issuer_entitled", replace(FACTS, issuer=""), None, id="nobody knows who issued it"),
        pytest.param("issuer_entitled", SUBPOENA, None, id="an instrument without limits"),
        pytest.param("specific", FACTS, "yes", id="an account"),
        pytest.param("specific", replace(FACTS, target_kinds=()), "no", id="nothing named"),
        pytest.param("specific", replace(FACTS, target_kinds=("account", "other")), None, id="something else"),
        pytest.param("subpoena_items", SUBPOENA, "no", id="content by subpoena"),
        pytest.param(
            "subpoena_items", replace(SUBPOENA, authorised=frozenset({"subscriber"})), "yes", id="content cut"
        ),
        pytest.param("subpoena_items", replace(SUBPOENA, asked=("subscriber",)), "yes", id="within the subpoena"),
        pytest.param("emergency_foreign_no_content", FACTS, "no", id="content to a foreign authority"),
        pytest.param("emergency_foreign_no_content", replace(FACTS, asked=("subscriber",)), "yes", id="records to it"),
        pytest.param("epoc_bound", replace(FACTS, country="DK"), "no", id="Denmark"),
        pytest.param("epoc_bound", replace(FACTS, country="IE"), "yes", id="Ireland"),
        pytest.param("epoc_in_force", replace(FACTS, received_on=date(2026, 8, 17)), "no", id="a day too early"),
        pytest.param("epoc_in_force", replace(FACTS, received_on=date(2026, 8, 18)), "yes", id="the first day"),
        pytest.param(
            "authority_in_force",
            replace(FACTS, instrument=instrument("us_fisa_content")),
            None,
            id="a power in doubt is read by a person",
        ),
        pytest.param("agreement_in_force", UK, "yes", id="the United Kingdom"),
        pytest.param("agreement_in_force", replace(UK, received_on=date(2022, 10, 2)), "no", id="a day before"),
        pytest.param("not_us_person", UK, "yes", id="neither of nor in the United States"),
        pytest.param("not_us_person", replace(UK, us_persons=frozenset({False, True})), "no", id="one of two is"),
        pytest.param("not_us_person", replace(UK, in_us=frozenset({True})), "no", id="in the United States"),
        pytest.param("not_us_person", replace(UK, us_persons=frozenset({None})), None, id="not known"),
        pytest.param("not_us_person", replace(UK, in_us=frozenset()), None, id="nothing known"),
        pytest.param("epoc_offence", replace(FACTS, asked=("subscriber",)), "not_applicable", id="no offence needed"),
        pytest.param("epoc_offence", FACTS, None, id="the offence is read by a person"),
        pytest.param("epoc_traffic_purpose", FACTS, "not_applicable", id="no identification asked"),
        pytest.param("epoc_authority_notified", replace(FACTS, authority_notified=True), "yes", id="recorded"),
        pytest.param("epoc_authority_notified", FACTS, None, id="not recorded, content asked"),
        pytest.param("epoc_controller", replace(FACTS, controller_notice=True), "yes", id="Section G(d) recorded"),
        pytest.param("prospective_end", replace(FACTS, clocks=("pen_trap_end",)), "yes", id="its clock runs"),
        pytest.param("prospective_end", FACTS, None, id="no clock yet"),
        pytest.param("signed", FACTS, None, id="a question for a person"),
    ],
)
def test_the_facts_answer(item: str, facts: ReviewFacts, expected: str | None) -> None:
    assert said(item, facts) == expected


@pytest.mark.parametrize("code", sorted(INSTRUMENTS))
def test_every_rule_of_an_instrument_answers_in_a_word_of_the_list_with_a_sentence(code: str) -> None:
    facts = replace(FACTS, instrument=instrument(code))
    for item in items(code, "FR"):
        found = answer(item, facts)
        assert found is None or (found.answer in ANSWERS and found.reason.endswith("."))


def test_every_rule_that_a_question_names_exists_and_each_is_named() -> None:
    assert {item.rule for item in ITEMS.values() if item.rule} == set(RULES)
