"""Django's PostgreSQL backend that starts the embedded server before the first connection.

So every command works without `make up` having run, and one that needs no database starts nothing.
"""

from typing import Any

from django.db.backends.postgresql import base

from config.embedded import services


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        services.start()
        return super().get_new_connection(conn_params)
