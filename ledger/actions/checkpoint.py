"""The checkpoint: a signed statement of how long every stream is and what it ends in."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256

from django.db import connection
from django.db.models import Max

from ledger import chain, outside, signing
from ledger.models import Checkpoint
from ledger.queries import checkpoint_lists
from ledger.snapshot import one_snapshot

logger = logging.getLogger(__name__)

LOCK = 0x6C6564676572  # "ledger": one checkpoint at a time in a database

# One statement, so one snapshot: an append in flight is not listed and stays for the next checkpoint.
LIST = """
INSERT INTO ledger_checkpoint_stream (stream, length, hash, checkpoint)
SELECT stream, length, last_hash, %s FROM ledger_head h
WHERE length <> checkpointed_length
AND NOT EXISTS (SELECT FROM ledger_checkpoint_stream c WHERE (c.stream, c.length) = (h.stream, h.length))
"""

# Only spares the next checkpoint from looking at heads that did not move: what was listed stands in the lists.
# Heads that an append has locked are left for the next time, so that a checkpoint waits for nobody.
MARK = """
UPDATE ledger_head SET checkpointed_length = marked.listed
FROM (
    SELECT number, (SELECT max(c.length) FROM ledger_checkpoint_stream c WHERE c.stream = h.stream) AS listed
    FROM ledger_head h WHERE length <> checkpointed_length FOR UPDATE SKIP LOCKED
) AS marked
WHERE ledger_head.number = marked.number AND checkpointed_length < marked.listed
"""


def checkpoint(now: datetime) -> Checkpoint | None:
    """Seal every stream that changed since the previous checkpoint; return the new one, None when nothing changed.

    Must not run inside a transaction. The file outside is written after the commit: killed in between, the next run
    writes what is missing, so a file without a row never comes from a crash but from a database put back.
    """
    with _alone():
        sealed = _seal(now)
        _mark()
        _write_missing_files()
    return sealed


@contextmanager
def _alone() -> Iterator[None]:
    # Held by the session and taken before the snapshot: whoever waits here sees the checkpoint it waited for.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _seal(now: datetime) -> Checkpoint | None:
    with one_snapshot():
        previous = Checkpoint.objects.order_by("number").last()
        number = previous.number + 1 if previous else 1
        with connection.cursor() as cursor:
            cursor.execute(LIST, [number])
            streams = cursor.rowcount
        if not streams:
            return None
        key = signing.signing_key()
        sealed = Checkpoint(
            number=number,
            at=now.astimezone(UTC),
            streams=streams,
            streams_hash=_streams_hash(number),
            prev_hash=bytes(previous.hash) if previous else chain.GENESIS,
            public_key=signing.public_bytes(key),
        )
        sealed.hash = sha256(outside.statement_of(sealed).encode()).digest()
        sealed.signature = key.sign(sealed.hash)
        sealed.save(force_insert=True)
        return sealed


def _streams_hash(number: int) -> bytes:
    running = sha256()
    for _number, lines in checkpoint_lists(number, number):
        for line in lines:
            running.update(line)
    return running.digest()


def _mark() -> None:
    with connection.cursor() as cursor:
        cursor.execute(MARK)


def _write_missing_files() -> None:
    last = outside.last_number()
    for missing in Checkpoint.objects.filter(number__gt=last).order_by("number").iterator():
        outside.write(missing)
    if last > (Checkpoint.objects.aggregate(newest=Max("number"))["newest"] or 0):
        # Never written over: these files are what shows it.
        logger.error("Checkpoint %d exists outside the database and not in it: the database was put back.", last)
