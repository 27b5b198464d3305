"""How an entry is numbered and hashed. The same is written in SQL in migrations/0002_append_only.py.

The canonical form of an entry is the text that PostgreSQL gives for the jsonb object of its id, seq, stream, payload
and prev_hash: keys by length, then by bytes; ", " and ": " between; UTF-8. docs/decisions/0003-ledger.md says why.
"""

from hashlib import sha256

GENESIS = bytes(32)  # what the first entry of a stream follows

# An id is the number of the stream times this plus the seq: 34 thousand million streams of 268 million entries.
# It depends on nothing but the order in which streams were opened, so the same history has the same hashes.
STREAM_SPAN = 2**28


def entry_id(number: int, seq: int) -> int:
    """Return the id of the entry at seq (from 1) of the stream with that number."""
    return number * STREAM_SPAN + seq


def canonical(*, id: int, stream: str, seq: int, payload: str, prev_hash: bytes) -> str:  # noqa: A002
    """Return the canonical form; payload is the text of the jsonb value, stream a name that needs no escaping."""
    return f'{{"id": {id}, "seq": {seq}, "stream": "{stream}", "payload": {payload}, "prev_hash": "{prev_hash.hex()}"}}'


def canonical_sql(row: str, payload: str = "") -> str:
    """Return the SQL expression of the canonical form, in UTF-8, of the entry that the query names row.

    It uses functions of PostgreSQL alone. With payload, an SQL expression, the entry is taken as if it held that.
    """
    payload = payload or f"{row}.payload"
    return (
        f"""convert_to('{{"id": ' || {row}.id || ', "seq": ' || {row}.seq || ', "stream": "' || {row}.stream"""
        f""" || '", "payload": ' || {payload}::text"""
        f""" || ', "prev_hash": "' || encode({row}.prev_hash, 'hex') || '"}}', 'UTF8')"""
    )


def digest(*, id: int, stream: str, seq: int, payload: str, prev_hash: bytes) -> bytes:  # noqa: A002
    """Return the SHA-256 of the canonical form."""
    text = canonical(id=id, stream=stream, seq=seq, payload=payload, prev_hash=prev_hash)
    return sha256(text.encode()).digest()
