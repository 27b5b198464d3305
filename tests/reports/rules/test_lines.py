from dataclasses import replace
from decimal import Decimal

import pytest

from reports.rules.lines import DoesNotAddUp, Figures, check, percent_with_data, total


@pytest.mark.parametrize(
    "figures",
    [
        pytest.param(Figures(received=18, answered=1, rejected=16, in_process=1), id="18 subpoenas of 2013"),
        pytest.param(Figures(received=28, answered=25, rejected=1, in_process=2), id="28 court orders of 2013"),
        pytest.param(Figures(received=3, answered=1, rejected=1, in_process=1), id="3 warrants of 2013"),
        pytest.param(Figures(in_process_start=1, answered=1), id="carried over and answered"),
        pytest.param(Figures(reopened=1, no_data=1), id="reopened, then nothing found"),
        pytest.param(Figures(received=1, withdrawn=1), id="taken back"),
        pytest.param(Figures(received=6378, rejected=407, answered=5971), id="6378 orders, 407 contested"),
        pytest.param(Figures(received=6995, rejected=1038, answered=5957), id="6995 orders, 1038 contested"),
        pytest.param(Figures(received=6243, rejected=1323, answered=4920), id="6243 orders, 1323 contested"),
        pytest.param(Figures(received=3767, rejected=750, answered=3017), id="3767 orders, 750 contested"),
        pytest.param(Figures(received=1594, rejected=110, answered=1484), id="1594 orders, 110 contested"),
    ],
)
def test_what_came_in_is_what_went_out_and_what_is_left(figures: Figures) -> None:
    check("us_subpoena", figures)


@pytest.mark.parametrize("name", ["in_process_start", "received", "reopened", "answered", "no_data", "rejected"])
def test_one_request_too_many_anywhere_is_refused(name: str) -> None:
    sound = Figures(1, 18, 1, 3, 1, 1, 12, 1, 3)
    check("us_subpoena", sound)
    with pytest.raises(DoesNotAddUp, match="us_subpoena does not add up"):
        check("us_subpoena", replace(sound, **{name: getattr(sound, name) + 1}))


def test_a_negative_figure_is_refused_even_where_it_adds_up() -> None:
    with pytest.raises(DoesNotAddUp):
        check("us_subpoena", Figures(answered=1, in_process=-1))


def test_more_answered_in_part_than_answered_is_refused() -> None:
    with pytest.raises(DoesNotAddUp):
        check("us_subpoena", Figures(received=1, answered=1, answered_partial=2))


@pytest.mark.parametrize(
    ("received", "answered", "percent"),
    [
        pytest.param(0, 0, None, id="none received: blank, not 0"),
        pytest.param(0, 3, None, id="answered only older ones: blank"),
        pytest.param(19, 7, Decimal("36.8"), id="seven of nineteen"),
        pytest.param(8, 1, Decimal("12.5"), id="one of eight"),
        pytest.param(16, 1, Decimal("6.3"), id="half up"),
        pytest.param(22, 64, Decimal("290.9"), id="more answered than received"),
        pytest.param(5, 0, Decimal("0.0"), id="none answered: 0, not blank"),
    ],
)
def test_the_share_with_data_is_per_hundred_received(received: int, answered: int, percent: Decimal | None) -> None:
    assert percent_with_data(Figures(received=received, answered=answered)) == percent


def test_a_total_sums_every_figure() -> None:
    assert total([Figures(1, 2, 3), Figures(10, 20, 30, domains_affected=5)]) == Figures(11, 22, 33, domains_affected=5)
    assert total([]) == Figures()


def test_a_line_of_zeros_says_nothing() -> None:
    assert not Figures().say_something
    assert Figures(in_process=1).say_something
