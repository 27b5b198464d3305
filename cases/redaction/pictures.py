"""A page as a picture for a browser: to draw on, or as it will be."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from cases.redaction.boxes import Box
from cases.redaction.burning import blacken
from cases.redaction.limits import USUAL, Limits
from cases.redaction.rendering import Size, pages

Point = tuple[float, float]  # in fractions of the page

TALLEST = 4  # times its width, at the most, that a picture is high
EDGE, TINT, LETTERS = (190, 20, 20), (190, 20, 20, 40), (255, 255, 255)
CROSS = 14  # pixels of an arm of the mark at a first corner
LABEL = 14


def shown_size(size: Size, width: int) -> tuple[int, int]:
    """Return width and height in pixels of a page's picture: that wide, or narrower where it would be a tower."""
    across, down = size
    scale = min(width / across, width * TALLEST / down)
    return max(1, round(across * scale)), max(1, round(down * scale))


def to_draw_on(
    pdf: bytes,
    number: int,
    *,
    width: int,
    boxes: Sequence[tuple[int, Box]] = (),
    corner: Point | None = None,
    limits: Limits = USUAL,
) -> bytes:
    """Return a PNG of the page with the boxes on it, each by its number, and the first corner of the next.

    What lies under a box is seen: this is for who draws. Raises CannotRender.
    """
    image = _seen(pdf, number, width, limits)
    for place, box in boxes:
        if box.page == number:
            _mark(image, place, box)
    if corner:
        _cross(image, corner)
    return _png(image)


def burned(pdf: bytes, number: int, *, width: int, boxes: Sequence[Box] = (), limits: Limits = USUAL) -> bytes:
    """Return a PNG of the page with the boxes burned in. Raises CannotRender."""
    image = _seen(pdf, number, width, limits)
    blacken(image, [box for box in boxes if box.page == number])
    return _png(image)


def _seen(pdf: bytes, number: int, width: int, limits: Limits) -> Image.Image:
    (page,) = pages(pdf, [number], width=width, limits=limits)
    return page.image


def _png(image: Image.Image) -> bytes:
    packed = io.BytesIO()
    image.save(packed, "PNG")
    return packed.getvalue()


def _mark(image: Image.Image, place: int, box: Box) -> None:
    left, top, right, bottom = box.pixels(image.width, image.height)
    tint = Image.new("RGB", (right - left, bottom - top), TINT[:3])
    image.paste(tint, (left, top), Image.new("L", tint.size, TINT[3]))
    pen = ImageDraw.Draw(image)
    pen.rectangle((left, top, right - 1, bottom - 1), outline=EDGE, width=2)
    words, font = str(place), ImageFont.load_default(LABEL)
    across = int(pen.textlength(words, font)) + 6
    # Beside the box rather than on what it covers, where there is room.
    at = left - across if left >= across else min(right, image.width - across)
    pen.rectangle((at, top, at + across, top + LABEL + 4), fill=EDGE)
    pen.text((at + 3, top + 1), words, fill=LETTERS, font=font)


def _cross(image: Image.Image, corner: Point) -> None:
    x, y = round(corner[0] * image.width), round(corner[1] * image.height)
    pen = ImageDraw.Draw(image)
    pen.line((x - CROSS, y, x + CROSS, y), fill=EDGE, width=2)
    pen.line((x, y - CROSS, x, y + CROSS), fill=EDGE, width=2)
