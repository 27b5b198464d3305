"""From what a sheet says to a PDF: laid out by WeasyPrint, with our own stylesheet and nothing else from anywhere.

WeasyPrint needs the library Pango, which Debian calls libpango-1.0-0 (`make fonts`). Without it there is no paper, and
everything else goes on: is_possible.
"""

import re
from functools import cache
from io import BytesIO
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from pypdf import PdfWriter

# Who prints on US Letter; everybody else prints on A4.
ON_LETTER = frozenset({"US", "CA"})
PICTURE = "paper:code"  # the one address that a sheet may name: its own picture of the way to the page


# To lay out one word takes a time that grows with the square of its length: a word of 100,000 letters took a minute.
# What is written without spaces may be broken anywhere as it is: U+2E80 and beyond.
TAG = re.compile(r"(<[^>]*>)")
LETTER = re.compile(r"&#?\w+;|[^\s\u2e80-\uffff]")
LONG_WORD = re.compile(rf"(?:{LETTER.pattern}){{100,}}")
PIECE = 40


class NoPaper(Exception):
    """The library that draws pages is not installed on this machine."""


@cache
def is_possible() -> bool:
    """Whether this machine can draw a PDF."""
    try:
        import weasyprint  # noqa: F401 - it looks for its libraries as it is imported
    except (ImportError, OSError):
        return False
    return True


def as_pdf(html: str, *, picture: bytes = b"") -> bytes:
    """Return a document as a tagged PDF; the same document gives the same bytes.

    Nothing is fetched for it, neither from the network nor from a file: `picture`, an SVG, is all that it can show.
    Raises NoPaper.
    """
    if not is_possible():
        raise NoPaper
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Nothing(URLFetcher):  # type: ignore[misc]  # WeasyPrint brings no types
        """Fetches the sheet's own picture, and nothing else."""

        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 - of WeasyPrint's interface
            if url == PICTURE and picture:
                return URLFetcherResponse(url, picture, {"Content-Type": "image/svg+xml"})
            raise ValueError("a sheet fetches nothing")

    fetch = Nothing()
    size = "letter" if settings.WRITDESK.receiving_country in ON_LETTER else "A4"
    style = CSS(string=render_to_string("notifications/paper/paper.css", {"size": size}), url_fetcher=fetch)
    document = HTML(string=_breakable(html), url_fetcher=fetch, base_url=None)
    pdf: bytes = document.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1", pdf_identifier=b"writdesk")
    return pdf


def _breakable(html: str) -> str:
    """Return the document with places to break in very long words, which show nothing."""
    parts = TAG.split(html)
    return "".join(part if number % 2 else LONG_WORD.sub(_in_pieces, part) for number, part in enumerate(parts))


def _in_pieces(word: re.Match[str]) -> str:
    letters = LETTER.findall(word.group())
    return "\u200b".join("".join(letters[start : start + PIECE]) for start in range(0, len(letters), PIECE))


def together(sheets: list[bytes]) -> bytes:
    """Return the pages of several PDFs in one, to be printed: each letter begins on a page of its own."""
    whole, out = PdfWriter(), BytesIO()
    for sheet in sheets:
        whole.append(BytesIO(sheet), import_outline=False)
    whole.add_metadata({"/Title": settings.WRITDESK.provider_name})
    whole.write(out)
    return out.getvalue()
