"""Databases made for one run: a migrated, empty one, and copies of it for each benchmark to fill."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Database:
    """A database of this run, with a connection of its own that stays open between its turns."""

    name: str
    wrapper: BaseDatabaseWrapper

    @contextmanager
    def chosen(self) -> Iterator[None]:
        """Let everything that Django does go to this database."""
        before = connections["default"]
        connections["default"] = self.wrapper
        try:
            yield
        finally:
            connections["default"] = before

    def settle(self) -> None:
        """Do what autovacuum does after a while."""
        with self.chosen(), connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
            cursor.execute("CHECKPOINT")


class Databases:
    """All databases of this run; those made before under the same name are dropped."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._made: list[Database] = []
        self._empty = self._create(name)
        with self._empty.chosen():
            call_command("migrate", verbosity=0)
        self._empty.wrapper.close()

    def copy(self, suffix: str, of: Database | None = None) -> Database:
        """Return a copy of a database, of the migrated, empty one by default."""
        source = of or self._empty
        source.wrapper.close()  # PostgreSQL copies none that somebody is connected to
        return self._create(f"{self._name}_{suffix}", f'TEMPLATE "{source.name}"')

    def drop(self) -> None:
        """Drop them all."""
        for database in self._made:
            database.wrapper.close()
            self._on_server(f'DROP DATABASE IF EXISTS "{database.name}" WITH (FORCE)')

    def _create(self, name: str, how: str = "") -> Database:
        self._on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._on_server(f'CREATE DATABASE "{name}" {how}')
        wrapper = connections["default"].copy()
        wrapper.settings_dict.update(NAME=name, CONN_MAX_AGE=None)
        database = Database(name, wrapper)
        self._made.append(database)
        return database

    def _on_server(self, statement: str) -> None:
        with connections["default"]._nodb_cursor() as cursor:
            cursor.execute(statement)
