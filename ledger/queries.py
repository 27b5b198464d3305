"""What the ledger says."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import cast

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from ledger.chain import canonical_sql
from ledger.models import LedgerEntry

HASH_IS_TRUE = RawSQL(  # noqa: S611 - made of constants
    f"sha256({canonical_sql('ledger_entry')}) = ledger_entry.hash",
    [],
    output_field=BooleanField(),
)


def entries(stream: str, *, limit: int, before_seq: int | None = None) -> list[LedgerEntry]:
    """Return the newest entries of the stream, newest first; before_seq (exclusive) turns the page.

    Each says of itself whether its hash is that of what it says. That none is missing, `verify_ledger` shows.
    """
    found = LedgerEntry.objects.filter(stream=stream).annotate(is_true=HASH_IS_TRUE)  # type: ignore[no-redef]
    if before_seq is not None:
        found = found.filter(seq__lt=before_seq)
    return list(found.order_by("-seq")[:limit])


def checkpoint_lists(first: int, last: int) -> Iterator[tuple[int, Iterator[bytes]]]:
    """Yield checkpoint numbers in [first, last] that list anything, each with the lines of its list in order.

    A line is the stream, its length and the hash of its last entry, separated by spaces and ended by a newline.
    """
    lists = f"""
        COPY (
            SELECT checkpoint, convert_to(stream || ' ' || length || ' ' || encode(hash, 'hex') || E'\\n', 'UTF8')
            FROM ledger_checkpoint_stream WHERE checkpoint BETWEEN {first:d} AND {last:d} ORDER BY checkpoint, stream
        ) TO STDOUT (FORMAT binary)
    """  # noqa: S608
    with connection.cursor() as cursor, cursor.copy(lists) as copy:
        copy.set_types(["int8", "bytea"])
        rows = cast(Iterator[tuple[int, bytes]], copy.rows())
        for number, lines in groupby(rows, key=itemgetter(0)):
            yield number, map(itemgetter(1), lines)
