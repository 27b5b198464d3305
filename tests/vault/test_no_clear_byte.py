"""No clear byte of a document is on the disk at any moment, with or without a name."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from pytest_django.fixtures import Settings

from vault.uploads import EncryptingUploadHandler

MARKER = b"the customer's name is Carla"
DOCUMENT = (MARKER + b"\n") * 100_000

LINUX = Path("/proc/self/fd").exists()

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.vault.desk"),
    pytest.mark.skipif(not LINUX, reason="looks at files without a name where Linux shows them"),
]


@pytest.fixture(autouse=True)
def temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where programs that do not think put their temporary files."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def on_disk(*folders: Path) -> Iterator[bytes]:
    """Yield what is in every file under the folders, and in every file of this process that has no name any more."""
    for folder in folders:
        yield from (path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for handle in Path("/proc/self/fd").glob("*"):
        if handle.is_symlink() and os.readlink(handle).endswith("(deleted)"):
            yield handle.read_bytes()


def test_neither_while_receiving_nor_afterwards(
    temporary_folder: Path, var_dir: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    receive = EncryptingUploadHandler.receive_data_chunk

    def look(handler: EncryptingUploadHandler, raw_data: bytes, start: int) -> None:
        receive(handler, raw_data, start)
        found = list(on_disk(var_dir, temporary_folder))
        assert not any(MARKER in content for content in found)
        looked.append(sum(map(len, found)))

    monkeypatch.setattr(EncryptingUploadHandler, "receive_data_chunk", look)
    answer = Client().post("/submit", {"order": SimpleUploadedFile("order.txt", DOCUMENT)}).json()
    assert Client().get(f"/download/{answer['kept'][0]}").getvalue() == DOCUMENT
    found = list(on_disk(var_dir, temporary_folder))
    assert not any(MARKER in content for content in found)
    assert sum(map(len, found)) > len(DOCUMENT)
    assert max(looked) > 1_000_000  # it did see the sealed bytes on their way


def test_the_look_would_find_one(temporary_folder: Path, var_dir: Path, settings: Settings) -> None:
    handler = TemporaryFileUploadHandler()
    handler.new_file("document", "order.txt", "text/plain", None)
    handler.receive_data_chunk(DOCUMENT, 0)
    handler.file.flush()
    assert any(MARKER in content for content in on_disk(var_dir, temporary_folder))
    named = Path(handler.file.temporary_file_path())
    named.rename(kept := named.with_suffix(".kept"))
    opened = kept.open("rb")
    kept.unlink()
    with opened:
        assert any(MARKER in content for content in on_disk(var_dir, temporary_folder))
    named.touch()  # Django deletes it


def test_a_form_that_is_checked_for_forgery_first_receives_sealed_all_the_same() -> None:
    # The check reads the form before any view could install a handler.
    forged = Client(enforce_csrf_checks=True).post("/submit", {"order": SimpleUploadedFile("order.txt", DOCUMENT)})
    assert forged.status_code == 403
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "c" * 32
    fields = {"csrfmiddlewaretoken": "c" * 32, "order": SimpleUploadedFile("order.txt", DOCUMENT)}
    assert "kept" in client.post("/submit", fields).json()
