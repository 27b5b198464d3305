"""Writing the rows of recorded lives for other casts, by COPY: the same as the real actions would have written.

The database lets a case in only as `received`, and a disclosure only while its target may be disclosed. What is
written here has been through that once, each thing at its time, so that these two triggers are switched off meanwhile:
within the transaction, under a lock that keeps everybody else from adding cases, and only by the tables' owner, which
the application in production is not. All else holds: foreign keys, checks, the hashes and facts of the ledger.
"""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO

from django.db import ProgrammingError, connection
from django.utils.translation import gettext as _

from intake.demonstration.casting import Casting, names_of
from intake.demonstration.recording import Recording
from intake.demonstration.sequences import positions, set_positions
from intake.demonstration.tables import TABLES, Table
from ledger.actions import append_built
from vault import keys
from vault.actions import prepare_scopes
from vault.models import KeyScope

TOGETHER = 500  # lives in memory at a time
GUARDS = {"cases_case": "cases_case_guard_insert", "cases_disclosure": "cases_disclosure_guard"}


class OwnerNeeded(Exception):
    """Who connects to the database does not own its tables."""


class Replay:
    """Lives on their way into the database. Keys are given as the counters of the tables would give them."""

    def __init__(self) -> None:
        self._next = positions()
        self._rows: defaultdict[Table, list[str]] = defaultdict(list)
        self._entries: list[str] = []
        self._secrets: list[tuple[bytes, datetime]] = []

    def add(self, recording: Recording, casting: Casting, began_at: datetime) -> None:
        """Take in the rows of one life."""
        values = self._values(recording, casting)
        for table, lines in recording.rows:
            self._rows[table].append(lines.fill(values))
        self._entries.append(recording.entries.fill(values))
        self._secrets.append((casting.secret, began_at))
        for table_name, count in recording.used.items():
            self._next[table_name] += count
        if len(self._secrets) >= TOGETHER:
            self.write()

    def _values(self, recording: Recording, casting: Casting) -> list[str]:
        names = names_of(casting)
        values = [str(self._next[table] + place) for table, place in recording.row_keys]
        values += [names[name] for name in recording.names]
        values += [_sha256(text.fill(values)) for text in recording.scopes]
        values += [_sha256(text.fill(values)) for text in recording.digests]
        key = keys.commitment_key(casting.secret[16:])
        return values + [hmac.digest(key, text.fill(values).encode(), "sha256").hex() for text in recording.commitments]

    def write(self) -> None:
        """Write what was taken in, and let the counters go on after it."""
        KeyScope.objects.bulk_create(_scopes(self._secrets))
        for table in TABLES:
            if lines := self._rows[table]:
                _copy(table, lines)
        append_built(_entries(self._entries))
        # The streams' own counter was moved by the append.
        set_positions({table: position for table, position in self._next.items() if table != "ledger_head"})
        self._rows.clear()
        self._entries.clear()
        self._secrets.clear()


def _scopes(secrets: list[tuple[bytes, datetime]]) -> list[KeyScope]:
    source = BytesIO(b"".join(secret for secret, _began_at in secrets))
    scopes = prepare_scopes(len(secrets), now=secrets[0][1], random_bytes=source.read) if secrets else []
    for scope, (_secret, began_at) in zip(scopes, secrets, strict=True):
        scope.created_at = began_at
    return scopes


def _copy(table: Table, lines: list[str]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table.name} ({table.columns}) FROM STDIN") as copy:
        for block in lines:
            copy.write(block)


def _entries(blocks: list[str]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        for line in block.splitlines():
            stream, _tab, payload = line.partition("\t")
            yield stream, payload


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@contextmanager
def replaying() -> Iterator[Replay]:
    """Yield what lives are given to; at the end all of them are written. Raises OwnerNeeded.

    The caller's transaction holds the lock on the table of cases.
    """
    with connection.cursor() as cursor:
        # At once, not at the end: the checks that wait would fill the memory, and keep a table from being altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        try:
            for table, guard in GUARDS.items():
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {guard}")
        except ProgrammingError as error:
            raise OwnerNeeded(
                _("So many cases at once can only be written by who owns the tables of the database.")
            ) from error
        replay = Replay()
        yield replay
        replay.write()
        for table, guard in GUARDS.items():
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {guard}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
