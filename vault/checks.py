"""System checks: is this the machine that the database was sealed on?"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from vault import keyring, keys
from vault.models import KeyEncryptionKey


@register(Tags.database)
def check_database(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Return an error when this machine lacks a key that the database was sealed under. Makes and stores nothing."""
    if not databases or KeyEncryptionKey._meta.db_table not in connection.introspection.table_names():
        return []
    try:
        missing = keys.unheld(keyring.load(), keys.registered())
    except keyring.BadKey as error:
        return [Error(str(error), id="vault.E001")]
    return [Error(str(keys.OtherKeys(missing)), id="vault.E002")] if missing else []
