"""The reasoned objection in the form's own order."""

from datetime import date

import pytest

from cases.rules.art17 import NATURES, last_day_to_object, section_e

RECEIVED = date(2026, 9, 4)
SAID = {
    "reference": "WD-2026-7K3M9QXA7",
    "agency_reference": "EPOC-FR-1",
    "received_on": RECEIVED,
    "law": "PIPL",
    "provision": "Art. 41",
    "nature": "FUNDAMENTAL_INTERESTS_OF_THIRD_COUNTRY",
    "why_applicable": "We store the account there for a resident.",
    "why_conflict": "No approval was given.",
    "link": "",
    "consequences": "Fines.",
    "other": " ",
}


def test_its_last_day_counts_in_full_and_does_not_move() -> None:
    assert last_day_to_object(RECEIVED) == date(2026, 9, 14)
    assert last_day_to_object(date(2026, 9, 2)) == date(2026, 9, 12), "a Saturday"


def test_section_e_says_what_is_filled_in_the_order_of_the_form() -> None:
    text = section_e(**SAID)  # type: ignore[arg-type]
    titles = [line.split(":")[0] for line in text.splitlines() if ": " in line and not line.startswith("Section")]
    assert titles == [
        "Title of the law",
        "Applicable provision",
        "Nature of the conflicting obligation",
        "Why the law applies",
        "Why there is a conflict",
        "Consequences for us",
    ]
    assert "your reference EPOC-FR-1" in text
    assert "Certificate received on 4 September 2026" in text


@pytest.mark.parametrize("nature", NATURES)
def test_every_nature_of_the_form_has_its_words(nature: str) -> None:
    assert NATURES[nature] in section_e(**SAID | {"nature": nature})  # type: ignore[arg-type]
