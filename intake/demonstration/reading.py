"""Reading back what a life wrote: its rows, its ledger entries, and the texts behind the hashes in them."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from cases.approvals import canonical
from cases.models import Approval, Production
from cases.rules import manifest as manifests
from intake.demonstration.casting import Casting
from intake.demonstration.tables import TABLES, Table
from intake.demonstration.words import SPOKEN
from ledger.models import LedgerEntry
from vault import keys

ENTRIES = """
SELECT coalesce(string_agg(stream || E'\\t' || payload::text || E'\\n', '' ORDER BY stream DESC, seq), '')
  FROM ledger_entry WHERE stream = %s OR (stream = %s AND seq > %s)
"""


@dataclass(frozen=True)
class Written:
    """What a life wrote. The texts behind hashes are by hash, in hexadecimal."""

    rows: tuple[tuple[Table, str], ...]
    entries: str
    scopes: Mapping[str, str]
    subjects: Mapping[str, str]
    committed: Mapping[str, str]


def agency_entries(agency_id: int) -> int:
    """Return how long the ledger stream of an agency is."""
    return LedgerEntry.objects.filter(stream=f"agency:{agency_id}").count()


def read(case_id: int, casting: Casting, known: int) -> Written:
    """Return what the life of this case wrote. `known`: how long the agency's stream was before it began."""
    rows = tuple((table, _lines(table, case_id)) for table in TABLES)
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, [f"case:{case_id}", f"agency:{casting.agency.pk}", known])
        (entries,) = cursor.fetchone()
    return Written(
        rows=tuple((table, lines) for table, lines in rows if lines),
        entries=entries,
        scopes={_sha256(text): text for text in _scopes(case_id, entries)},
        subjects=_subjects(case_id),
        committed=_committed(case_id, casting),
    )


def _lines(table: Table, case_id: int) -> str:
    """Return the rows as COPY writes them."""
    condition = table.condition.format(case=case_id)
    query = f"SELECT {table.columns} FROM {table.name} WHERE {condition} ORDER BY id"  # noqa: S608 - names of our models
    with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
        return b"".join(copy).decode()


def _scopes(case_id: int, entries: str) -> Iterator[str]:
    """Yield what the scope of cases.approvals can have been: as authorised now, or once; with and without duties."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, kind, value, duty_id, authorised::text, authorised_fields::text FROM cases_target"
            " WHERE case_id = %s ORDER BY id",
            [case_id],
        )
        targets = cursor.fetchall()
    payloads = [json.loads(line.partition("\t")[2]) for line in entries.splitlines()]
    once = [(_array(payload["authorised"]), _array(payload["fields"])) for payload in payloads if "fields" in payload]
    yield from (_scope(targets, duty, authorised) for duty in (True, False) for authorised in (None, *once))


def _array(words: list[str]) -> str:
    return "{" + ",".join(words) + "}"


def _scope(targets: list[tuple[Any, ...]], has_duty: bool, authorised: tuple[str, str] | None) -> str:
    lines = (
        (*named, duty if has_duty else None, *(authorised or (categories, fields)))
        for *named, duty, categories, fields in targets
    )
    return "\n".join("|".join(str(value) for value in line if value is not None) for line in lines)


def _subjects(case_id: int) -> dict[str, str]:
    return {approval.digest: canonical(approval.subject) for approval in Approval.objects.filter(case=case_id)}


def _committed(case_id: int, casting: Casting) -> dict[str, str]:
    """Return every text that stands in a row of the case, or is only spoken, by its commitment under the key."""
    key = keys.commitment_key(casting.secret[16:])
    return {hmac.digest(key, text.encode(), "sha256").hex(): text for text in {*SPOKEN, *_texts(case_id)}}


def _texts(case_id: int) -> Iterator[str]:
    with connection.cursor() as cursor:
        for table in TABLES:
            condition = table.condition.format(case=case_id)
            cursor.execute(f"SELECT * FROM {table.name} WHERE {condition}")  # noqa: S608 - names of our models
            yield from (value for row in cursor for value in row if isinstance(value, str) and value)
    for manifest in Production.objects.filter(case=case_id).values_list("manifest", flat=True):
        yield manifests.canonical(manifest)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
