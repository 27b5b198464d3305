"""Which agreement binds two states on a day, and whose government qualifies for the motion of 2703(h)."""

from datetime import date

import pytest

from cases.rules.agreements import agreement_between, is_qualifying_government


@pytest.mark.parametrize(
    ("one", "other", "on", "code"),
    [
        pytest.param("US", "GB", date(2022, 10, 2), None, id="the day before it came into force"),
        pytest.param("US", "GB", date(2022, 10, 3), "us_uk_cloud_act", id="on that day"),
        pytest.param("GB", "US", date(2026, 9, 1), "us_uk_cloud_act", id="in either direction"),
        pytest.param("US", "AU", date(2024, 1, 31), "us_au_cloud_act", id="with Australia"),
        pytest.param("GB", "AU", date(2026, 9, 1), None, id="two that agreed with a third"),
        pytest.param("US", "US", date(2026, 9, 1), None, id="a state with itself"),
        pytest.param("US", "DE", date(2026, 9, 1), None, id="no agreement"),
    ],
)
def test_an_agreement_binds_two_states_from_its_first_day_on(one: str, other: str, on: date, code: str | None) -> None:
    found = agreement_between(one, other, on)
    assert (found.code if found else None) == code


def test_only_a_government_with_an_agreement_in_force_qualifies() -> None:
    assert is_qualifying_government("GB", date(2026, 3, 2))
    assert not is_qualifying_government("GB", date(2022, 10, 2))
    assert not is_qualifying_government("FR", date(2026, 3, 2))
