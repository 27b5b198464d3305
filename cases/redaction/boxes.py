"""A black box on a page, as a person draws it."""

import math
from dataclasses import dataclass

PLACES = 5  # digits of a fraction: a hundredth of a pixel on a page of a thousand


@dataclass(frozen=True, order=True)
class Box:
    """A rectangle of a page as it is shown, in fractions of its width and height from the top left; pages from 1.

    Raises ValueError where it lies outside of the page or covers nothing.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        if self.page < 1 or not (0 <= self.x0 < self.x1 <= 1 and 0 <= self.y0 < self.y1 <= 1):
            raise ValueError("A box lies within its page and covers something of it.")

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom on an image of that size; every pixel that is touched is within."""
        return (
            math.floor(self.x0 * width),
            math.floor(self.y0 * height),
            math.ceil(self.x1 * width),
            math.ceil(self.y1 * height),
        )


def between(page: int, one: tuple[float, float], other: tuple[float, float]) -> Box:
    """Return the box of two opposite corners, in whatever order, cut to the page. Raises ValueError as Box does."""
    (x0, x1), (y0, y1) = (
        sorted(round(min(1.0, max(0.0, at)), PLACES) for at in pair) for pair in zip(one, other, strict=True)
    )
    return Box(page, x0, y0, x1, y1)
