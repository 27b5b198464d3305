"""Orders of silence that overlap, follow one another, are extended or lifted: properties of the earliest notice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cases.rules.nondisclosure import (
    UNTIL_LIFTED,
    Order,
    earliest_notice_at,
    ends_at,
    extension,
    in_force,
    starts_at,
)
from tests.cases.rules.days import DUBLIN, LOS_ANGELES, NEW_YORK, TOKYO

FIRST = date(2026, 2, 20)  # over a change of the clock in New York and Los Angeles on 8 March, in Dublin on 29 March
HOURS = st.integers(0, 60 * 24).map(lambda hours: datetime(2026, 2, 20, tzinfo=UTC) + timedelta(hours=hours))
INSTANT = timedelta(microseconds=1)


@st.composite
def one_order(draw: st.DrawFn) -> Order:
    first_day = FIRST + timedelta(draw(st.integers(0, 30)))
    days = draw(st.none() | st.integers(0, 20))
    return Order(
        first_day=first_day,
        last_day=None if days is None else first_day + timedelta(days),
        indefinite=days is None and draw(st.booleans()),
        zone=draw(st.sampled_from([DUBLIN, LOS_ANGELES, NEW_YORK, TOKYO])),
        lifted_at=draw(st.none() | HOURS),
        served_at=draw(st.none() | HOURS),
    )


ORDERS = st.lists(one_order(), max_size=6)


@given(wanted_at=HOURS, orders=ORDERS)
def test_no_order_is_in_force_when_the_notice_may_leave(wanted_at: datetime, orders: list[Order]) -> None:
    earliest = earliest_notice_at(wanted_at, orders)
    assert earliest >= wanted_at
    assert earliest == UNTIL_LIFTED or not any(in_force(order, earliest) for order in orders)


@given(wanted_at=HOURS, orders=ORDERS)
def test_at_every_moment_before_some_order_is(wanted_at: datetime, orders: list[Order]) -> None:
    """Who is silent changes only where an order begins or ends: there, just before, and between two of those."""
    earliest = min(earliest_notice_at(wanted_at, orders), datetime(2027, 1, 1, tzinfo=UTC))
    edges = {wanted_at, earliest} | {edge for order in orders for edge in (starts_at(order), ends_at(order))}
    within = sorted(edge for edge in edges if wanted_at <= edge <= earliest)
    moments = [edge for edge in within if edge < earliest]
    moments += [edge - INSTANT for edge in within if edge > wanted_at]
    moments += [one + (other - one) / 2 for one, other in pairwise(within)]
    for moment in moments:
        if moment < earliest:
            assert any(in_force(order, moment) for order in orders), moment


@given(wanted_at=HOURS, orders=ORDERS, another=one_order())
def test_another_order_never_lets_it_leave_earlier(wanted_at: datetime, orders: list[Order], another: Order) -> None:
    assert earliest_notice_at(wanted_at, [*orders, another]) >= earliest_notice_at(wanted_at, orders)


@given(wanted_at=HOURS, orders=ORDERS, data=st.data())
def test_an_extension_in_time_never_lets_it_leave_earlier(
    wanted_at: datetime, orders: list[Order], data: st.DataObject
) -> None:
    before = earliest_notice_at(wanted_at, orders)
    dated = [place for place, order in enumerate(orders) if order.last_day]
    if not dated:
        return
    place = data.draw(st.sampled_from(dated))
    last_day = orders[place].last_day
    assert last_day
    longer = last_day + timedelta(data.draw(st.integers(1, 40)))
    found = extension(orders[place], longer, last_day)
    assert (found.state, found.last_day) == ("ok", longer)
    extended = [*orders[:place], replace(orders[place], last_day=found.last_day), *orders[place + 1 :]]
    assert earliest_notice_at(wanted_at, extended) >= before


@given(wanted_at=HOURS, orders=ORDERS, data=st.data())
def test_a_lifting_never_lets_it_leave_later(wanted_at: datetime, orders: list[Order], data: st.DataObject) -> None:
    if not orders:
        return
    place = data.draw(st.integers(0, len(orders) - 1))
    lifted_at = data.draw(HOURS)
    found = orders[place]
    sooner = lifted_at if found.lifted_at is None else min(lifted_at, found.lifted_at)
    lifted = [*orders[:place], replace(found, lifted_at=sooner), *orders[place + 1 :]]
    assert earliest_notice_at(wanted_at, lifted) <= earliest_notice_at(wanted_at, orders)


@given(wanted_at=HOURS, orders=ORDERS, data=st.data())
def test_the_order_in_which_they_were_recorded_does_not_count(
    wanted_at: datetime, orders: list[Order], data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(orders))
    assert earliest_notice_at(wanted_at, mixed) == earliest_notice_at(wanted_at, orders)


@given(wanted_at=HOURS, later=st.integers(0, 500), orders=ORDERS)
def test_a_notice_wanted_later_never_leaves_earlier(wanted_at: datetime, later: int, orders: list[Order]) -> None:
    then = wanted_at + timedelta(hours=later)
    assert earliest_notice_at(then, orders) >= earliest_notice_at(wanted_at, orders)
