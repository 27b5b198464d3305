from datetime import date, timedelta

import pytest

from reports.rules.bands import structure
from reports.rules.periods import period
from reports.rules.windows import (
    categories_due,
    delayed_window,
    earliest_publication,
    latest_year_end,
    new_platform_until,
    recent_window,
)

PUBLISHED = date(2026, 2, 15)


def test_letters_and_totals_are_of_the_previous_180_days() -> None:
    assert recent_window(PUBLISHED) == (date(2025, 8, 19), PUBLISHED)


def test_fisa_orders_are_of_180_days_that_ended_180_days_before() -> None:
    assert delayed_window(PUBLISHED) == (date(2025, 2, 20), date(2025, 8, 19))


def test_a_year_of_structure_4_ended_a_year_before() -> None:
    assert latest_year_end(PUBLISHED) == date(2025, 2, 15)
    assert earliest_publication(date(2024, 12, 31)) == date(2025, 12, 31)


def test_a_year_is_never_published_before_a_year_has_passed() -> None:
    for days in range(4 * 366):
        last_date = date(2023, 1, 1) + timedelta(days=days)
        day = earliest_publication(last_date)
        assert latest_year_end(day) >= last_date
        assert latest_year_end(day - timedelta(days=1)) < last_date


def test_the_order_for_a_new_platform_is_left_out_until_day_540() -> None:
    assert new_platform_until(date(2025, 1, 10)) == date(2026, 7, 4)


@pytest.mark.parametrize(
    ("code", "label", "on", "expected"),
    [
        pytest.param("a3", "2025-H2", date(2026, 1, 1), [""], id="(a)(3): a half, from the day after it"),
        pytest.param("a3", "2025-H2", date(2025, 12, 31), [], id="(a)(3): not while the half goes on"),
        pytest.param("a3", "2025", date(2027, 1, 1), [], id="(a)(3): never a year"),
        pytest.param("a3", "2025-Q3", date(2027, 1, 1), [], id="(a)(3): never a quarter"),
        pytest.param("a4", "2024", date(2025, 12, 31), [""], id="(a)(4): a year, a year after its end"),
        pytest.param("a4", "2024", date(2025, 12, 30), [], id="(a)(4): not a day earlier"),
        pytest.param("a4", "2024-H1", date(2027, 1, 1), [], id="(a)(4): never a half"),
        pytest.param("a1", "2025-H1", date(2025, 12, 27), ["nsl"], id="(a)(1): letters at once"),
        pytest.param(
            "a1", "2025-H1", date(2025, 12, 28), ["nsl", "fisa_content", "fisa_noncontent"], id="FISA 180 days later"
        ),
        pytest.param("a2", "2025-H1", date(2025, 7, 1), ["nsl"], id="(a)(2): as (a)(1)"),
    ],
)
def test_a_block_stands_where_the_structure_allows_it(code: str, label: str, on: date, expected: list[str]) -> None:
    assert [category.name for category in categories_due(structure(code), period(label), on)] == expected
