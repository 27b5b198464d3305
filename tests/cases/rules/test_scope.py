"""What may be released, cell by cell."""

from datetime import date

import pytest

from cases.rules.instruments import CATEGORIES, INSTRUMENTS
from cases.rules.scope import (
    SUBSCRIBER_FIELDS,
    cloud_act_problems,
    compellable,
    is_us_governmental_entity,
    releasable,
    within,
)

# Written out from the statutes, not from the registry: subscriber, identification, traffic, content.
MATRIX = {
    "us_subpoena": "yes yes no  no ",
    "us_court_order": "yes yes yes no ",
    "us_search_warrant": "yes yes yes yes",
    "us_pen_register": "no  yes yes no ",
    "us_wiretap": "no  yes yes yes",
    "us_nsl": "yes no  no  no ",
    "us_fisa_content": "yes yes yes yes",
    "us_fisa_noncontent": "yes yes yes no ",
    "us_preservation": "yes yes yes yes",
    "emergency_disclosure": "yes yes yes yes",
    "mlat": "yes yes yes yes",
    "cloud_act_uk": "yes yes yes yes",
    "cloud_act_au": "yes yes yes yes",
    "foreign_direct": "yes yes yes no ",
    "civil_subpoena": "yes yes yes no ",
    "civil_court_order": "yes yes yes no ",
    "eu_epoc": "yes yes yes yes",
    "eu_epoc_pr": "yes yes yes yes",
    "dsa_order_to_act": "no  no  no  no ",
    "dsa_order_to_inform": "yes yes yes no ",
    "content_order": "no  no  no  no ",
    "domain_seizure": "no  no  no  no ",
}
CELLS = [
    pytest.param(code, category, cell == "yes", id=f"{code}: {category} {cell}")
    for code, row in MATRIX.items()
    for category, cell in zip(CATEGORIES, row.split(), strict=True)
]


def test_the_matrix_has_a_row_for_every_instrument() -> None:
    assert set(MATRIX) == set(INSTRUMENTS)


@pytest.mark.parametrize(("code", "category", "expected"), CELLS)
def test_the_instrument_reaches_the_category(code: str, category: str, expected: bool) -> None:
    source = compellable(code, category)
    assert (source is not None) is expected
    assert source is None or source


@pytest.mark.parametrize(("code", "category", "expected"), CELLS)
def test_what_counsel_authorised_for_a_us_agency_leaves_only_where_the_instrument_reaches(
    code: str, category: str, expected: bool
) -> None:
    problems = releasable(
        code, category, authorised=CATEGORIES, agency_country="US", agency_kind="law_enforcement", issuer="court"
    )
    assert (problems == ()) is expected


def test_what_counsel_did_not_authorise_stays() -> None:
    problems = releasable(
        "us_search_warrant", "content", authorised=["subscriber"], agency_country="US", agency_kind="court"
    )
    assert [problem.code for problem in problems] == ["not_authorised"]


@pytest.mark.parametrize(
    ("country", "kind", "category", "expected"),
    [
        pytest.param("US", "law_enforcement", "content", [], id="Detective Osei, US police: content"),
        pytest.param("US", "court", "content", [], id="a US court: content"),
        pytest.param("US", "civil_party", "content", ["content_to_foreign_authority"], id="a US civil party: no"),
        pytest.param("FR", "law_enforcement", "content", ["content_to_foreign_authority"], id="French police: no"),
        pytest.param("", "law_enforcement", "content", ["content_to_foreign_authority"], id="country not known: no"),
        pytest.param("FR", "law_enforcement", "subscriber", [], id="French police: records"),
    ],
)
def test_in_an_emergency_content_goes_to_a_us_governmental_entity_only(
    country: str, kind: str, category: str, expected: list[str]
) -> None:
    problems = releasable(
        "emergency_disclosure", category, authorised=CATEGORIES, agency_country=country, agency_kind=kind
    )
    assert [problem.code for problem in problems] == expected


@pytest.mark.parametrize(
    ("issuer", "category", "allowed"),
    [
        ("judge", "content", True),
        ("investigating_judge", "traffic", True),
        ("prosecutor", "subscriber", True),
        ("prosecutor", "identification", True),
        ("prosecutor", "traffic", False),
        ("prosecutor", "content", False),
        ("authority_validated_by_judge", "content", True),
        ("authority_validated_by_prosecutor", "content", False),
        ("authority_not_validated", "identification", True),
        ("authority_not_validated", "traffic", False),
        ("", "content", True),  # not recorded: legal review asks for it
    ],
)
def test_an_epoc_by_this_issuer_reaches_the_category(issuer: str, category: str, allowed: bool) -> None:
    problems = releasable(
        "eu_epoc",
        category,
        authorised=CATEGORIES,
        agency_country="IE",
        agency_kind="law_enforcement",
        issuer=issuer,
    )
    expected = [] if allowed else ["NOT_ISSUED_OR_VALIDATED_AS_DEFINED_BY_REGULATION"]
    assert [problem.code for problem in problems] == expected


@pytest.mark.parametrize(
    ("asked", "authorised", "expected"),
    [
        pytest.param({"subscriber"}, {"subscriber"}, [], id="all of what was asked"),
        pytest.param({"subscriber", "content"}, {"subscriber"}, [], id="content cut"),
        pytest.param({"subscriber"}, set(), ["nothing_authorised"], id="nothing"),
        pytest.param({"subscriber"}, {"subscriber", "traffic"}, ["not_asked"], id="more than asked"),
        pytest.param({"subscriber", "content"}, {"content"}, ["not_compellable"], id="more than compellable"),
        pytest.param({"subscriber"}, {"content"}, ["not_asked", "not_compellable"], id="neither"),
    ],
)
def test_counsel_authorises(asked: set[str], authorised: set[str], expected: list[str]) -> None:
    problems = within(asked=asked, compellable={"subscriber", "traffic"}, authorised=authorised)
    assert [problem.code for problem in problems] == expected


def test_a_subpoena_reaches_six_items_and_a_temporarily_assigned_network_address_is_one() -> None:
    assert "".join(SUBSCRIBER_FIELDS) == "ABCDEF"
    assert "temporarily assigned network address" in SUBSCRIBER_FIELDS["E"].title
    assert {field.category for field in SUBSCRIBER_FIELDS.values()} == {"subscriber", "identification"}


def test_a_civil_party_is_no_governmental_entity() -> None:
    assert is_us_governmental_entity("US", "regulator")
    assert not is_us_governmental_entity("US", "civil_party")
    assert not is_us_governmental_entity("GB", "law_enforcement")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({}, [], id="in order"),
        pytest.param({"country": "CA"}, ["no_agreement"], id="a country without agreement"),
        pytest.param({"on": date(2022, 10, 2)}, ["no_agreement"], id="received before it was in force"),
        pytest.param({"specific_identifier": False}, ["no_specific_identifier"], id="no specific identifier"),
        pytest.param({"us_person": True}, ["us_person"], id="a US person"),
        pytest.param({"us_person": None}, ["us_person"], id="perhaps a US person"),
        pytest.param({"in_us": True}, ["in_us"], id="in the United States"),
        pytest.param({"in_us": None}, ["in_us"], id="perhaps in the United States"),
    ],
)
def test_an_order_under_an_agreement_is_blocked(changed: dict[str, object], expected: list[str]) -> None:
    order: dict[str, object] = {
        "country": "GB",
        "on": date(2026, 3, 2),
        "specific_identifier": True,
        "us_person": False,
        "in_us": False,
    }
    problems = cloud_act_problems(**{**order, **changed})  # type: ignore[arg-type]
    assert [problem.code for problem in problems] == expected
