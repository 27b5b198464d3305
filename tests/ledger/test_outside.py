import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from ledger import outside
from ledger.actions import checkpoint
from ledger.models import Checkpoint, LedgerEntry

pytestmark = pytest.mark.django_db
Write = Callable[..., list[LedgerEntry]]


@pytest.fixture
def sealed(received: Write, now: datetime) -> Checkpoint:
    received()
    sealed = checkpoint(now)
    assert sealed
    return sealed


def test_the_file_says_what_the_row_says(sealed: Checkpoint) -> None:
    assert outside.says(sealed) is True
    assert outside.says(Checkpoint.objects.get()) is True


def test_a_changed_file_says_something_else(sealed: Checkpoint) -> None:
    outside.path(1).write_text(outside.path(1).read_text().replace('"streams": 1', '"streams": 2'))
    assert outside.says(sealed) is False


def test_a_missing_file_says_nothing(sealed: Checkpoint) -> None:
    outside.path(1).unlink()
    assert outside.says(sealed) is None


def test_a_write_that_fails_leaves_the_old_file_and_no_draft(
    sealed: Checkpoint, monkeypatch: pytest.MonkeyPatch, var: Path
) -> None:
    before = outside.path(1).read_text()

    def disk_full(handle: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", disk_full)
    with pytest.raises(OSError, match="No space"):
        outside.write(sealed)
    assert [file.name for file in (var / "checkpoints").iterdir()] == ["1.json"]
    assert outside.path(1).read_text() == before


def test_the_newest_file_is_found_by_number_and_not_by_name(sealed: Checkpoint, var: Path) -> None:
    for name in ("9.json", "10.json", "11.json.draft", "notes.json"):
        (var / "checkpoints" / name).touch()
    assert outside.last_number() == 10


def test_without_a_folder_there_is_no_file() -> None:
    assert outside.last_number() == 0
