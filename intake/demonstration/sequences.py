"""The counters behind primary keys. They keep what a rolled-back transaction took, so they are set back first:

the number of a ledger stream is part of its entries' hashes, and the same demonstration has the same hashes.
"""

from django.apps import apps
from django.db import connection

APPS = ("cases", "ledger", "intake", "vault")


def restart_sequences() -> None:
    """Let every counter of ours go on right after the rows that are there."""
    with connection.cursor() as cursor:
        for table, column in numbered_tables():
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'),"  # noqa: S608 - names of our models
                f" coalesce(max({column}), 0) + 1, false) FROM {table}"
            )


def numbered_tables() -> list[tuple[str, str]]:
    """Return table and key column of every model of ours with a counter."""
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    keys = [(model._meta.db_table, model._meta.pk) for model in models]
    return [(table, str(key.column)) for table, key in keys if key.get_internal_type() in ("BigAutoField", "AutoField")]
