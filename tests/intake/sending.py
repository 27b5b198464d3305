"""What Detective Osei fills in, and what Mallory does."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfWriter

# Anything that a test sends and that must come back when the form is shown once more.
FILLED = {
    "instrument": "us_search_warrant",
    "agency_name": "Springfield Police",
    "agency_country": "US",
    "agency_kind": "law_enforcement",
    "officer_name": "Detective Osei",
    "officer_email": "osei@springfield.example",
    "officer_phone": "+1 217 555 0100",
    "agency_reference": "SP-2026-0417",
    "our_reference": "",
    "return_date": "2026-12-20",
    "targets": "carla\r\ncarla@customer.example\r\n\r\ndomain: carla.example\r\n192.0.2.7",
    "categories": ["subscriber", "content"],
    "message": "Please read the annex.",
    "website": "",
}


def pdf(password: str = "") -> bytes:
    """Return a small PDF, behind a password if one is given."""
    writer = PdfWriter()
    writer.add_blank_page(width=72, height=72)
    if password:
        writer.encrypt(password, algorithm="AES-256")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def file(content: bytes | None = None, name: str = "warrant.pdf") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, pdf() if content is None else content, content_type="application/pdf")


def send(client: Client, *files: SimpleUploadedFile, **changes: object) -> HttpResponse:
    """Send the public form with these files and some answers changed."""
    return post(client, "/submit/", *files, **changes)


def post(client: Client, path: str, *files: SimpleUploadedFile, **changes: object) -> HttpResponse:
    """Send a form of the same fields to another address."""
    data: dict[str, Any] = {**FILLED, "documents": list(files), **changes}
    response: Any = client.post(path, data)
    assert isinstance(response, HttpResponse)
    return response
