"""From what a sheet says to a PDF: laid out by WeasyPrint, with our own stylesheet and nothing else from anywhere.

WeasyPrint needs the library Pango, which Debian calls libpango-1.0-0 (`make fonts`). Without it there is no paper, and
everything else goes on: is_possible.
"""

from functools import cache
from io import BytesIO
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from pypdf import PdfWriter

# Who prints on US Letter; everybody else prints on A4.
ON_LETTER = frozenset({"US", "CA"})
PICTURE = "paper:code"  # the one address that a sheet may name: its own picture of the way to the page


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
    from weasyprint.urls import URLFetcherResponse

    def fetch(url: str, *_args: object, **_named: object) -> Any:
        if url == PICTURE and picture:
            return URLFetcherResponse(url, picture, {"Content-Type": "image/svg+xml"})
        raise ValueError("a sheet fetches nothing")

    size = "letter" if settings.WRITDESK.receiving_country in ON_LETTER else "A4"
    style = CSS(string=render_to_string("notifications/paper/paper.css", {"size": size}), url_fetcher=fetch)
    document = HTML(string=html, url_fetcher=fetch, base_url=None)
    pdf: bytes = document.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1", pdf_identifier=b"writdesk")
    return pdf


def together(sheets: list[bytes]) -> bytes:
    """Return the pages of several PDFs in one, to be printed: each letter begins on a page of its own."""
    whole, out = PdfWriter(), BytesIO()
    for sheet in sheets:
        whole.append(BytesIO(sheet), import_outline=False)
    whole.add_metadata({"/Title": settings.WRITDESK.provider_name})
    whole.write(out)
    return out.getvalue()
