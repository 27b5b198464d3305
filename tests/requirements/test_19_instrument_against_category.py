"""Requirement 19: what each instrument may release, cell by cell.

Subpoena only 18 USC 2703(c)(2)(A)-(F); 2703(d) non-content; warrant everything; civil never content; an emergency only
what relates to it, and content to a US governmental entity only; EPOC by a prosecutor for traffic or content blocked.
"""

import pytest

from cases.rules.instruments import CATEGORIES, INSTRUMENTS
from cases.rules.scope import SUBSCRIBER_FIELDS, compellable, fields_of, releasable

# Written out from the statutes, not from the registry. Letters: the items of 2703(c)(2) that are reached there.
#                         subscriber  identification  traffic  content
MATRIX = {
    "us_subpoena": "          ABDF    CE              no       no",
    "us_court_order": "       yes     yes             yes      no",
    "us_search_warrant": "    yes     yes             yes      yes",
    "us_pen_register": "      no      yes             yes      no",
    "us_wiretap": "           no      yes             yes      yes",
    "us_nsl": "               ABCD    no              no       no",
    "us_fisa_content": "      yes     yes             yes      yes",
    "us_fisa_noncontent": "   yes     yes             yes      no",
    "us_preservation": "      yes     yes             yes      yes",
    "emergency_disclosure": " yes     yes             yes      yes",
    "mlat": "                 yes     yes             yes      yes",
    "cloud_act_uk": "         yes     yes             yes      yes",
    "cloud_act_au": "         yes     yes             yes      yes",
    "foreign_direct": "       yes     yes             yes      no",
    "civil_subpoena": "       yes     yes             yes      no",
    "civil_court_order": "    yes     yes             yes      no",
    "eu_epoc": "              yes     yes             yes      yes",
    "eu_epoc_pr": "           yes     yes             yes      yes",
    "dsa_order_to_act": "     no      no              no       no",
    "dsa_order_to_inform": "  yes     yes             yes      no",
    "content_order": "        no      no              no       no",
    "domain_seizure": "       no      no              no       no",
}
CELLS = [
    pytest.param(code, category, cell, id=f"{code}: {category} {cell}")
    for code, row in MATRIX.items()
    for category, cell in zip(CATEGORIES, row.split(), strict=True)
]


def verdicts(code: str, category: str, **changed: str) -> list[str]:
    asker = {"agency_country": "US", "agency_kind": "law_enforcement", "issuer": "", **changed}
    return [problem.code for problem in releasable(code, category, authorised=CATEGORIES, **asker)]


def test_every_instrument_has_its_row_and_every_row_its_four_cells() -> None:
    assert set(MATRIX) == set(INSTRUMENTS)
    assert len(CELLS) == 4 * len(INSTRUMENTS)


@pytest.mark.parametrize(("code", "category", "cell"), CELLS)
def test_the_cell_is_as_the_law_has_it(code: str, category: str, cell: str) -> None:
    assert verdicts(code, category) == (["not_compellable"] if cell == "no" else [])
    assert bool(compellable(code, category)) is (cell != "no")
    assert "".join(fields_of(code, category)) == ("" if cell in {"yes", "no"} else cell)


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize(
    ("country", "kind", "content_leaves"),
    [
        pytest.param("US", "law_enforcement", True, id="a US police department"),
        pytest.param("GB", "law_enforcement", False, id="a foreign police"),
        pytest.param("US", "civil_party", False, id="a civil party"),
    ],
)
def test_in_an_emergency_content_goes_to_a_us_governmental_entity_only(
    country: str, kind: str, content_leaves: bool, category: str
) -> None:
    barred = category == "content" and not content_leaves
    found = verdicts("emergency_disclosure", category, agency_country=country, agency_kind=kind)
    assert found == (["content_to_foreign_authority"] if barred else [])


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize(
    ("issuer", "reach"),
    [
        ("judge", "all"),
        ("court", "all"),
        ("investigating_judge", "all"),
        ("authority_validated_by_judge", "all"),
        ("prosecutor", "subscriber identification"),
        ("authority_validated_by_prosecutor", "subscriber identification"),
        ("authority_not_validated", "subscriber identification"),
    ],
)
def test_an_epoc_reaches_as_far_as_its_issuer_may_order(issuer: str, reach: str, category: str) -> None:
    allowed = reach == "all" or category in reach.split()
    found = verdicts("eu_epoc", category, agency_country="FR", issuer=issuer)
    assert found == ([] if allowed else ["NOT_ISSUED_OR_VALIDATED_AS_DEFINED_BY_REGULATION"])


def test_a_subpoena_reaches_six_items_and_no_instrument_names_another() -> None:
    assert "".join(SUBSCRIBER_FIELDS) == "ABCDEF"
    assert {code for code, process in INSTRUMENTS.items() if process.subscriber_fields} == {"us_subpoena", "us_nsl"}
    for process in INSTRUMENTS.values():
        assert set(process.subscriber_fields) <= set(SUBSCRIBER_FIELDS)
