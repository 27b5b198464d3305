"""Whether history is as it was written: every chain, every head, every checkpoint, in one pass and constant memory.

Hashes are computed here and not in the database, and without the database's own functions of ours: whoever could
rewrite entries could rewrite those too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import cast

from django.db import connection

from ledger import chain, diagnosis, outside, signing
from ledger.diagnosis import BreakKind
from ledger.models import Checkpoint
from ledger.queries import checkpoint_lists
from ledger.snapshot import one_snapshot

CHECKPOINTS_AT_A_TIME = 1000

# The canonical form of every entry, and whether its head and the checkpoint that lists it agree.
# Which rows to compare is the join's work; what is compared is what stands in the rows.
ENTRIES = f"""
COPY (
    SELECT e.stream, e.seq, e.prev_hash, e.hash, {chain.canonical_sql("e")},
        h.length IS NOT NULL AND e.seq <= h.length AND (e.seq < h.length OR e.hash = h.last_hash)
        AND (c.hash IS NULL OR c.hash = e.hash)
    FROM ledger_entry e
    LEFT JOIN ledger_head h ON h.stream = e.stream
    LEFT JOIN ledger_checkpoint_stream c ON c.stream = e.stream AND c.length = e.seq
    ORDER BY e.stream, e.seq
) TO STDOUT (FORMAT binary)
"""  # noqa: S608

# Compiling costs more than it saves in one long scan. The rows come in order by the indexes of the three tables:
# sorting them would write all the canonical forms to disk.
PLAN = "SET LOCAL jit = off; SET LOCAL enable_sort = off; SET LOCAL enable_hashjoin = off"

# A stream that a head or a checkpoint says was longer than it is.
CUT = """
SELECT stream, length FROM (
    SELECT stream, length FROM ledger_head WHERE length > 0
    UNION ALL SELECT stream, length FROM ledger_checkpoint_stream
) AS said
WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.stream = said.stream AND e.seq = said.length)
ORDER BY stream, length LIMIT 1
"""


@dataclass(frozen=True)
class Break:
    """The first place where history is not as it was written; in stream "checkpoint", seq is a checkpoint's number."""

    stream: str
    seq: int
    kind: BreakKind


@dataclass(frozen=True)
class Verdict:
    """What a verification found. Counts are of what was read until the break."""

    entries: int
    streams: int
    checkpoints: int
    files: int  # checkpoints whose file outside the database says the same
    first_break: Break | None


def verify() -> Verdict:
    """Read the whole ledger once and return what was found. Must not run inside a transaction."""
    with one_snapshot():
        with connection.cursor() as cursor:
            cursor.execute(PLAN)
        entries, streams, found = _read_entries()
        found = found or _cut_stream()
        if found:
            return Verdict(entries, streams, 0, 0, found)
        checkpoints, files, found = _read_checkpoints()
        return Verdict(entries, streams, checkpoints, files, found)


def _read_entries() -> tuple[int, int, Break | None]:
    """Return the number of entries and streams read, and the first break."""
    entries = streams = length = 0
    current = ""
    last_hash = chain.GENESIS
    for stream, seq, prev_hash, entry_hash, canonical, is_confirmed in _rows():
        if stream != current:
            current, length, last_hash = stream, 0, chain.GENESIS
            streams += 1
        length += 1
        if not (is_confirmed and seq == length and prev_hash == last_hash and sha256(canonical).digest() == entry_hash):
            break
        last_hash = entry_hash
        entries += 1
    else:
        return entries, streams, None
    seq, kind = diagnosis.first_break(current)
    return entries, streams, Break(current, seq, kind)


def _rows() -> Iterator[tuple[str, int, bytes, bytes, bytes, bool]]:
    with connection.cursor() as cursor, cursor.copy(ENTRIES) as copy:
        copy.set_types(["text", "int8", "bytea", "bytea", "bytea", "bool"])
        yield from cast(Iterator[tuple[str, int, bytes, bytes, bytes, bool]], copy.rows())


def _cut_stream() -> Break | None:
    with connection.cursor() as cursor:
        cursor.execute(CUT)
        if (said := cursor.fetchone()) is None:
            return None
        cursor.execute("SELECT coalesce(max(seq), 0) + 1 FROM ledger_entry WHERE stream = %s", [said[0]])
        return Break(said[0], cursor.fetchone()[0], "truncated")


def _read_checkpoints() -> tuple[int, int, Break | None]:
    """Return the number of checkpoints read, of files that say the same, and the first break."""
    believed = signing.believed_keys()
    number = files = 0
    last_hash = chain.GENESIS
    while batch := list(Checkpoint.objects.filter(number__gt=number).order_by("number")[:CHECKPOINTS_AT_A_TIME]):
        lists = _lists(batch[0].number, batch[-1].number)
        for checkpoint in batch:
            said_outside = outside.says(checkpoint)
            is_whole = (
                checkpoint.number == number + 1 and checkpoint.prev_hash == last_hash and said_outside is not False
            )
            if not (is_whole and _is_true(checkpoint, lists.get(checkpoint.number), believed)):
                return number, files, Break("checkpoint", number + 1, "checkpoint")
            number, last_hash = checkpoint.number, bytes(checkpoint.hash)
            files += said_outside is True
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(checkpoint), 0) FROM ledger_checkpoint_stream")
        last_listed = cursor.fetchone()[0]
    if max(last_listed, outside.last_number()) > number:
        return number, files, Break("checkpoint", number + 1, "checkpoint")
    return number, files, None


def _lists(first: int, last: int) -> dict[int, tuple[int, bytes]]:
    """Return for each checkpoint how many streams it lists and the hash over their lines."""
    found = {}
    for number, lines in checkpoint_lists(first, last):
        running = sha256()
        streams = 0
        for line in lines:
            running.update(line)
            streams += 1
        found[number] = (streams, running.digest())
    return found


def _is_true(checkpoint: Checkpoint, listed: tuple[int, bytes] | None, believed: frozenset[bytes]) -> bool:
    return (
        listed == (checkpoint.streams, checkpoint.streams_hash)
        and sha256(outside.statement_of(checkpoint).encode()).digest() == checkpoint.hash
        and checkpoint.public_key in believed
        and signing.is_signed(bytes(checkpoint.hash), bytes(checkpoint.signature), bytes(checkpoint.public_key))
    )
