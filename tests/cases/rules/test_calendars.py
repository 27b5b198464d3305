"""Working days are those of the country that counts them."""

from datetime import date

import pytest

from cases.rules.calendars import add_working_days, is_working_day, working_day_from


@pytest.mark.parametrize(
    ("day", "country", "expected"),
    [
        pytest.param(date(2026, 9, 14), "IE", True, id="a Monday"),
        pytest.param(date(2026, 9, 12), "IE", False, id="a Saturday"),
        pytest.param(date(2026, 6, 19), "US", False, id="Juneteenth"),
        pytest.param(date(2026, 6, 19), "GB", True, id="Juneteenth is an ordinary Friday in London"),
        pytest.param(date(2026, 7, 14), "FR", False, id="Bastille day"),
        pytest.param(date(2026, 7, 14), "ZZ", True, id="no calendar: only the weekend is free"),
        pytest.param(date(2026, 9, 12), "ZZ", False, id="no calendar: Saturday"),
        pytest.param(date(2026, 9, 14), "", True, id="country not known"),
    ],
)
def test_offices_work(day: date, country: str, expected: bool) -> None:
    assert is_working_day(day, country) is expected


@pytest.mark.parametrize(
    ("day", "amount", "expected"),
    [
        pytest.param(date(2026, 6, 18), 1, date(2026, 6, 22), id="over a holiday and a weekend"),
        pytest.param(date(2026, 6, 20), 1, date(2026, 6, 22), id="from a Saturday"),
        pytest.param(date(2026, 6, 22), -1, date(2026, 6, 18), id="backwards"),
        pytest.param(date(2026, 6, 20), 0, date(2026, 6, 20), id="none: the day itself"),
    ],
)
def test_working_days_are_added(day: date, amount: int, expected: date) -> None:
    assert add_working_days(day, amount, "US") == expected


def test_a_working_day_stays_and_a_free_one_moves_on() -> None:
    assert working_day_from(date(2026, 6, 18), "US") == date(2026, 6, 18)
    assert working_day_from(date(2026, 6, 19), "US") == date(2026, 6, 22)
