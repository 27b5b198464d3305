"""Which laws can stand against an answer to the authorities of another state."""

import pytest

from cases.rules.laws import LAWS, blocking_laws


@pytest.mark.parametrize(
    ("requesting_state", "countries", "codes"),
    [
        pytest.param("US", {"DE"}, {"gdpr_48"}, id="a German customer, asked for from the US"),
        pytest.param("US", {"FR"}, {"gdpr_48", "fr_68_678"}, id="a French one: two laws"),
        pytest.param("FR", {"DE"}, set(), id="among states of one law it does not stand against"),
        pytest.param("US", {"CH"}, {"ch_271"}, id="a Swiss one"),
        pytest.param("US", {"US"}, set(), id="at home"),
        pytest.param("US", set(), set(), id="nowhere known"),
    ],
)
def test_a_law_stands_against_authorities_of_elsewhere(
    requesting_state: str, countries: set[str], codes: set[str]
) -> None:
    assert {law.code for law in blocking_laws(requesting_state, countries)} == codes


def test_every_law_says_where_it_comes_from() -> None:
    assert [law.code for law in LAWS.values() if not law.source or not law.countries] == []
