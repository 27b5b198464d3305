"""The rows that one request left, inserted anew by hand: an INSERT for each table, one transaction."""

import json
import secrets
import uuid
from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from cases.references import new_reference
from ledger.chain import GENESIS, digest, entry_id

Rows = list[dict[str, Any]]

# Table, and how its rows of one case are found, in the order in which they may be inserted.
TABLES = (
    ("vault_keyscope", "id = (SELECT keys_id FROM cases_case WHERE id = %(case)s)"),
    ("cases_case", "id = %(case)s"),
    ("vault_document", "id IN (SELECT document_id FROM cases_casedocument WHERE case_id = %(case)s)"),
    ("cases_casedocument", "case_id = %(case)s"),
    ("cases_target", "case_id = %(case)s"),
    ("cases_clock", "case_id = %(case)s"),
    ("cases_nondisclosureorder", "case_id = %(case)s"),
    ("intake_submission", "case_id = %(case)s"),
    ("ledger_head", "stream = %(stream)s"),
    ("ledger_entry", "stream = %(stream)s"),
)


class ByHand:
    """Inserts what a request left, again and again, under new keys."""

    def __init__(self, connection: psycopg.Connection[Any], case: int) -> None:
        self._connection = connection
        values = {"case": case, "stream": f"case:{case}"}
        with connection.cursor(row_factory=dict_row) as cursor:
            self._tables = {
                table: cursor.execute(f"SELECT * FROM {table} WHERE {found}", values).fetchall()
                for table, found in TABLES
            }
        self._statements = {table: _insert(table, rows) for table, rows in self._tables.items() if rows}

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(map(len, self._tables.values()))

    def insert(self) -> None:
        """Insert all of them in one transaction."""
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.execute("SELECT nextval('cases_case_id_seq'), nextval('ledger_head_number_seq')")
            case, head = cursor.fetchone() or (0, 0)
            keys = {"case": case, "scope": uuid.uuid4(), "document": uuid.uuid4()}
            tables = {table: [_renewed(table, row, keys) for row in rows] for table, rows in self._tables.items()}
            _chain(tables, head, f"case:{case}")
            for table, statement in self._statements.items():
                cursor.execute(statement, [value for row in tables[table] for value in row.values()])


def _insert(table: str, rows: Rows) -> sql.Composed:
    columns = [column for column in rows[0] if _is_given(table, column)]
    place = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(columns)))
    return sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join([place] * len(rows)),
    )


def _is_given(table: str, column: str) -> bool:
    """Return whether the row brings the value: other primary keys are numbered by the database."""
    return column != "id" or table in ("cases_case", "vault_keyscope", "vault_document", "ledger_entry")


def _renewed(table: str, row: Mapping[str, Any], keys: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row with new values where they must differ."""
    new = {column: _plain(value) for column, value in row.items() if _is_given(table, column)}
    own = {"cases_case": "case", "vault_keyscope": "scope", "vault_document": "document"}
    if table in own:
        new["id"] = keys[own[table]]
    for column, key in (("case_id", "case"), ("keys_id", "scope"), ("scope_id", "scope"), ("document_id", "document")):
        if column in new:
            new[column] = keys[key]
    for column in new.keys() & {"storage_name", "receipt_token_hash"}:
        new[column] = secrets.token_hex(20)
    if "reference" in new:
        new["reference"] = new_reference(2026)
    return new


def _plain(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


def _chain(tables: Mapping[str, Rows], number: int, stream: str) -> None:
    """Give the ledger's rows the hashes that the database asks for."""
    last = GENESIS
    for row in tables["ledger_entry"]:
        row.update(id=entry_id(number, row["seq"]), stream=stream, prev_hash=last)
        last = digest(id=row["id"], stream=stream, seq=row["seq"], payload=row["payload"], prev_hash=last)
        row["hash"] = last
    tables["ledger_head"][0].update(number=number, stream=stream, last_hash=last, checkpointed_length=0)
