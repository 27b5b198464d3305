from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

from reports.national_security import Block, block
from reports.rules.bands import structure
from reports.rules.periods import period
from tests.reports.history import at, ended, national_security, tell

pytestmark = pytest.mark.django_db
UTC = ZoneInfo("UTC")


def stated(label: str = "2018-H2", code: str = "a3", on: str = "2020-06-01") -> Block | None:
    return block(structure(code), period(label), UTC, now=at(on))


def test_no_process_at_all_falls_into_the_first_band() -> None:
    assert stated() == {"structure": "50 USC 1874(a)(3)", "process": "0-249", "selectors": "0-249"}


def test_the_bands_are_of_instruments_and_of_their_selectors() -> None:
    national_security(1, 249, "2018-08-01", selectors=2)
    assert stated() == {"structure": "50 USC 1874(a)(3)", "process": "0-249", "selectors": "250-499"}
    national_security(1000, 1, "2018-08-01", selectors=2)
    assert stated() == {"structure": "50 USC 1874(a)(3)", "process": "250-499", "selectors": "500-749"}


@pytest.fixture
def near_the_edge() -> None:
    """249 instruments, so that one more shows."""
    national_security(1, 249, "2018-08-01", selectors=0)


@pytest.mark.parametrize(
    ("moment", "counts"),
    [
        ("2018-06-30T23:59:59.999999", False),
        ("2018-07-01T00:00:00", True),
        ("2018-12-31T23:59:59.999999", True),
        ("2019-01-01T00:00:00", False),
    ],
)
def test_the_window_includes_its_start_and_not_its_end(near_the_edge: None, moment: str, counts: bool) -> None:
    national_security(1000, 1, moment)
    found = stated()
    assert found
    assert found["process"] == ("250-499" if counts else "0-249")


@pytest.mark.parametrize(
    ("outcomes", "counts"),
    [
        pytest.param(["withdrawn"], False, id="taken back before anything was answered"),
        pytest.param(["rejected"], True, id="refused: it had been served"),
        pytest.param(["answered"], True, id="answered"),
        pytest.param(["answered_partial", "withdrawn"], True, id="answered in part, then taken back"),
    ],
)
def test_process_taken_back_unserved_does_not_count(near_the_edge: None, outcomes: list[str], counts: bool) -> None:
    national_security(1000, 1, "2018-08-01")
    for day, outcome in enumerate(outcomes, start=2):
        tell(1000, "outcome", f"2018-08-0{day}", outcome, line="us_nsl", restricted=True)
    found = stated()
    assert found
    assert found["process"] == ("250-499" if counts else "0-249")


def test_what_is_taken_back_after_the_window_stays_in_it(near_the_edge: None) -> None:
    national_security(1000, 1, "2018-12-20")
    tell(1000, "outcome", "2019-01-10", "withdrawn", line="us_nsl", restricted=True)
    found = stated()
    assert found
    assert found["process"] == "250-499"


def test_a_forged_letter_does_not_count(near_the_edge: None) -> None:
    national_security(1000, 1, "2018-08-01")
    tell(1000, "fraud", "2019-01-10", line="us_nsl", restricted=True)
    found = stated()
    assert found
    assert found["process"] == "0-249"


@pytest.mark.parametrize("label", ["2018", "2018-Q3", "2018-Q4"])
def test_periods_that_the_structure_does_not_allow_have_no_block(label: str) -> None:
    assert stated(label) is None


def test_a_half_has_no_block_before_it_is_over() -> None:
    assert stated(on="2018-12-31T23:59:59") is None
    assert stated(on="2019-01-01T00:00:00") is not None


def test_structures_1_and_2_keep_letters_and_fisa_orders_apart() -> None:
    national_security(1, 600, "2018-08-01", selectors=1)
    national_security(1000, 2, "2018-08-01", selectors=300, line="us_fisa_content")
    assert stated(code="a2", on="2019-01-02") == {
        "structure": "50 USC 1874(a)(2)",
        "categories": [{"category": "nsl", "process": "500-999", "selectors": "500-999"}],
    }
    assert stated(code="a2") == {
        "structure": "50 USC 1874(a)(2)",
        "categories": [
            {"category": "nsl", "process": "500-999", "selectors": "500-999"},
            {"category": "fisa_content", "process": "0-499", "selectors": "500-999"},
            {"category": "fisa_noncontent", "process": "0-499", "selectors": "0-499"},
        ],
    }


def test_structure_4_states_a_year() -> None:
    national_security(1, 100, "2018-08-01", selectors=1)
    assert stated("2018", "a4") == {"structure": "50 USC 1874(a)(4)", "process": "100-199", "selectors": "100-199"}


def test_an_ordinary_request_is_in_no_band() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for case in range(3):
            tell(case, "received", "2018-08-01", selectors=200)
            ended(case, "2018-08-02", selectors=200)
        cursor.execute("SELECT count(*) FROM ledger_fact_restricted")
        assert cursor.fetchone() == (0,)
    assert stated() == {"structure": "50 USC 1874(a)(3)", "process": "0-249", "selectors": "0-249"}
