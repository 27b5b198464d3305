"""Judge Brandt orders silence, and it ends."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.instruments import INSTRUMENTS
from cases.rules.nondisclosure import (
    BASES,
    UNTIL_LIFTED,
    NotAnExtension,
    Order,
    UnknownBasis,
    automatic_basis,
    basis,
    basis_cited,
    delayed_notice_date,
    earliest_notice_at,
    ends_at,
    extension,
    in_force,
    is_order,
    last_silent_day,
    review_date,
)
from tests.cases.rules.days import LOS_ANGELES, NEW_YORK, TOKYO, at

SERVED = at(NEW_YORK, "2025-10-21 15:00")


def brandts_order(
    last_day: date | None = date(2026, 10, 19),
    *,
    indefinite: bool = False,
    lifted_at: datetime | None = None,
    served_at: datetime | None = SERVED,
) -> Order:
    return Order(date(2025, 10, 19), last_day, indefinite, NEW_YORK, lifted_at, served_at)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        pytest.param("2025-10-21 14:59", False, id="before it was served"),
        pytest.param("2025-10-21 15:00", True, id="from service"),
        pytest.param("2026-10-19 00:00", True, id="the last day begins"),
        pytest.param("2026-10-19 23:59", True, id="the last minute of the last day"),
        pytest.param("2026-10-20 00:00", False, id="the day after"),
    ],
)
def test_an_order_binds_from_service_through_its_whole_last_day_in_the_courts_zone(moment: str, expected: bool) -> None:
    assert in_force(brandts_order(), at(NEW_YORK, moment)) is expected


def test_it_still_binds_while_the_last_day_is_over_elsewhere_but_not_at_the_court() -> None:
    assert in_force(brandts_order(), at(TOKYO, "2026-10-20 09:00"))
    assert not in_force(brandts_order(), at(LOS_ANGELES, "2026-10-19 21:30"))


def test_an_order_whose_service_is_not_recorded_binds_from_the_beginning_of_its_first_day() -> None:
    order = brandts_order(served_at=None)
    assert in_force(order, at(NEW_YORK, "2025-10-19 00:00"))
    assert not in_force(order, at(NEW_YORK, "2025-10-18 23:59"))


@pytest.mark.parametrize("indefinite", [True, False], ids=["without end", "end not known"])
def test_an_order_without_a_last_day_binds_until_it_is_lifted(indefinite: bool) -> None:
    assert ends_at(brandts_order(None, indefinite=indefinite)) == UNTIL_LIFTED
    lifted_at = at(NEW_YORK, "2030-01-01 10:00")
    assert ends_at(brandts_order(None, indefinite=indefinite, lifted_at=lifted_at)) == lifted_at


def test_lifting_ends_an_order_early_and_never_prolongs_it() -> None:
    early, late = at(NEW_YORK, "2026-03-01 10:00"), at(NEW_YORK, "2027-03-01 10:00")
    assert ends_at(brandts_order(lifted_at=early)) == early
    assert ends_at(brandts_order(lifted_at=late)) == at(NEW_YORK, "2026-10-20 00:00")


WANTED = at(NEW_YORK, "2026-03-10 09:00")


def order(first: str, last: str | None) -> Order:
    return Order(date.fromisoformat(first), date.fromisoformat(last) if last else None, last is None, NEW_YORK)


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        pytest.param([], WANTED, id="no order: as planned"),
        pytest.param(
            [order("2026-03-01", "2026-03-20")], at(NEW_YORK, "2026-03-21 00:00"), id="in force: when it ends"
        ),
        pytest.param([order("2026-02-01", "2026-03-09")], WANTED, id="over: as planned"),
        pytest.param([order("2026-03-11", "2026-03-20")], WANTED, id="begins later: as planned"),
        pytest.param(
            [order("2026-03-01", "2026-03-20"), order("2026-03-18", "2026-03-30")],
            at(NEW_YORK, "2026-03-31 00:00"),
            id="renewed: the end of the renewal",
        ),
        pytest.param(
            [order("2026-03-21", "2026-03-30"), order("2026-03-01", "2026-03-20")],
            at(NEW_YORK, "2026-03-31 00:00"),
            id="one follows the other without a gap",
        ),
        pytest.param([order("2026-03-01", None)], UNTIL_LIFTED, id="without end: not until lifted"),
    ],
)
def test_a_notice_wanted_on_10_march_may_leave(orders: list[Order], expected: datetime) -> None:
    assert earliest_notice_at(WANTED, orders) == expected


START = date(2026, 1, 1)
orders_of_a_month = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 15)).map(
        lambda days: Order(START + timedelta(days[0]), START + timedelta(days[0] + days[1]), False, NEW_YORK)
    ),
    max_size=6,
)


@given(orders=orders_of_a_month, wanted=st.integers(0, 50 * 24))
def test_the_earliest_notice_is_the_first_free_hour_found_by_trying_every_one(orders: list[Order], wanted: int) -> None:
    hour = timedelta(hours=1)
    wanted_at = datetime(2026, 1, 1, 5, tzinfo=UTC) + wanted * hour
    tried = wanted_at
    while any(in_force(order, tried) for order in orders):
        tried += hour
    assert earliest_notice_at(wanted_at, orders) == tried


def test_a_sentence_asking_for_silence_is_no_order() -> None:
    assert not is_order("bare_request")


@pytest.mark.parametrize(
    "code",
    [
        "us_2705b",
        "us_seal_order",
        "us_3123d",
        "us_2511",
        "us_2709c",
        "us_fisa",
        "eu_epoc_h",
        "eu_epoc_g",
        "foreign_order",
    ],
)
def test_an_order_or_a_statute_needs_no_second_person(code: str) -> None:
    assert is_order(code)


@pytest.mark.parametrize(
    "code", ["emergency", "child_safety", "account_compromised", "no_contact", "counterproductive"]
)
def test_our_own_policy_needs_a_second_person(code: str) -> None:
    assert not is_order(code)


@pytest.mark.parametrize("code", BASES)
def test_every_basis_holds_one_of_its_words_and_cites(code: str) -> None:
    found = basis(code)
    assert found.kind in {"order", "statute", "policy", "none"}
    assert found.title
    assert found.cite or code == "unstated"
    assert found.verified or found.code in {"us_2511", "us_fisa", "unstated"}
    assert set(found.automatic_for) <= set(INSTRUMENTS)


def test_an_unknown_basis_is_named() -> None:
    with pytest.raises(UnknownBasis, match="because"):
        basis("because")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("18 USC 2705(b)", "us_2705b", id="as the import format writes it"),
        pytest.param("18 U.S.C. § 2705(b)", "us_2705b", id="with the section sign"),
        pytest.param("us_3123d", "us_3123d", id="by its code"),
        pytest.param("please keep this confidential", None, id="not a basis"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_basis_is_recognised_by_its_citation(text: str, expected: str | None) -> None:
    found = basis_cited(text)
    assert (found.code if found else None) == expected


@pytest.mark.parametrize(
    ("instrument", "expected"),
    [
        ("us_pen_register", "us_3123d"),
        ("us_wiretap", "us_2511"),
        ("us_nsl", "us_2709c"),
        ("us_fisa_content", "us_fisa"),
        ("us_fisa_noncontent", "us_fisa"),
        ("eu_epoc", None),
        ("us_subpoena", None),
        ("us_search_warrant", None),
    ],
)
def test_silence_comes_with_the_instrument(instrument: str, expected: str | None) -> None:
    found = automatic_basis(instrument)
    assert (found.code if found else None) == expected


def test_every_instrument_that_is_silent_by_law_brings_a_basis_and_no_other_does() -> None:
    silent = {code for code, kind in INSTRUMENTS.items() if kind.nondisclosure in {"statute", "certification"}}
    assert {code for code in INSTRUMENTS if automatic_basis(code)} == silent


@pytest.mark.parametrize(
    ("code", "first_day", "expected"),
    [
        pytest.param("us_2705b", date(2026, 3, 2), date(2027, 3, 2), id="criminal: a year"),
        pytest.param("us_2709c", date(2026, 3, 2), date(2029, 3, 2), id="a letter: three years"),
        pytest.param("us_2705b", date(2028, 2, 29), date(2029, 2, 28), id="from 29 February"),
        pytest.param("eu_epoc_h", date(2026, 9, 4), None, id="an EPOC: never looked at again"),
    ],
)
def test_an_open_ended_order_is_looked_at_again(code: str, first_day: date, expected: date | None) -> None:
    assert review_date(code, first_day) == expected


def test_the_delayed_notice_of_an_order_to_19_october_is_due_on_the_20th() -> None:
    assert delayed_notice_date(date(2026, 10, 19), "US") == date(2026, 10, 20)
    assert last_silent_day(ends_at(brandts_order()), NEW_YORK) == date(2026, 10, 19)


def test_the_delayed_notice_waits_for_a_working_day() -> None:
    assert delayed_notice_date(date(2026, 6, 18), "US") == date(2026, 6, 22)


@pytest.mark.parametrize(
    ("ended", "expected"),
    [
        pytest.param("2026-03-04 16:00", date(2026, 3, 4), id="lifted in the afternoon: that day"),
        pytest.param("2026-03-04 00:00", date(2026, 3, 3), id="at midnight: the day before"),
    ],
)
def test_the_last_day_of_silence_is_the_last_of_which_any_moment_was_silent(ended: str, expected: date) -> None:
    assert last_silent_day(at(NEW_YORK, ended), NEW_YORK) == expected


@pytest.mark.parametrize(
    ("decided_on", "customer_told", "state", "last_day"),
    [
        pytest.param(date(2026, 10, 19), True, "ok", date(2027, 10, 19), id="on the last day: moved"),
        pytest.param(date(2026, 10, 20), True, "too_late", date(2026, 10, 19), id="after the notice: too late"),
        pytest.param(date(2026, 10, 20), False, "ok", date(2027, 10, 19), id="late, and nobody was told: silence"),
    ],
)
def test_an_extension_decided(decided_on: date, customer_told: bool, state: str, last_day: date) -> None:
    decided = extension(brandts_order(), date(2027, 10, 19), decided_on, customer_told=customer_told)
    assert (decided.state, decided.last_day) == (state, last_day)


def test_an_end_given_to_an_order_without_one_is_taken() -> None:
    assert extension(brandts_order(None), date(2027, 10, 19), date(2026, 11, 1)).last_day == date(2027, 10, 19)


def test_an_extension_to_an_earlier_day_is_none() -> None:
    with pytest.raises(NotAnExtension):
        extension(brandts_order(), date(2026, 10, 19), date(2026, 10, 1))
