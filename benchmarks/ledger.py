"""Verifying the ledger, against reading it and hashing alone."""

from collections.abc import Iterator
from hashlib import sha256

from django.db import connection

from benchmarks.bench import Bench
from benchmarks.measuring import Row, in_turn
from ledger import chain
from ledger.verification import verify

ROUNDS = 5
READ = f"COPY (SELECT {chain.canonical_sql('e')} FROM ledger_entry e) TO STDOUT (FORMAT binary)"


def rows(bench: Bench) -> Iterator[Row]:
    """Yield entries a second of a whole verification, checkpoints and their files included."""
    with bench.imported.chosen():
        verdict = verify()
        assert verdict.first_break is None
        ours, floor = in_turn(ROUNDS, verify, _read_and_hash)
    yield Row(
        f"ledger verification, {verdict.entries:,} entries",
        f"{verdict.entries / ours.p50:,.0f} entries/s, {ours.p50:.2f} s",
        f"reading and hashing {verdict.entries / floor.p50:,.0f}/s, {floor.p50:.2f} s",
        ours.p50 / floor.p50,
        "≤ 2",
    )


def _read_and_hash() -> None:
    with connection.cursor() as cursor, cursor.copy(READ) as copy:
        copy.set_types(["bytea"])
        for (canonical,) in copy.rows():
            sha256(canonical).digest()
