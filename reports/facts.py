"""Where counts read the facts: as they are now, or as a checkpoint sealed them."""

from typing import Literal

Table = Literal["ledger_fact", "ledger_fact_restricted"]

# An entry's place in its stream is the low part of its id (ledger/chain.py).
SEALED = """
    SELECT f.* FROM {table} f JOIN (
        SELECT stream, max(length) AS length FROM ledger_checkpoint_stream
        WHERE checkpoint <= %(sealed)s GROUP BY stream
    ) c ON c.stream = f.stream WHERE (f.entry_id & 268435455) <= c.length
"""


def source(table: Table, sealed: int | None) -> str:
    """Return the query of all facts, those known later left out where `sealed` is the number of a checkpoint.

    The query takes the parameter `sealed`.
    """
    return f"SELECT * FROM {table}" if sealed is None else SEALED.format(table=table)  # noqa: S608
