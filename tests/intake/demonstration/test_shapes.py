"""What is demonstrated: everything that a desk can be in, mixed as it comes in."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from cases.rules.instruments import INSTRUMENTS, in_force
from intake.demonstration.kinds import KINDS
from intake.demonstration.openers import OPENERS
from intake.demonstration.performing import PLOTS
from intake.demonstration.shapes import Shape, shape
from intake.demonstration.sorts import ALL


@pytest.fixture
def shapes(now: datetime) -> list[Shape]:
    return [shape("seed", number, now) for number in range(1500)]


def test_a_shape_is_the_same_each_time(now: datetime, shapes: list[Shape]) -> None:
    assert [shape("seed", number, now) for number in range(100)] == shapes[:100]
    assert [shape("another", number, now) for number in range(100)] != shapes[:100]


def test_the_first_300_hold_every_instrument_and_every_course(shapes: list[Shape]) -> None:
    assert {life.kind.instrument for life in shapes[:300]} == set(INSTRUMENTS)
    assert {opener.plot for opener in OPENERS} | {plot for kind in KINDS for plot in kind.plots} <= PLOTS.keys()


def test_about_seven_in_ten_of_us_process_come_with_an_order_not_to_tell(shapes: list[Shape]) -> None:
    process = {"us_subpoena", "us_court_order", "us_search_warrant"}
    orders = [life.has_order for life in shapes if life.kind.instrument in process]
    assert 0.65 < sum(orders) / len(orders) < 0.78


def test_nothing_arrives_before_the_law_knows_it_or_after_the_present(shapes: list[Shape], now: datetime) -> None:
    weekend = timedelta(days=2)  # what would arrive on one arrives on the Friday before
    for life in shapes[len(OPENERS) :]:
        assert in_force(INSTRUMENTS[life.kind.instrument], life.received_at.date() + weekend)
        assert life.received_at < now


def test_there_are_two_years_of_history_and_much_of_it_is_recent(shapes: list[Shape], now: datetime) -> None:
    ages = [now - life.received_at for life in shapes]
    assert max(ages) > timedelta(days=700)
    assert 0.35 < sum(age < timedelta(days=41) for age in ages) / len(ages) < 0.6


def test_agencies_come_from_many_countries_and_customers_live_in_many(shapes: list[Shape]) -> None:
    agencies = Counter(life.agency.country for life in shapes)
    assert len(agencies) >= 10
    assert agencies.most_common(1)[0][0] == "US"
    assert {sort for life in shapes for sort in life.customers} >= {sort for sort in ALL if sort.is_reachable}


def test_customers_stand_in_the_order_of_their_keys(shapes: list[Shape]) -> None:
    """Duties are written in the order of customers' keys: another cast must not change it."""
    assert all(list(life.customers) == sorted(life.customers, key=ALL.index) for life in shapes)
