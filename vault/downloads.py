"""Sending a document out of the house. Whether this person may have it, the calling view has asked before."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from vault import actions, file_names
from vault.content_types import ALLOWED, UNKNOWN
from vault.models import Document


def attachment(document: Document) -> StreamingHttpResponse:
    """Return the document as a download that no browser shows, runs, guesses the type of or keeps.

    Raises what vault.actions.open_document raises when the document cannot be opened. Where a later part turns out
    damaged the connection breaks, short of the announced length: half a document never looks like a whole one.
    """
    parts = actions.read(document)
    first = next(parts)
    response = StreamingHttpResponse(_joined(first, parts))
    response["Content-Type"] = document.content_type if document.content_type in ALLOWED else UNKNOWN
    response["Content-Length"] = str(document.size)
    name = file_names.for_download(document.name, document.content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _joined(first: bytes, parts: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from parts
