"""The registry is complete, consistent, and says what the statutes say."""

from datetime import date

import pytest

from cases.rules.clocks import CLOCKS
from cases.rules.instruments import CATEGORIES, ENDINGS, INSTRUMENTS, UnknownInstrument, in_force, instrument

CODES = [
    "us_subpoena",
    "us_court_order",
    "us_search_warrant",
    "us_pen_register",
    "us_wiretap",
    "us_nsl",
    "us_fisa_content",
    "us_fisa_noncontent",
    "us_preservation",
    "emergency_disclosure",
    "mlat",
    "cloud_act_uk",
    "cloud_act_au",
    "foreign_direct",
    "civil_subpoena",
    "civil_court_order",
    "eu_epoc",
    "eu_epoc_pr",
    "dsa_order_to_act",
    "dsa_order_to_inform",
    "content_order",
    "domain_seizure",
]

every_instrument = pytest.mark.parametrize("code", CODES)


def test_the_registry_holds_the_codes_of_the_import_format_and_no_other() -> None:
    assert sorted(INSTRUMENTS) == sorted(CODES)


def test_an_unknown_code_is_named() -> None:
    with pytest.raises(UnknownInstrument, match="us_supoena"):
        instrument("us_supoena")


@every_instrument
def test_every_field_holds_one_of_its_words(code: str) -> None:
    kind = instrument(code)
    assert kind.ends_in
    assert kind.ends_in <= ENDINGS
    assert kind.notice in {"before", "at_effect", "after_basis", "never", "none"}
    assert kind.nondisclosure in {"none", "order", "statute", "certification", "always"}
    assert kind.kind in {"data", "preservation", "content_order", "seizure"}
    assert set(kind.compels) <= set(CATEGORIES)
    assert all(kind.compels.values())
    assert kind.line == code
    assert kind.issuers
    assert kind.review


@every_instrument
def test_every_instrument_cites_its_source_and_says_what_is_unverified(code: str) -> None:
    kind = instrument(code)
    assert kind.title
    assert kind.cite
    assert kind.source
    assert kind.verified or kind.note


@every_instrument
def test_clocks_that_start_on_receipt_count_from_receipt_and_the_others_do_not(code: str) -> None:
    kind = instrument(code)
    # A service that nobody recorded yet is taken as the receipt.
    assert all(CLOCKS[clock].event in {"receipt", "service"} for clock in kind.clocks)
    assert all(CLOCKS[clock].event != "receipt" for clock in kind.other_clocks)


@every_instrument
def test_only_a_notice_before_the_answer_gives_days_to_object_and_only_over_preserved_data(code: str) -> None:
    kind = instrument(code)
    assert kind.window == (kind.notice == "before")
    assert not kind.window or kind.interim_preservation


@every_instrument
def test_limits_of_an_issuer_name_issuers_and_categories_of_the_instrument(code: str) -> None:
    kind = instrument(code)
    assert set(kind.issuer_limits) <= set(kind.issuers)
    assert all(set(categories) <= set(kind.compels) for categories in kind.issuer_limits.values())


@every_instrument
def test_what_orders_an_effect_compels_no_data(code: str) -> None:
    kind = instrument(code)
    assert (kind.ends_in == {"effect"}) == (not kind.compels)


@pytest.mark.parametrize(
    ("field", "codes"),
    [
        ("national_security", {"us_nsl", "us_fisa_content", "us_fisa_noncontent"}),
        ("emergency", {"emergency_disclosure"}),
        ("voluntary", {"emergency_disclosure", "foreign_direct"}),
        ("not_before", {"eu_epoc"}),
        ("controller_notice", {"eu_epoc", "eu_epoc_pr"}),
    ],
)
def test_exactly_these_instruments_are(field: str, codes: set[str]) -> None:
    assert {code for code, kind in INSTRUMENTS.items() if getattr(kind, field)} == codes


@pytest.mark.parametrize(
    ("notice", "codes"),
    [
        ("never", {"eu_epoc", "eu_epoc_pr"}),
        ("at_effect", {"dsa_order_to_act", "dsa_order_to_inform", "content_order", "domain_seizure"}),
    ],
)
def test_exactly_these_are_told(notice: str, codes: set[str]) -> None:
    assert {code for code, kind in INSTRUMENTS.items() if kind.notice == notice} == codes


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        pytest.param("eu_epoc", date(2026, 8, 17), False, id="the day before the Regulation applies"),
        pytest.param("eu_epoc", date(2026, 8, 18), True, id="from 18 August 2026"),
        pytest.param("cloud_act_uk", date(2022, 10, 2), False, id="before the US-UK agreement"),
        pytest.param("cloud_act_uk", date(2022, 10, 3), True, id="the day it entered into force"),
        pytest.param("cloud_act_au", date(2024, 1, 30), False, id="before the US-Australia agreement"),
        pytest.param("us_subpoena", date(1990, 1, 1), True, id="no dates known"),
        pytest.param("us_fisa_content", date(2026, 12, 1), True, id="section 702 may have lapsed, Title I has not"),
    ],
)
def test_an_instrument_is_in_force(code: str, day: date, expected: bool) -> None:
    assert in_force(instrument(code), day) is expected


def test_the_lapse_of_section_702_stands_as_data() -> None:
    section_702 = next(power for power in instrument("us_fisa_content").authorities if "1881a" in power.cite)
    assert section_702.valid_until == date(2026, 6, 11)
    assert not section_702.verified


def test_denmark_sends_no_epoc_and_ireland_does() -> None:
    assert "DK" not in instrument("eu_epoc").countries
    assert "IE" in instrument("eu_epoc").countries
    assert "DK" in instrument("dsa_order_to_act").countries
