"""One transaction that sees the ledger as it was at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Open a repeatable-read transaction; everything read in it is of the moment of its first statement.

    It must be the outermost one: what is sealed or verified is what was committed. (Where a test runs inside a
    transaction of its own, that one's isolation stays.)
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic(durable=True):
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
