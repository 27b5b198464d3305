"""The rights of the application's database role: it adds to the ledger and reads it, and owns nothing of it."""

from django.db import connection
from psycopg import sql

TABLES = (
    "ledger_entry",
    "ledger_head",
    "ledger_fact",
    "ledger_fact_restricted",
    "ledger_checkpoint",
    "ledger_checkpoint_stream",
)

# Facts are written by a trigger with the owner's rights. Heads are moved by the append; a trigger lets them only grow.
RIGHTS = (
    "REVOKE ALL ON " + ", ".join(TABLES) + " FROM {role}",
    "GRANT SELECT ON " + ", ".join(TABLES) + ", ledger_projected TO {role}",
    "GRANT INSERT ON ledger_entry, ledger_head, ledger_checkpoint, ledger_checkpoint_stream TO {role}",
    "GRANT UPDATE (length, last_hash, checkpointed_length) ON ledger_head TO {role}",
    "GRANT USAGE ON SEQUENCE ledger_head_number_seq TO {role}",
)


def statements(role: str) -> list[str]:
    """Return the SQL that gives the role the rights it needs on the ledger and takes all others."""
    return [sql.SQL(right).format(role=sql.Identifier(role)).as_string(None) for right in RIGHTS]


def apply(role: str) -> None:
    """Run the statements; the connection must be that of the tables' owner."""
    with connection.cursor() as cursor:
        for statement in statements(role):
            cursor.execute(statement)


def could_rewrite() -> list[str]:
    """Return the tables that the connected role owns or could change, so that nothing but good will keeps history."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c WHERE c.oid = ANY(%s::regclass[]) AND ("
            " pg_has_role(c.relowner, 'USAGE') OR has_table_privilege(c.oid, 'DELETE, TRUNCATE, TRIGGER')"
            " OR c.relname <> 'ledger_head' AND has_any_column_privilege(c.oid, 'UPDATE')) ORDER BY c.relname",
            [list(TABLES)],
        )
        return [name for (name,) in cursor]
