"""The counters behind primary keys. They keep what a rolled-back transaction took, so they are set back first:

the number of a ledger stream is part of its entries' hashes, and the same demonstration has the same hashes.
"""

from collections.abc import Mapping
from functools import cache

from django.apps import apps
from django.db import connection

APPS = ("accounts", "cases", "ledger", "intake", "vault")

Positions = Mapping[str, int]  # table → the key that the next row gets


@cache
def numbered_tables() -> Mapping[str, str]:
    """Return the key column of every table of ours whose rows are numbered, by table."""
    keys = [model._meta.pk for app in APPS for model in apps.get_app_config(app).get_models()]
    return {key.model._meta.db_table: str(key.column) for key in keys if key.get_internal_type() == "BigAutoField"}


def restart_sequences() -> None:
    """Let every counter of ours go on right after the rows that are there."""
    highest = " UNION ALL ".join(
        f"SELECT '{table}', coalesce(max({column}), 0) + 1 FROM {table}"  # noqa: S608 - names of our models
        for table, column in numbered_tables().items()
    )
    with connection.cursor() as cursor:
        cursor.execute(highest)
        set_positions(dict(cursor.fetchall()))


def positions() -> dict[str, int]:
    """Return where every counter stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}', last_value + is_called::int FROM {sequence}"  # noqa: S608 - names of our models
                for table, sequence in _sequences().items()
            )
        )
        return dict(cursor.fetchall())


def set_positions(wanted: Positions) -> None:
    """Put counters where they are wanted."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "SELECT setval(%s, %s, false)", [(_sequences()[table], position) for table, position in wanted.items()]
        )


@cache
def _sequences() -> Mapping[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}', pg_get_serial_sequence('{table}', '{column}')"
                for table, column in numbered_tables().items()
            )
        )
        return dict(cursor.fetchall())
