"""The process that opens hostile PDFs. It has no settings, no keys, no database, and hands back pixels only.

Run by cases.redaction.rendering as a script of its own. On standard input: one line of JSON that says what is wanted,
then the PDF. On standard output: one line of JSON, {"error": code} or {"sizes": [[width, height], ...]} in points, then
what was wanted: of each page its width and height in pixels, each as four bytes, and its pixels, three bytes each; or,
of a search, one line of JSON with what was found.
"""

import json
import math
import resource
import sys
from collections.abc import Iterator
from ctypes import c_int
from typing import Any, BinaryIO

import pypdfium2
from pypdfium2 import raw

OUT_OF_MEMORY = 3
GRID = 1_000_000  # the finest grid on which PDFium says where a point of a page is shown
OVER = 0.15  # of its height by which a found word's box goes beyond it: accents, and the tails of letters

Order = dict[str, Any]


class Unfit(Exception):
    """The document is not to be worked on. Its argument is the code."""


def main() -> int:
    """Do what standard input asks."""
    order: Order = json.loads(sys.stdin.buffer.readline())
    _bound(order["limits"])
    try:
        _answer(order, sys.stdin.buffer.read(), sys.stdout.buffer)
    except Unfit as unfit:
        _say(sys.stdout.buffer, {"error": unfit.args[0]})
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _bound(limits: Order) -> None:
    """Let the system end this process rather than let it go on, and give it nothing to go to.

    Without a single further file descriptor it opens no file and no socket, whatever takes it over: no font of the
    system either, so a page looks the same on every machine. It starts no process; root alone could.
    """
    "".encode("utf-16-le")  # what PDFium is asked in: Python loads this codec from a file when it is first used
    for what, most in (
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _answer(order: Order, pdf: bytes, out: BinaryIO) -> None:
    document = _opened(pdf, order["limits"])
    sizes = _sizes(document, order["limits"])
    pages = order["pages"] or range(1, len(sizes) + 1)
    if max(pages) > len(sizes):
        raise Unfit("no_such_page")
    _say(out, {"sizes": sizes})
    if order["want"] == "pixels":
        for number in pages:
            _write_pixels(document[number - 1], order, out)
    elif order["want"] == "words":
        _say(out, list(_found(document, order["words"], order["limits"]["hits"])))


def _opened(pdf: bytes, limits: Order) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(pdf)
        if len(document) == 0:
            raise Unfit("damaged")
        if len(document) > limits["pages"]:
            raise Unfit("too_large")
        document.init_forms()  # what is filled into a form is seen on the screen, so it is drawn; no script is run
    except pypdfium2.PdfiumError as error:
        raise Unfit("encrypted" if error.err_code == raw.FPDF_ERR_PASSWORD else "damaged") from None
    return document


def _sizes(document: pypdfium2.PdfDocument, limits: Order) -> list[tuple[float, float]]:
    sizes = []
    for number in range(len(document)):
        try:
            width, height = document[number].get_size()
        except pypdfium2.PdfiumError:
            raise Unfit("damaged") from None
        if not (math.isfinite(width) and math.isfinite(height) and min(width, height) >= 1):
            raise Unfit("damaged")
        if max(width, height) > limits["points"]:
            raise Unfit("too_large")
        sizes.append((width, height))
    return sizes


def _write_pixels(page: pypdfium2.PdfPage, order: Order, out: BinaryIO) -> None:
    width, height = page.get_size()
    wanted = order["width"] / width if order["width"] else order["limits"]["dpi"] / 72
    scale = min(wanted, math.sqrt(order["limits"]["pixels"] / (width * height)))
    bitmap = page.render(scale=scale, rev_byteorder=True, draw_annots=True, may_draw_forms=True)
    out.write(bitmap.width.to_bytes(4, "big") + bitmap.height.to_bytes(4, "big"))
    pixels = memoryview(bitmap.buffer).cast("B")
    for start in range(0, bitmap.stride * bitmap.height, bitmap.stride):
        out.write(pixels[start : start + bitmap.width * 3])
    out.flush()


def _found(document: pypdfium2.PdfDocument, words: str, most: int) -> Iterator[tuple[float, ...]]:
    """Yield page, x0, y0, x1 and y1 of each place where the words stand, as fractions of the page as it is shown."""
    left = most
    for number, page in enumerate(document, start=1):
        text = page.get_textpage()
        search = text.search(words)
        while left and (hit := search.get_next()):
            for place in range(text.count_rects(*hit)):
                left -= 1
                yield (number, *_shown(page, *text.get_rect(place)))
                if not left:
                    return


def _shown(page: pypdfium2.PdfPage, left: float, bottom: float, right: float, top: float) -> tuple[float, ...]:
    over = OVER * min(abs(right - left), abs(top - bottom))
    corners = [
        _device(page, x, y) for x in (left - over, right + over) for y in (bottom - over, top + over)
    ]  # a page may be turned
    xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _device(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    across, down = c_int(), c_int()
    raw.FPDF_PageToDevice(page, 0, 0, GRID, GRID, 0, x, y, across, down)
    return across.value / GRID, down.value / GRID


def _say(out: BinaryIO, answer: object) -> None:
    out.write(json.dumps(answer).encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    sys.exit(main())
