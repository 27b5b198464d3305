"""Which letter follows from what failed in legal review."""

import pytest

from cases.rules.grounds import GROUNDS
from cases.rules.instruments import instrument
from cases.rules.letters import GRAVEST_FIRST, OPENING, letter_for, text_of, text_to_forger
from cases.rules.review import ITEMS


@pytest.mark.parametrize(
    ("code", "failed", "kind", "ground"),
    [
        pytest.param("us_subpoena", ["signed"], "deficiency", "not_signed", id="can be cured"),
        pytest.param("us_subpoena", ["not_overbroad"], "narrowing", "overbroad", id="we give the rest"),
        pytest.param("us_subpoena", ["not_overbroad", "signed"], "deficiency", "not_signed", id="the graver of two"),
        pytest.param("us_subpoena", ["signed", "jurisdiction"], "rejection", "no_jurisdiction", id="no cure"),
        pytest.param("foreign_direct", ["local_law"], "mlat_redirect", "use_mlat", id="by mutual legal assistance"),
        pytest.param("cloud_act_uk", ["not_us_person"], "mlat_redirect", "use_mlat", id="about a US person"),
        pytest.param("eu_epoc", ["epoc_sections"], "annex_iii", "incomplete", id="an EPOC by its form"),
        pytest.param("eu_epoc_pr", ["jurisdiction"], "annex_iii", "no_jurisdiction", id="whatever failed"),
    ],
)
def test_the_letter_for_what_failed(code: str, failed: list[str], kind: str, ground: str) -> None:
    offer = letter_for(instrument(code), dict.fromkeys(failed, "no") | {"language": "yes"})
    assert offer is not None
    assert (offer.kind, offer.ground) == (kind, ground)
    assert {item.code for item in offer.items} == set(failed)


def test_nothing_failed_means_no_letter() -> None:
    assert letter_for(instrument("us_subpoena"), {"signed": "yes", "language": "not_applicable"}) is None


def test_the_text_names_each_defect_with_its_note_and_source() -> None:
    offer = letter_for(instrument("us_subpoena"), {"signed": "no"})
    assert offer is not None
    text = text_of(offer, reference="WD-1", agency_reference="PPB-26-118", notes={"signed": "Page 2 ends blank."})
    assert text.splitlines()[0] == "Our reference WD-1, your reference PPB-26-118"
    assert f"1. {GROUNDS['not_signed'].sentence} Page 2 ends blank. ({ITEMS['signed'].source})" in text


@pytest.mark.parametrize("code", ITEMS)
def test_every_question_leads_to_a_letter_and_a_sentence_for_the_agency(code: str) -> None:
    item = ITEMS[code]
    assert item.letter in GRAVEST_FIRST
    assert item.letter in OPENING
    assert item.ground in GROUNDS


def test_a_forger_is_told_nothing_but_that_we_do_not_act() -> None:
    text = text_to_forger(reference="WD-1", agency_reference="7 Js 12/26")
    assert text.splitlines()[0] == "Our reference WD-1, your reference 7 Js 12/26"
    assert not any(word in text.lower() for word in ("forge", "fraud", "genuine", "verif", "customer", "because"))
