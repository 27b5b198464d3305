"""Looking for a word in a PDF by every way that there is: as readers extract it, and in all its bytes, unpacked."""

import io
import re
import zlib
from typing import Any

import pypdfium2
from PIL import Image
from pypdf import PdfReader

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def extracted(pdf: bytes) -> str:
    """Return all text that pypdf and PDFium find: of pages, fields, outlines, attachments, notes and metadata."""
    reader = PdfReader(io.BytesIO(pdf))
    found: list[object] = [reader.metadata, reader.xmp_metadata and reader.xmp_metadata.stream.get_data()]
    found += [reader.get_fields(), reader.outline, dict(reader.attachments), reader.trailer["/Root"]]
    for page in reader.pages:
        found += [page.extract_text(), page.get("/Annots")]
    document = pypdfium2.PdfDocument(pdf)
    found += [document.get_metadata_dict(), [one.get_title() for one in document.get_toc()]]
    found += [page.get_textpage().get_text_range() for page in document]
    return " ".join(str(one) for one in found)


def unpacked(pdf: bytes) -> bytes:
    """Return the bytes of the file and those of every stream in it, unpacked: also of one that no object names."""
    return b"\n".join([pdf, *(_unpacked(found) for found in STREAM.findall(pdf))])


def holds(pdf: bytes, word: str) -> bool:
    """Whether the word is anywhere in it, however it is written."""
    text, data = extracted(pdf), unpacked(pdf)
    forms = [word.encode(), word.encode("utf-16-be"), word.encode("utf-16-le"), word.encode().hex().encode()]
    return word in text or any(form in data or form.upper() in data for form in forms)


def seen(pdf: bytes, page: int = 1, width: int = 612) -> Image.Image:
    """Return the page as PDFium shows it, that wide."""
    shown = pypdfium2.PdfDocument(pdf)
    shown.init_forms()
    drawn: Any = shown[page - 1]
    image: Image.Image = drawn.render(scale=width / drawn.get_width(), rev_byteorder=True).to_pil().convert("RGB")
    return image


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data)
    except zlib.error:
        return b""
