"""Invariant 7: history is not changed without it showing. Here: the database refuses; test_verification: it shows."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from ledger.actions import checkpoint
from ledger.models import LedgerEntry

pytestmark = pytest.mark.django_db
Write = Callable[..., list[LedgerEntry]]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET payload = '{}'",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry",
        "TRUNCATE ledger_entry, ledger_head CASCADE",
        "DELETE FROM ledger_head",
        "UPDATE ledger_head SET length = length - 1",
        "UPDATE ledger_head SET last_hash = decode(repeat('ff', 32), 'hex')",
        "UPDATE ledger_head SET stream = 'case:2'",
        "UPDATE ledger_head SET checkpointed_length = 0",
        "UPDATE ledger_head SET checkpointed_length = length + 1",
        "UPDATE ledger_checkpoint SET signature = ''",
        "DELETE FROM ledger_checkpoint",
        "TRUNCATE ledger_checkpoint",
        "UPDATE ledger_checkpoint_stream SET length = 1",
        "DELETE FROM ledger_checkpoint_stream",
        "TRUNCATE ledger_checkpoint_stream",
        "UPDATE ledger_fact SET accounts = 0",
        "DELETE FROM ledger_fact",
        "TRUNCATE ledger_fact",
        "INSERT INTO ledger_fact SELECT entry_id + 1, stream, name, at, line, value, 0, 1, 1, 1 FROM ledger_fact",
        "UPDATE ledger_fact_restricted SET accounts = 0",
        "DELETE FROM ledger_fact_restricted",
        "TRUNCATE ledger_fact_restricted",
    ],
)
def test_the_database_refuses(statement: str, received: Write, now: datetime) -> None:
    received("case:1")
    received("case:3", restricted=True)
    assert checkpoint(now)
    with pytest.raises(IntegrityError, match="refused"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_refuses_an_entry_with_a_hash_of_something_else(received: Write) -> None:
    received()
    with (
        pytest.raises(IntegrityError, match="hash of its contents"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO ledger_entry SELECT id + 1, stream, seq + 1, payload, hash, hash"
            " FROM ledger_entry ORDER BY seq DESC LIMIT 1"
        )


def test_the_database_refuses_a_second_entry_in_the_same_place(received: Write) -> None:
    received()
    with pytest.raises(IntegrityError, match="unique"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_entry SELECT id + 100, stream, seq, payload, prev_hash, hash FROM ledger_entry LIMIT 1"
        )
