"""Appending many entries by COPY, for imports and demonstrations: same ids and hashes as one append after another."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from ledger import chain, payloads
from ledger.actions.append import NotInTransaction
from ledger.facts import Fact
from ledger.kinds import EntryKind

BATCH = 10_000  # entries held in memory at a time
CHUNK = 500  # entries in one message to the database

Built = tuple[str, str]  # a stream, and the text of a payload as payloads.text gives it


class Row(NamedTuple):
    """What one append would be called with."""

    stream: str
    kind: EntryKind
    at: datetime
    by: int | None
    fact: Fact | None
    fields: Mapping[str, object]


@dataclass(slots=True)
class Head:
    """Where a stream ends while a batch is built."""

    number: int
    length: int
    last_hash: bytes
    is_new: bool


def append_many(rows: Iterable[Row]) -> None:
    """Append the rows in their order, in the caller's transaction, in memory that does not grow with their number.

    New streams go in by COPY alone and are fast; a stream that exists is locked and continued.
    Raises NotInTransaction, UndeclaredField, InvalidField.
    """
    append_built(
        (row.stream, payloads.text(payloads.build(row.kind, at=row.at, by=row.by, fact=row.fact, fields=row.fields)))
        for row in rows
    )


def append_built(entries: Iterable[Built]) -> None:
    """Append entries whose payloads are built already, as append_many does: for copies of what an append has built."""
    if not connection.in_atomic_block:
        raise NotInTransaction(_("The ledger is written in the transaction of the change that it records."))
    remaining = iter(entries)
    while batch := list(islice(remaining, BATCH)):
        _write(batch, _heads(dict.fromkeys(stream for stream, _payload in batch)))


def _heads(streams: Iterable[str]) -> dict[str, Head]:
    """Return the heads of the streams: locked where they exist, numbered in the order given where they do not."""
    streams = list(streams)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stream, number, length, last_hash FROM ledger_head"
            " WHERE stream = ANY(%s) ORDER BY stream FOR UPDATE",
            [streams],
        )
        heads = {stream: Head(number, length, bytes(last), False) for stream, number, length, last in cursor}
        new = [stream for stream in streams if stream not in heads]
        cursor.execute("SELECT nextval('ledger_head_number_seq') FROM generate_series(1, %s)", [len(new)])
        for stream, (number,) in zip(new, cursor, strict=True):
            heads[stream] = Head(number, 0, chain.GENESIS, True)
    return heads


def _write(batch: list[Built], heads: dict[str, Head]) -> None:
    with connection.cursor() as cursor:
        with cursor.copy("COPY ledger_entry (id, stream, seq, payload, prev_hash, hash) FROM STDIN") as copy:
            lines = _lines(batch, heads)
            while chunk := "".join(islice(lines, CHUNK)):
                copy.write(chunk)
        opened = [(stream, head) for stream, head in heads.items() if head.is_new]
        with cursor.copy("COPY ledger_head (number, stream, length, last_hash) FROM STDIN") as copy:
            copy.write(
                "".join(
                    f"{head.number}\t{stream}\t{head.length}\t\\\\x{head.last_hash.hex()}\n" for stream, head in opened
                )
            )
        known = [head for head in heads.values() if not head.is_new]
        cursor.execute(
            "UPDATE ledger_head SET length = moved.length, last_hash = moved.hash"
            " FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[]) AS moved(number, length, hash)"
            " WHERE ledger_head.number = moved.number",
            [[head.number for head in known], [head.length for head in known], [head.last_hash for head in known]],
        )


def _lines(batch: list[Built], heads: dict[str, Head]) -> Iterator[str]:
    """Yield the batch as lines of COPY's text format, moving the heads along."""
    for stream, payload in batch:
        head = heads[stream]
        prev_hash = head.last_hash
        head.length = seq = head.length + 1
        id_ = chain.entry_id(head.number, seq)
        head.last_hash = entry_hash = chain.digest(id=id_, stream=stream, seq=seq, payload=payload, prev_hash=prev_hash)
        escaped = payload.replace("\\", "\\\\")
        yield f"{id_}\t{stream}\t{seq}\t{escaped}\t\\\\x{prev_hash.hex()}\t\\\\x{entry_hash.hex()}\n"
