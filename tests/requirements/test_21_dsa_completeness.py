"""Requirement 21: a DSA order is held against every element of Art. 9(2)(a)(i)-(vi) or 10(2)(a)(i)-(vi).

Also language and territorial scope. What is missing drafts a letter of deficiency; of an order under Art. 10 that asks
for information not collected yet, that part is refused.
"""

from datetime import datetime

import pytest

from cases.actions import letters, review
from cases.models import Answer, Case
from cases.rules.review import items
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

ARTICLE_9 = {
    "dsa_legal_basis": "Arts. 9(2)(a)(i)",
    "dsa_reasons": "9(2)(a)(ii)",
    "dsa_issuer": "9(2)(a)(iii)",
    "dsa_location": "9(2)(a)(iv)",
    "dsa_redress": "9(2)(a)(v)",
    "dsa_whom_to_tell": "9(2)(a)(vi)",
    "dsa_territory": "9(2)(b)",
    "language": "9(2)(c)",
}
ARTICLE_10 = {
    "dsa_legal_basis": "10(2)(a)(i)",
    "dsa_issuer": "10(2)(a)(ii)",
    "dsa_identifiers": "10(2)(a)(iii)",
    "dsa_objective": "10(2)(a)(iv)",
    "dsa_redress": "10(2)(a)(v)",
    "dsa_whom_to_tell": "10(2)(a)(vi)",
    "dsa_already_collected": "10(2)(b)",
    "language": "10(2)(c)",
}
ELEMENTS = [
    pytest.param(code, item, source, id=f"{code}: {source}")
    for code, elements in (("dsa_order_to_act", ARTICLE_9), ("dsa_order_to_inform", ARTICLE_10))
    for item, source in elements.items()
]
NARROWS = {"dsa_territory", "dsa_already_collected"}


def order(code: str, staff: Staff, now: datetime) -> Case:
    agency = lives.oseis_agency(now, country="FR")
    return lives.in_review(lives.received(now, instrument=code, agency=agency), staff, now)


def fail(case: Case, item: str, staff: Staff, now: datetime) -> None:
    review.answer_item(case_id=case.pk, item=item, answer=Answer.NO, note="It is missing.", by=staff.ines, now=now)


@pytest.mark.parametrize(("code", "item", "source"), ELEMENTS)
def test_each_element_is_asked_with_its_source_and_missing_drafts_its_letter(
    code: str, item: str, source: str, staff: Staff, now: datetime
) -> None:
    assert source in {one.code: one.source for one in items(code, "FR")}[item]
    case = order(code, staff, now)
    fail(case, item, staff, now)
    offer = letters.offer_for(case)
    assert offer
    assert offer.kind == ("narrowing" if item in NARROWS else "deficiency")
    text = letters.text_for(case, offer)
    assert source in text
    assert "It is missing." in text


def test_one_letter_names_everything_that_is_missing(staff: Staff, now: datetime) -> None:
    case = order("dsa_order_to_inform", staff, now)
    for item in ("dsa_already_collected", "dsa_redress"):
        fail(case, item, staff, now)
    offer = letters.offer_for(case)
    assert offer
    assert (offer.kind, [item.code for item in offer.items]) == ("deficiency", ["dsa_redress", "dsa_already_collected"])
    letter = letters.draft_for_defects(case_id=case.pk, text=letters.text_for(case, offer), by=staff.ines, now=now)
    assert "not collected or do not control" in letter.text
    assert "1. The document is incomplete." in letter.text
