"""What was done to a stream that does not hold: read once more, and only this stream.

edited: contents that do not have their hash. missing: an entry is gone and later ones stand. inserted: an entry that
was never appended. reordered: entries changed places. truncated: the end is gone. checkpoint: the stream is whole in
itself, but what was signed says otherwise: it was rewritten.
"""

from dataclasses import dataclass
from typing import Literal

from django.db import connection

from ledger import chain

BreakKind = Literal["edited", "missing", "inserted", "reordered", "truncated", "checkpoint"]
Found = tuple[int, BreakKind]

LINKS = f"""
SELECT e.seq, e.id %% {chain.STREAM_SPAN}, e.prev_hash, e.hash, e.hash = sha256({chain.canonical_sql("e")}), c.hash
FROM ledger_entry e LEFT JOIN ledger_checkpoint_stream c ON c.stream = e.stream AND c.length = e.seq
WHERE e.stream = %s ORDER BY e.seq
"""  # noqa: S608

SWAPPED = f"""
SELECT EXISTS (
    SELECT FROM ledger_entry here JOIN ledger_entry there ON there.stream = here.stream AND there.seq <> here.seq
    WHERE here.stream = %s AND here.seq = %s AND here.hash = sha256({chain.canonical_sql("here", "there.payload")})
)
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Link:
    """An entry without its payload."""

    seq: int
    place: int  # the seq that it was appended at, by its id
    prev_hash: bytes
    hash: bytes
    is_own: bool  # the hash is that of its contents
    checkpointed_hash: bytes | None


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream and what its head says of it."""

    name: str
    length: int
    last_hash: bytes

    def has(self, condition: str, *values: bytes | int) -> bool:
        """Return whether an entry of the stream meets the SQL condition."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT EXISTS (SELECT FROM ledger_entry WHERE stream = %s AND {condition})",  # noqa: S608
                [self.name, *values],
            )
            return bool(cursor.fetchone()[0])


def first_break(name: str) -> Found:
    """Return the seq of the first break of a stream that is known to have one, and its kind."""
    stream = _stream(name)
    previous = Link(seq=0, place=0, prev_hash=b"", hash=chain.GENESIS, is_own=True, checkpointed_hash=None)
    rewritten: Found | None = None
    with connection.chunked_cursor() as cursor:
        cursor.execute(LINKS, [name])
        for row in cursor:
            link = Link(*row)
            if found := _break_at(stream, previous, link):
                # What a checkpoint contradicts is only a rewriting where the chain itself says nothing more exact.
                return rewritten if rewritten and rewritten[0] < found[0] else found
            if link.checkpointed_hash not in (None, link.hash):
                rewritten = rewritten or (link.seq, "checkpoint")
            previous = link
    return rewritten or (previous.seq, "edited")


def _stream(name: str) -> Stream:
    with connection.cursor() as cursor:
        cursor.execute("SELECT length, last_hash FROM ledger_head WHERE stream = %s", [name])
        length, last_hash = cursor.fetchone() or (0, chain.GENESIS)
    return Stream(name, length, last_hash)


def _break_at(stream: Stream, previous: Link, link: Link) -> Found | None:
    seq = previous.seq + 1
    if link.seq > seq:
        return seq, "missing"
    if link.prev_hash == previous.prev_hash:
        # Two entries follow the same one. The right one is the one that was gone on from.
        is_right = link.hash != previous.hash and (
            link.hash == stream.last_hash or stream.has("prev_hash = %s AND seq > %s", link.hash, seq)
        )
        return (previous.seq if is_right else seq), "inserted"
    if seq > stream.length:
        return seq, "inserted"
    if link.prev_hash == previous.hash:
        return _break_in(stream, link)
    if stream.has("prev_hash = %s AND seq > %s", previous.hash, seq):
        # What follows here stands further on; what stands here belongs elsewhere, or nowhere.
        return seq, "reordered" if stream.has("hash = %s", link.prev_hash) else "inserted"
    if link.is_own:
        # It follows what the previous entry was before.
        return previous.seq or seq, "edited"
    return seq, "edited" if link.place == seq else "missing"


def _break_in(stream: Stream, link: Link) -> Found | None:
    """Return the break within an entry that stands where it belongs."""
    if not link.is_own:
        with connection.cursor() as cursor:
            cursor.execute(SWAPPED, [stream.name, link.seq])
            return link.seq, "reordered" if cursor.fetchone()[0] else "edited"
    if link.seq == stream.length and link.hash != stream.last_hash:
        return link.seq, "edited"
    return None
