"""The SQL of a page, caught while it is made, to be run by hand."""

from collections.abc import Callable
from typing import Any

from django.db import connection

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


class Statements:
    """What a piece of work asked of the database, in order."""

    def __init__(self) -> None:
        self._caught: list[tuple[str, Any]] = []

    def __len__(self) -> int:
        return len(self._caught)

    def catch(self, work: Callable[[], object]) -> None:
        """Do the work and keep its statements."""
        with connection.execute_wrapper(self._keep):
            work()

    def _keep(self, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        self._caught.append((sql, params))
        return execute(sql, params, many, context)

    def run(self) -> None:
        """Run them again, without Django, and read every row that they return."""
        with connection.connection.cursor() as cursor:
            for sql, params in self._caught:
                cursor.execute(sql, params)
                if cursor.description:
                    cursor.fetchall()
