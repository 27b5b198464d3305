"""Having a PDF opened by a process that may die of it: without our memory, environment or files, bounded, and watched.

What comes back is not believed either: numbers are checked, and an image is no more than its pixels.
"""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from PIL import Image

from cases.redaction.boxes import Box, between
from cases.redaction.limits import USUAL, Limits
from cases.redaction.problems import BY_CODE, CannotRender, Damaged, TooHeavy, TooLarge

RENDERER = Path(__file__).with_name("renderer.py")
LINE = 256 * 1024  # bytes of an answer in words
ENDED_BY_LIMITS = {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT, -signal.SIGTRAP, -signal.SIGILL, 3}

Size = tuple[float, float]  # of a page as it is shown, in points


@dataclass(frozen=True)
class Page:
    """One page as it is seen."""

    number: int
    size: Size
    image: Image.Image  # RGB


def sizes(pdf: bytes, *, limits: Limits = USUAL) -> list[Size]:
    """Return the sizes of the pages as they are shown: turned, and cut to what is visible. Raises CannotRender."""
    with _asked(pdf, {"want": "sizes"}, limits) as answer:
        return answer.sizes()


def pages(
    pdf: bytes, numbers: Sequence[int] = (), *, width: int | None = None, limits: Limits = USUAL
) -> Iterator[Page]:
    """Yield the pages of these numbers, or all of them, as they are shown; `width`: in pixels instead of by limits.dpi.

    Raises CannotRender, at the first page or at a later one.
    """
    with _asked(pdf, {"want": "pixels", "pages": list(numbers), "width": width}, limits) as answer:
        known = answer.sizes()
        for number in numbers or range(1, len(known) + 1):
            yield Page(number, known[number - 1], answer.image())


def find(pdf: bytes, words: str, *, limits: Limits = USUAL) -> list[Box]:
    """Return a box for each place where a page's text has the words, in small letters or large.

    Text that is only seen, as on a scanned page, is not found. Raises CannotRender.
    """
    words = " ".join(words.split())
    if not words:
        return []
    with _asked(pdf, {"want": "words", "words": words}, limits) as answer:
        answer.sizes()
        return answer.boxes()


@dataclass(frozen=True)
class _Answer:
    """What the renderer says, read with suspicion."""

    child: subprocess.Popen[bytes]
    limits: Limits

    @property
    def out(self) -> IO[bytes]:
        return cast(IO[bytes], self.child.stdout)

    def line(self) -> Any:
        text = self.out.readline(LINE)
        if len(text) == LINE:
            raise Damaged
        if not text.endswith(b"\n"):
            raise self.ended()
        return json.loads(text)

    def sizes(self) -> list[Size]:
        with _believed():
            said = self.line()
            if "error" in said:
                raise BY_CODE.get(said["error"], Damaged)
            found = [(float(width), float(height)) for width, height in said["sizes"]]
        sides = [side for size in found for side in size]
        if not 1 <= len(found) <= self.limits.pages or not all(1 <= side <= self.limits.points for side in sides):
            raise Damaged
        return found

    def image(self) -> Image.Image:
        width, height = (int.from_bytes(self.exactly(4), "big") for _side in range(2))
        # PDFium rounds each side up to a whole pixel.
        if min(width, height) < 1 or (width - 1) * (height - 1) > self.limits.pixels:
            raise Damaged
        return Image.frombytes("RGB", (width, height), self.exactly(width * height * 3))

    def boxes(self) -> list[Box]:
        found = []
        with _believed():
            for page, x0, y0, x1, y1 in self.line():
                with suppress(ValueError):  # a word outside of what is visible of its page
                    found.append(between(int(page), (float(x0), float(y0)), (float(x1), float(y1))))
        return found[: self.limits.hits]

    def exactly(self, count: int) -> bytes:
        data = self.out.read(count)
        if len(data) < count:
            raise self.ended()
        return data

    def ended(self) -> CannotRender:
        """Return why the renderer is gone before it has said all."""
        return TooHeavy() if self.child.wait() in ENDED_BY_LIMITS else Damaged()


@contextmanager
def _believed() -> Iterator[None]:
    """Take an answer of a shape that the renderer does not give for what it is: that of one that was taken over."""
    try:
        yield
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError):
        raise Damaged from None


@contextmanager
def _asked(pdf: bytes, order: dict[str, object], limits: Limits) -> Iterator[_Answer]:
    """Yield what a renderer of its own answers; at the end it is gone, whatever it was doing."""
    if len(pdf) > limits.pdf_bytes:
        raise TooLarge
    # Isolated, and without our environment: keys and addresses of the desk stand in it.
    child = subprocess.Popen(  # noqa: S603 - our own script under our own interpreter
        [sys.executable, "-I", "-B", str(RENDERER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
    )
    watch = threading.Timer(limits.wall_seconds, child.kill)
    watch.start()
    try:
        asked = {"pages": [], "width": None, **order, "limits": limits.as_order()}
        _feed(child, json.dumps(asked).encode() + b"\n", pdf)
        yield _Answer(child, limits)
    finally:
        watch.cancel()
        child.kill()
        child.wait()
        cast(IO[bytes], child.stdout).close()


def _feed(child: subprocess.Popen[bytes], *parts: bytes) -> None:
    stdin = cast(IO[bytes], child.stdin)
    with suppress(BrokenPipeError):  # it is gone: reading will say so
        for part in parts:
            stdin.write(part)
    with suppress(BrokenPipeError):
        stdin.close()
