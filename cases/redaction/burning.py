"""The boxes, burned in: what they cover is not there any more."""

from collections.abc import Collection, Iterator

from PIL import Image

from cases.redaction.boxes import Box
from cases.redaction.limits import USUAL, Limits
from cases.redaction.problems import NoSuchPage
from cases.redaction.rendering import Page, pages
from cases.redaction.writing import written

BLACK = (0, 0, 0)


def burn(pdf: bytes, boxes: Collection[Box], *, limits: Limits = USUAL) -> bytes:
    """Return a new PDF in which every page is an image of what is seen of it, the boxes black.

    The same bytes and boxes give the same bytes. Raises CannotRender; NoSuchPage for a box on a page that is not there.
    """
    return written(_burned(pdf, boxes, limits), limits=limits)


def blacken(image: Image.Image, boxes: Collection[Box]) -> None:
    """Fill the boxes of a page on its image."""
    for box in boxes:
        image.paste(BLACK, box.pixels(image.width, image.height))


def _burned(pdf: bytes, boxes: Collection[Box], limits: Limits) -> Iterator[Page]:
    last = 0
    for page in pages(pdf, limits=limits):
        blacken(page.image, [box for box in boxes if box.page == page.number])
        last = page.number
        yield page
    if any(box.page > last for box in boxes):
        raise NoSuchPage
