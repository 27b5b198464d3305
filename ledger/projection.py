"""The facts tables are a projection of the ledger: proven equal, or made again."""

from dataclasses import dataclass

from django.db import connection, transaction

from ledger.models import FactColumns, LedgerFact, RestrictedFact

COLUMNS = "entry_id, stream, name, at, line, value, subject, accounts, domains, selectors"

COMPARE = f"""
WITH kept AS (
    SELECT {COLUMNS}, false AS restricted FROM ledger_fact
    UNION ALL SELECT {COLUMNS}, true FROM ledger_fact_restricted
), projected AS (
    SELECT {COLUMNS}, restricted FROM ledger_projected
)
SELECT (SELECT count(*) FROM (TABLE projected EXCEPT ALL TABLE kept) AS missing),
       (SELECT count(*) FROM (TABLE kept EXCEPT ALL TABLE projected) AS surplus),
       (SELECT count(*) FROM projected)
"""  # noqa: S608


@dataclass(frozen=True)
class Comparison:
    """How the facts tables differ from what the ledger says; a changed row is missing and surplus."""

    missing: int
    surplus: int
    facts: int

    @property
    def is_equal(self) -> bool:
        return not self.missing and not self.surplus


def compare() -> Comparison:
    """Return how the facts tables differ from the projection of the ledger, in one snapshot."""
    with connection.cursor() as cursor:
        cursor.execute(COMPARE)
        return Comparison(*cursor.fetchone())


def rebuild() -> int:
    """Make both tables again from the ledger in one transaction, appends waiting meanwhile; return how many facts."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ledger.rebuilding = 'on'")
        cursor.execute("LOCK TABLE ledger_fact, ledger_fact_restricted IN SHARE ROW EXCLUSIVE MODE")
        written = _refill(LedgerFact, "NOT restricted") + _refill(RestrictedFact, "restricted")
        cursor.execute("SET LOCAL ledger.rebuilding = 'off'")
        return written


def _refill(model: type[FactColumns], condition: str) -> int:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608
        cursor.execute(
            f"INSERT INTO {table} ({COLUMNS}) SELECT {COLUMNS} FROM ledger_projected WHERE {condition}"  # noqa: S608
        )
        return int(cursor.rowcount)
