from datetime import UTC, date, datetime
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from reports.rules.periods import BadPeriod, Kind, containing, period


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2018-H1", date(2018, 1, 1), date(2018, 6, 30)),
        ("2018-H2", date(2018, 7, 1), date(2018, 12, 31)),
        ("2018-Q1", date(2018, 1, 1), date(2018, 3, 31)),
        ("2018-Q3", date(2018, 7, 1), date(2018, 9, 30)),
        ("2018-Q4", date(2018, 10, 1), date(2018, 12, 31)),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
    ],
)
def test_a_label_names_its_first_and_last_day(label: str, first: date, last: date) -> None:
    named = period(label)
    assert (named.label, named.start_date, named.last_date) == (label, first, last)


@pytest.mark.parametrize(
    "label",
    [
        "",
        "18",
        "2018H2",
        "2018-h2",
        "2018-H0",
        "2018-H3",
        "2018-Q5",
        "2018-M1",
        "2018-H",
        " 2018",
        "2018\n",
        "٢٠١٨",
        "0018",
    ],
)
def test_any_other_label_is_refused_with_what_to_write(label: str) -> None:
    with pytest.raises(BadPeriod, match="Write 2018, 2018-H2 or 2018-Q3"):
        period(label)


def test_a_period_has_its_first_and_its_last_second_and_no_more() -> None:
    start_at, end_at = period("2018-H2").instants(UTC)
    assert start_at == datetime(2018, 7, 1, tzinfo=UTC)
    assert end_at == datetime(2019, 1, 1, tzinfo=UTC)


def test_its_days_are_those_of_the_reporting_zone() -> None:
    """Los Angeles is on summer time in July and on standard time in January."""
    start_at, end_at = period("2018-H2").instants(ZoneInfo("America/Los_Angeles"))
    assert start_at == datetime(2018, 7, 1, 7, tzinfo=UTC)
    assert end_at == datetime(2019, 1, 1, 8, tzinfo=UTC)


def test_it_is_over_when_its_last_second_has_passed_there() -> None:
    half, zone = period("2018-H2"), ZoneInfo("America/Los_Angeles")
    assert not half.is_over(datetime(2019, 1, 1, 7, 59, 59, tzinfo=UTC), zone)
    assert half.is_over(datetime(2019, 1, 1, 8, tzinfo=UTC), zone)


@pytest.mark.parametrize(("label", "before"), [("2018-H1", "2017-H2"), ("2018-Q1", "2017-Q4"), ("2018", "2017")])
def test_before_a_period_comes_the_one_of_its_length(label: str, before: str) -> None:
    assert period(label).previous().label == before


def test_every_day_of_a_year_is_in_one_quarter_one_half_and_one_year() -> None:
    for ordinal in range(date(2024, 1, 1).toordinal(), date(2025, 1, 1).toordinal()):
        day = date.fromordinal(ordinal)
        for kind in get_args(Kind):
            found = containing(day, kind)
            assert found.start_date <= day < found.after_date
            assert found == period(found.label)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2018-H2", "2018", True),
        ("2018-Q3", "2018-H2", True),
        ("2018-H1", "2018-H2", False),
        ("2018", "2019-Q1", False),
    ],
)
def test_periods_overlap_when_a_day_belongs_to_both(one: str, other: str, expected: bool) -> None:
    assert period(one).overlaps(period(other)) is expected
    assert period(other).overlaps(period(one)) is expected
