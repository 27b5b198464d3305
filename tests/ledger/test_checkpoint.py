import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ledger import chain, outside, signing, tasks
from ledger.actions import append, checkpoint
from ledger.models import Checkpoint, CheckpointStream, LedgerEntry, LedgerHead
from ledger.verification import verify
from tests.ledger.kinds import MOVED

pytestmark = pytest.mark.django_db
Write = Callable[..., list[LedgerEntry]]
APPEND = "SELECT ledger_append('case:1', '{\"kind\": \"test.moved\"}')"


def listed(sealed: Checkpoint | None) -> dict[str, int]:
    assert sealed
    return dict(CheckpointStream.objects.filter(checkpoint=sealed.number).values_list("stream", "length"))


def test_a_checkpoint_lists_every_stream_with_its_length_and_last_hash(received: Write, now: datetime) -> None:
    last = received("case:1", moves=3)[-1]
    received("case:2", moves=0)
    sealed = checkpoint(now)
    assert listed(sealed) == {"case:1": 4, "case:2": 1}
    assert CheckpointStream.objects.get(stream="case:1").hash == last.hash


def test_the_next_one_lists_what_changed_since(received: Write, now: datetime) -> None:
    received("case:1")
    received("case:2", moves=0)
    first = checkpoint(now)
    append(stream="case:2", kind=MOVED, at=now, by=7, state="closed")
    second = checkpoint(now)
    assert listed(second) == {"case:2": 2}
    assert first
    assert second
    assert (first.prev_hash, second.prev_hash) == (chain.GENESIS, first.hash)


def test_nothing_changed_makes_no_checkpoint(received: Write, now: datetime) -> None:
    assert checkpoint(now) is None
    received()
    assert checkpoint(now)
    assert checkpoint(now) is None
    assert Checkpoint.objects.count() == 1


def test_it_is_signed(received: Write, now: datetime) -> None:
    received()
    sealed = checkpoint(now)
    assert sealed
    key = signing.public_bytes(signing.signing_key())
    assert sealed.public_key == key
    assert signing.is_signed(bytes(sealed.hash), bytes(sealed.signature), key)
    assert not signing.is_signed(bytes(sealed.prev_hash), bytes(sealed.signature), key)


def test_it_is_also_written_outside_the_database(received: Write, now: datetime, var: Path) -> None:
    received()
    sealed = checkpoint(now)
    assert sealed
    written = json.loads((var / "checkpoints" / "1.json").read_text())
    assert written["hash"] == sealed.hash.hex()
    assert written["streams"] == 1
    assert not list((var / "checkpoints").glob("*.draft"))


def test_the_number_of_queries_does_not_grow_with_the_streams(received: Write, now: datetime) -> None:
    def queries_for(streams: range) -> int:
        for case in streams:
            received(f"case:{case}", moves=0)
        with CaptureQueriesContext(connection) as queries:
            checkpoint(now)
        return len(queries)

    assert queries_for(range(1)) == queries_for(range(1, 20))


def test_the_clock_job_seals(received: Write) -> None:
    received()
    tasks.checkpoint()
    assert Checkpoint.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_append_in_flight_is_left_for_the_next_one_without_waiting_for_it(
    fresh_database: str, received: Write, now: datetime
) -> None:
    received("case:1", moves=0)
    received("case:2", moves=0)
    with psycopg.connect(fresh_database) as osei:
        osei.execute(APPEND)
        assert listed(checkpoint(now)) == {"case:1": 1, "case:2": 1}
    assert listed(checkpoint(now)) == {"case:1": 2}
    assert not LedgerHead.objects.exclude(stream="").filter(length__gt=2).exists()
    assert verify().first_break is None


@pytest.mark.django_db(transaction=True)
def test_four_checkpointers_at_once_take_turns(received: Write, now: datetime) -> None:
    def seal(hour: int) -> None:
        try:
            with transaction.atomic():
                append(stream=f"case:{hour}", kind=MOVED, at=now, by=7, state="closed")
            checkpoint(now + timedelta(hours=hour))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as clocks:
        list(clocks.map(seal, range(12)))
    assert CheckpointStream.objects.count() == 12
    verdict = verify()
    assert verdict.first_break is None
    assert verdict.files == verdict.checkpoints == Checkpoint.objects.count()


@pytest.mark.django_db(transaction=True)
def test_killed_before_the_commit_nothing_was_sealed(
    received: Write, now: datetime, monkeypatch: pytest.MonkeyPatch, var: Path
) -> None:
    received()
    with monkeypatch.context() as patch:
        patch.setattr(signing, "signing_key", _killed)
        with pytest.raises(KeyboardInterrupt):
            checkpoint(now)
    assert not CheckpointStream.objects.exists()
    assert not (var / "checkpoints").exists()
    assert listed(checkpoint(now)) == {"case:1": 5}


@pytest.mark.django_db(transaction=True)
def test_killed_between_the_commit_and_the_file_the_next_run_writes_it(
    received: Write, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    received()
    with monkeypatch.context() as patch:
        patch.setattr(outside, "write", _killed)
        with pytest.raises(KeyboardInterrupt):
            checkpoint(now)
    unfinished = verify()
    assert (unfinished.checkpoints, unfinished.files, unfinished.first_break) == (1, 0, None)
    assert checkpoint(now) is None
    assert verify().files == 1


def _killed(*args: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.django_db(transaction=True)
def test_it_is_not_made_inside_a_transaction_that_could_still_be_rolled_back(received: Write, now: datetime) -> None:
    received()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        checkpoint(now)


def test_files_newer_than_the_database_are_not_written_over(
    received: Write, now: datetime, var: Path, caplog: pytest.LogCaptureFixture
) -> None:
    received()
    (var / "checkpoints").mkdir(parents=True)
    newer = var / "checkpoints" / "1.json"
    newer.write_text("{}")
    (var / "checkpoints" / "2.json").write_text("{}")
    checkpoint(now)
    assert newer.read_text() == "{}"
    assert "the database was put back" in caplog.text
