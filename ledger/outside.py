"""Checkpoints as files outside the database: what a database put back to an older copy cannot take along."""

import json
import os
import tempfile
from pathlib import Path

from django.conf import settings

from ledger.models import Checkpoint


def folder() -> Path:
    """Return where the files are. In production this should be storage that the database's host cannot write."""
    return Path(settings.VAR_DIR) / "checkpoints"


def path(number: int) -> Path:
    """Return the file of that checkpoint."""
    return folder() / f"{number}.json"


def text(checkpoint: Checkpoint) -> str:
    """Return what the file says: the signed statement, its hash and its signature."""
    statement: dict[str, object] = json.loads(statement_of(checkpoint))
    return json.dumps(
        {**statement, "hash": checkpoint.hash.hex(), "signature": checkpoint.signature.hex()}, sort_keys=True
    )


def statement_of(checkpoint: Checkpoint) -> str:
    """Return the text whose SHA-256 is the checkpoint's hash and is signed."""
    return json.dumps(
        {
            "number": checkpoint.number,
            "at": checkpoint.at.isoformat(timespec="microseconds"),
            "streams": checkpoint.streams,
            "streams_hash": checkpoint.streams_hash.hex(),
            "prev_hash": checkpoint.prev_hash.hex(),
            "public_key": checkpoint.public_key.hex(),
        },
        sort_keys=True,
    )


def write(checkpoint: Checkpoint) -> None:
    """Write the file: whole and on disk when this returns, or not at all."""
    folder().mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=folder(), suffix=".draft")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text(checkpoint) + "\n")
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path(checkpoint.number))
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    directory = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def says(checkpoint: Checkpoint) -> bool | None:
    """Return whether the file says the same as the row, or None when there is no file."""
    try:
        return path(checkpoint.number).read_text(encoding="utf-8") == text(checkpoint) + "\n"
    except FileNotFoundError:
        return None


def last_number() -> int:
    """Return the number of the newest file, 0 when there is none."""
    if not folder().exists():
        return 0
    return max((int(file.stem) for file in folder().glob("*.json") if file.stem.isdecimal()), default=0)
