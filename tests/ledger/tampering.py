"""What Mallory, who owns the tables, does to the history of case:1: 5 entries, between case:0 and case:2."""
# ruff: noqa: S608

import pytest

from ledger import chain
from tests.ledger.conftest import owner_without_triggers

HERE = "WHERE stream = 'case:1' AND seq = "
OWN_HASH = f"sha256({chain.canonical_sql('e')})"
REHASH = f"UPDATE ledger_entry e SET hash = {OWN_HASH} WHERE stream = 'case:1' AND seq = %s"
RELINK = (
    "UPDATE ledger_entry e SET prev_hash = b.hash FROM ledger_entry b"
    " WHERE e.stream = 'case:1' AND e.seq = %s AND b.stream = e.stream AND b.seq = e.seq - 1"
)
CLOSE_GAP = [
    "UPDATE ledger_entry SET seq = seq + 100 WHERE stream = 'case:1' AND seq > 3",
    "UPDATE ledger_entry SET seq = seq - 101 WHERE stream = 'case:1' AND seq > 100",
]
MAKE_ROOM = [
    "UPDATE ledger_entry SET seq = seq + 100 WHERE stream = 'case:1' AND seq >= 3",
    "UPDATE ledger_entry SET seq = seq - 99 WHERE stream = 'case:1' AND seq > 100",
]
SWAP = [
    f"UPDATE ledger_entry SET seq = 100 {HERE} 2",
    f"UPDATE ledger_entry SET seq = 2 {HERE} 4",
    f"UPDATE ledger_entry SET seq = 4 {HERE} 100",
]
COPY_OF_LAST = (
    "INSERT INTO ledger_entry SELECT id + 1, stream, seq + 1, payload, {prev}, hash FROM ledger_entry " + HERE + " 5"
)
REWRITE_FROM_3 = [
    f"UPDATE ledger_entry SET payload = payload || '{{\"by\": 8}}' {HERE} 3",
    REHASH.replace("%s", "3"),
    *(step.replace("%s", seq) for seq in "45" for step in (RELINK, REHASH)),
]

# What is done, and what a verification must find.
TAMPERING = [
    pytest.param(
        [f"UPDATE ledger_entry SET payload = payload || '{{\"by\": 8}}' {HERE} 3"], (3, "edited"), id="payload"
    ),
    pytest.param([f"UPDATE ledger_entry SET payload = payload - 'by' {HERE} 5"], (5, "edited"), id="last payload"),
    pytest.param([f"UPDATE ledger_entry SET hash = sha256('x') {HERE} 2"], (2, "edited"), id="hash"),
    pytest.param([f"UPDATE ledger_entry SET prev_hash = sha256('x') {HERE} 2"], (2, "edited"), id="link"),
    pytest.param([f"UPDATE ledger_entry SET prev_hash = sha256('x') {HERE} 1"], (1, "edited"), id="first link"),
    pytest.param([f"UPDATE ledger_entry SET id = id + 1000 {HERE} 4"], (4, "edited"), id="id"),
    pytest.param(
        [f"UPDATE ledger_entry SET payload = '{{}}' {HERE} 3", REHASH.replace("%s", "3")],
        (3, "edited"),
        id="payload and its hash",
    ),
    pytest.param(
        [f"UPDATE ledger_entry SET payload = '{{}}' {HERE} 5", REHASH.replace("%s", "5")],
        (5, "edited"),
        id="last payload and its hash",
    ),
    pytest.param([f"DELETE FROM ledger_entry {HERE} 3"], (3, "missing"), id="deleted"),
    pytest.param([f"DELETE FROM ledger_entry {HERE} 1"], (1, "missing"), id="first deleted"),
    pytest.param([f"DELETE FROM ledger_entry {HERE} 3", *CLOSE_GAP], (3, "missing"), id="deleted, gap closed"),
    pytest.param([COPY_OF_LAST.format(prev="prev_hash")], (6, "inserted"), id="copied to the end"),
    pytest.param([COPY_OF_LAST.format(prev="hash")], (6, "inserted"), id="linked to the end"),
    pytest.param([COPY_OF_LAST.format(prev="hash"), REHASH.replace("%s", "6")], (6, "inserted"), id="whole at the end"),
    pytest.param(
        [
            *MAKE_ROOM,
            "INSERT INTO ledger_entry SELECT id + 50, stream, 3, payload, hash, hash FROM ledger_entry " + HERE + " 2",
            REHASH.replace("%s", "3"),
        ],
        (3, "inserted"),
        id="put between",
    ),
    pytest.param(SWAP, (2, "reordered"), id="places swapped"),
    pytest.param(
        [
            "UPDATE ledger_entry a SET payload = b.payload FROM ledger_entry b WHERE a.stream = 'case:1'"
            " AND b.stream = 'case:1' AND (a.seq, b.seq) IN ((2, 4), (4, 2))"
        ],
        (2, "reordered"),
        id="contents swapped",
    ),
    pytest.param([f"DELETE FROM ledger_entry {HERE} 5"], (5, "truncated"), id="end cut off"),
    pytest.param(["DELETE FROM ledger_entry WHERE stream = 'case:1'"], (1, "truncated"), id="all entries gone"),
    pytest.param(["UPDATE ledger_head SET last_hash = sha256('x') WHERE stream = 'case:1'"], (5, "edited"), id="head"),
]

CHECKPOINT_TAMPERING = [
    pytest.param("UPDATE ledger_checkpoint SET at = at - interval '1 day' WHERE number = 2", 2, id="dated back"),
    pytest.param("UPDATE ledger_checkpoint SET signature = sha512('x') WHERE number = 1", 1, id="signature"),
    pytest.param("DELETE FROM ledger_checkpoint WHERE number = 1", 1, id="first removed"),
    pytest.param("DELETE FROM ledger_checkpoint WHERE number = 2", 2, id="last removed, its list left"),
    pytest.param("DELETE FROM ledger_checkpoint_stream WHERE checkpoint = 1 AND stream = 'case:0'", 1, id="list cut"),
    pytest.param("UPDATE ledger_checkpoint_stream SET checkpoint = 2 WHERE stream = 'case:0'", 1, id="list moved"),
]


def delete(seq: int) -> str:
    return f"DELETE FROM ledger_entry {HERE} {seq}"


def head_to(seq: int) -> str:
    return (
        f"UPDATE ledger_head h SET last_hash = e.hash FROM ledger_entry e"
        f" WHERE h.stream = 'case:1' AND e.stream = h.stream AND e.seq = {seq}"
    )


def tamper_with(*statements: str) -> None:
    with owner_without_triggers() as run:
        for statement in statements:
            run(statement)
