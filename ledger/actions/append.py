"""The append: one statement, inside the transaction of whoever records what happened."""

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from ledger import payloads
from ledger.facts import Fact
from ledger.kinds import EntryKind
from ledger.models import LedgerEntry


class NotInTransaction(Exception):
    """An entry was to be written apart from the change that it records, so that one could stand without the other."""


def append(
    *, stream: str, kind: EntryKind, at: datetime, by: int | None, fact: Fact | None = None, **fields: object
) -> LedgerEntry:
    """Append an entry to the stream and return it; the stream is opened by its first entry.

    The stream's head stays locked until the caller's transaction ends, so appends to one stream queue and its seq
    has no gap. Raises NotInTransaction, UndeclaredField, InvalidField.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(_("The ledger is written in the transaction of the change that it records."))
    payload = payloads.build(kind, at=at, by=by, fact=fact, fields=fields)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, seq, prev_hash, hash FROM ledger_append(%s, %s::jsonb)", [stream, payloads.text(payload)]
        )
        entry_id, seq, prev_hash, entry_hash = cursor.fetchone()
    return LedgerEntry(
        id=entry_id, stream=stream, seq=seq, payload=payload, prev_hash=bytes(prev_hash), hash=bytes(entry_hash)
    )
