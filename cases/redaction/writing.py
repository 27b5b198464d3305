"""A PDF of images and of nothing else, written from the first byte to the last by us.

No library adds its producer, date or identifier; the same pages give the same bytes. There is a catalogue, pages, and
of each page one image with the few words that place it: no text, no form, no annotation, no metadata, no attachment.
"""

import io
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image, ImageChops

from cases.redaction.limits import USUAL, Limits
from cases.redaction.problems import TooLarge
from cases.redaction.rendering import Page

LARGE = 1_500_000  # bytes of a page that is packed without loss; above that, as of scans and photographs, JPEG
QUALITY = 85


@dataclass(frozen=True)
class _Packed:
    """The bytes of an image and how they are read."""

    data: bytes
    filter: str
    colours: str


def written(pages: Iterable[Page], *, limits: Limits = USUAL) -> bytes:
    """Return the PDF of these pages. Raises TooLarge where it grows beyond the limits."""
    file = _File(limits.written_bytes)
    kids = []
    for page in pages:
        kids.append(_add_page(file, page))
    tree = " ".join(f"{kid} 0 R" for kid in kids)
    file.put(_File.TREE, f"<< /Type /Pages /Count {len(kids)} /Kids [{tree}] >>".encode())
    file.put(_File.CATALOGUE, f"<< /Type /Catalog /Pages {_File.TREE} 0 R >>".encode())
    return file.finished()


def _add_page(file: "_File", page: Page) -> int:
    width, height = (f"{side:.2f}" for side in page.size)
    packed = _packed(page.image)
    head = (
        f"<< /Type /XObject /Subtype /Image /Width {page.image.width} /Height {page.image.height}"
        f" /ColorSpace /{packed.colours} /BitsPerComponent 8 /Filter /{packed.filter}"
    )
    image = file.add(_stream(head, packed.data))
    drawn = file.add(_stream("<<", f"q {width} 0 0 {height} 0 0 cm /I Do Q".encode()))
    return file.add(
        f"<< /Type /Page /Parent {_File.TREE} 0 R /MediaBox [0 0 {width} {height}] /Contents {drawn} 0 R"
        f" /Resources << /XObject << /I {image} 0 R >> >> >>".encode()
    )


def _stream(head: str, data: bytes) -> bytes:
    return f"{head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _packed(image: Image.Image) -> _Packed:
    image, colours = (image.getchannel(0), "DeviceGray") if _is_grey(image) else (image, "DeviceRGB")
    data = zlib.compress(image.tobytes())
    if len(data) <= LARGE:
        return _Packed(data, "FlateDecode", colours)
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=QUALITY, subsampling=0)
    return _Packed(packed.getvalue(), "DCTDecode", colours)


def _is_grey(image: Image.Image) -> bool:
    red, green, blue = image.split()
    return ImageChops.difference(red, green).getbbox() is None and ImageChops.difference(red, blue).getbbox() is None


class _File:
    """The objects of a PDF and where each begins."""

    CATALOGUE, TREE = 1, 2

    def __init__(self, most: int) -> None:
        self.most = most
        self.out = io.BytesIO()
        self.out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
        self.places: dict[int, int] = {}
        self.last = self.TREE

    def add(self, body: bytes) -> int:
        """Write an object and return its number."""
        self.last += 1
        self.put(self.last, body)
        return self.last

    def put(self, number: int, body: bytes) -> None:
        """Write the object of that number."""
        if self.out.tell() + len(body) > self.most:
            raise TooLarge
        self.places[number] = self.out.tell()
        self.out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")

    def finished(self) -> bytes:
        """Return the whole file, with its table of objects."""
        start, total = self.out.tell(), self.last + 1
        self.out.write(f"xref\n0 {total}\n0000000000 65535 f \n".encode())
        for number in range(1, total):
            self.out.write(f"{self.places[number]:010d} 00000 n \n".encode())
        self.out.write(f"trailer\n<< /Size {total} /Root {self.CATALOGUE} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
        return self.out.getvalue()
