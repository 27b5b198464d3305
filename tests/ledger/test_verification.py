"""Invariant 7: history is changed by somebody who owns the tables, and it shows where and how."""

import shutil
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection

from ledger import signing
from ledger.actions import append, checkpoint
from ledger.verification import ENTRIES, PLAN, Break, verify
from tests.ledger.kinds import MOVED
from tests.ledger.tampering import (
    CHECKPOINT_TAMPERING,
    REHASH,
    RELINK,
    REWRITE_FROM_3,
    TAMPERING,
    delete,
    head_to,
    tamper_with,
)

pytestmark = pytest.mark.django_db


@contextmanager
def put_back() -> Iterator[None]:
    """Take the database back to what it was before the block; files stay."""
    older = connection.savepoint()
    assert older
    yield
    connection.savepoint_rollback(older)


def test_history_that_nobody_touched_is_whole(history: None, now: datetime) -> None:
    checkpoint(now)
    verdict = verify()
    assert (verdict.entries, verdict.streams, verdict.checkpoints, verdict.files) == (15, 3, 1, 1)
    assert verdict.first_break is None


def test_an_empty_ledger_is_whole() -> None:
    assert verify().first_break is None


@pytest.mark.parametrize("is_sealed", [False, True], ids=["unsealed", "sealed"])
@pytest.mark.parametrize(("statements", "found"), TAMPERING)
def test_a_change_shows_where_it_was_made_and_how(
    statements: list[str], found: tuple[int, str], is_sealed: bool, history: None, now: datetime
) -> None:
    if is_sealed:
        checkpoint(now)
    tamper_with(*statements)
    broken = verify().first_break
    assert broken
    assert (broken.stream, broken.seq, broken.kind) == ("case:1", *found)


def test_a_stream_rewritten_to_its_head_contradicts_the_checkpoint(history: None, now: datetime) -> None:
    checkpoint(now)
    append(stream="case:1", kind=MOVED, at=now, by=7, state="closed")
    tamper_with(*REWRITE_FROM_3, RELINK.replace("%s", "6"), REHASH.replace("%s", "6"), head_to(6))
    assert verify().first_break == Break("case:1", 5, "checkpoint")


def test_an_end_cut_off_with_its_head_contradicts_the_checkpoint(history: None, now: datetime) -> None:
    checkpoint(now)
    tamper_with(
        delete(5),
        "UPDATE ledger_head SET length = 4 WHERE stream = 'case:1'",
        head_to(4),
    )
    assert verify().first_break == Break("case:1", 5, "truncated")


def test_a_stream_removed_with_its_head_contradicts_the_checkpoint(history: None, now: datetime) -> None:
    checkpoint(now)
    tamper_with("DELETE FROM ledger_entry WHERE stream = 'case:1'", "DELETE FROM ledger_head WHERE stream = 'case:1'")
    assert verify().first_break == Break("case:1", 1, "truncated")


@pytest.mark.parametrize(("statement", "number"), CHECKPOINT_TAMPERING)
def test_a_changed_checkpoint_shows(statement: str, number: int, history: None, now: datetime) -> None:
    checkpoint(now)
    append(stream="case:1", kind=MOVED, at=now, by=7, state="closed")
    checkpoint(now)
    tamper_with(statement)
    assert verify().first_break == Break("checkpoint", number, "checkpoint")


def test_rewritten_checkpoints_with_a_key_of_ones_own_are_not_believed(
    history: None, now: datetime, monkeypatch: pytest.MonkeyPatch, var: Path
) -> None:
    with monkeypatch.context() as mallory:
        mallory.delenv("WRITDESK_LEDGER_KEY")
        checkpoint(now)
        shutil.rmtree(var / "keys")
    assert verify().first_break == Break("checkpoint", 1, "checkpoint")


def test_a_key_that_the_auditor_lists_is_believed(
    history: None, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoint(now)
    public = signing.public_bytes(signing.signing_key())
    monkeypatch.delenv("WRITDESK_LEDGER_KEY")
    monkeypatch.setenv("WRITDESK_LEDGER_PUBLIC_KEYS", b64encode(public).decode())
    assert verify().first_break is None


def test_a_database_put_back_to_an_older_copy_contradicts_the_files_outside(history: None, now: datetime) -> None:
    checkpoint(now)
    with put_back():
        append(stream="case:1", kind=MOVED, at=now, by=7, state="closed")
        checkpoint(now)
    assert verify().first_break == Break("checkpoint", 2, "checkpoint")


def test_another_past_with_the_right_key_contradicts_the_files_outside(history: None, now: datetime) -> None:
    with put_back():
        checkpoint(now)
    append(stream="case:1", kind=MOVED, at=now, by=7, state="closed")
    checkpoint(now)
    assert verify().first_break == Break("checkpoint", 1, "checkpoint")


def test_files_of_old_checkpoints_may_have_been_taken_away(history: None, now: datetime, var: Path) -> None:
    checkpoint(now)
    append(stream="case:1", kind=MOVED, at=now, by=7, state="closed")
    checkpoint(now)
    (var / "checkpoints" / "1.json").unlink()
    verdict = verify()
    assert (verdict.checkpoints, verdict.files, verdict.first_break) == (2, 1, None)


def test_reading_takes_the_order_of_the_indexes_and_sorts_nothing(history: None, now: datetime) -> None:
    checkpoint(now)
    query = ENTRIES.strip().removeprefix("COPY (").partition(") TO STDOUT")[0]
    with connection.cursor() as cursor:
        cursor.execute(PLAN)
        cursor.execute(f"EXPLAIN {query}")
        plan = "\n".join(line for (line,) in cursor)
    assert "Index" in plan
    assert "Sort" not in plan
