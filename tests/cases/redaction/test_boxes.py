"""A box on an image: every pixel that it touches is in it, and none beside it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.redaction.boxes import Box, between

fractions = st.floats(0, 1).map(lambda number: round(number, 5))
points = st.tuples(fractions, fractions)


@given(points, points, st.integers(1, 3000), st.integers(1, 3000))
def test_every_pixel_that_is_touched_is_in_it_and_no_other(
    one: tuple[float, float], other: tuple[float, float], width: int, height: int
) -> None:
    try:
        box = between(1, one, other)
    except ValueError:
        return
    left, top, right, bottom = box.pixels(width, height)
    for first, last, start, end, side in (
        (left, right, box.x0, box.x1, width),
        (top, bottom, box.y0, box.y1, height),
    ):
        assert 0 <= first < last <= side
        assert first <= start * side < first + 1
        assert last - 1 < end * side <= last


def test_two_corners_are_a_box_in_any_order_and_cut_to_the_page() -> None:
    assert between(2, (0.9, -1), (0.1, 0.5)) == Box(2, 0.1, 0, 0.9, 0.5)


@pytest.mark.parametrize(
    "sides", [(0.5, 0, 0.5, 1), (0.6, 0, 0.5, 1), (-0.1, 0, 1, 1), (0, 0, 1.1, 1), (math.nan, 0, 1, 1)]
)
def test_what_covers_nothing_or_lies_beside_the_page_is_no_box(sides: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="within its page"):
        Box(1, *sides)
