"""A ledger with a little history, and somebody who owns its tables."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from ledger.actions import append
from ledger.facts import Fact
from ledger.grants import TABLES
from ledger.models import LedgerEntry
from tests.ledger.kinds import MOVED, RECEIVED


@pytest.fixture
def received(now: datetime) -> Callable[..., list[LedgerEntry]]:
    """Write the history of a case: received, then moved as often as wanted."""

    def write(stream: str = "case:1", moves: int = 4, *, restricted: bool = False) -> list[LedgerEntry]:
        fact = Fact("received", now, line="us_subpoena", accounts=2, domains=3, restricted=restricted)
        with transaction.atomic():
            entries = [append(stream=stream, kind=RECEIVED, at=now, by=None, fact=fact, channel="form", targets=5)]
            for hour in range(moves):
                at = now + timedelta(hours=hour)
                entries.append(append(stream=stream, kind=MOVED, at=at, by=7, state=f"state_{hour}"))
        return entries

    return write


@pytest.fixture
def history(received: Callable[..., list[LedgerEntry]]) -> None:
    """Three cases of five entries each."""
    for case in range(3):
        received(f"case:{case}", moves=4)


@contextmanager
def owner_without_triggers() -> Iterator[Callable[..., None]]:
    """Give what the owner of the tables can do: run any SQL on them, with the triggers off."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield lambda statement, *values: cursor.execute(statement, list(values))
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
