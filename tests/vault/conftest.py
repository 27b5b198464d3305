"""A vault of its own for each test, and documents to put into it."""

import io
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadhandler import StopFutureHandlers
from pypdf import PdfWriter
from pytest_django.fixtures import Settings

from vault import keyring
from vault.keyring import Kek
from vault.uploads import EncryptedUpload, EncryptingUploadHandler

OUR_KEK = Kek(bytes(range(32)))
DOCUMENT_ID = UUID("6f0c2f0e-9d36-4a6e-8f0f-2f1e7a0b5c11")


@pytest.fixture(autouse=True)
def var_dir(var: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The vault's own place in it, with one key in the environment."""
    vault = settings.STORAGES["vault"]
    options = {**vault["OPTIONS"], "location": var / "vault"}
    settings.STORAGES = {**settings.STORAGES, "vault": {**vault, "OPTIONS": options}}
    monkeypatch.setenv(keyring.CURRENT, OUR_KEK.text())
    monkeypatch.delenv(keyring.PREVIOUS, raising=False)
    keyring.forget()
    return var


@pytest.fixture
def keys_from_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine where nobody has set a key."""
    monkeypatch.delenv(keyring.CURRENT)


def received(data: bytes, name: str = "warrant.pdf", handler: EncryptingUploadHandler | None = None) -> EncryptedUpload:
    """Return the upload that the handler makes of these bytes, in chunks as Django gives them."""
    handler = handler or EncryptingUploadHandler()
    with pytest.raises(StopFutureHandlers):  # no other handler may see the bytes
        handler.new_file("document", name, "application/octet-stream", None)
    for start in range(0, len(data), handler.chunk_size):
        handler.receive_data_chunk(data[start : start + handler.chunk_size], start)
    return handler.file_complete(len(data))


def pdf(write: Callable[[PdfWriter], object] = lambda writer: None, pages: int = 1) -> bytes:
    """Return a small PDF with so many empty pages, after write has had its way with it."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=72, height=72)
    write(writer)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
