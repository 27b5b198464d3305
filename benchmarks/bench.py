"""One run: its databases, its size, and what several benchmarks measure on."""

from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from benchmarks import history
from benchmarks.databases import Database, Databases
from intake.actions.importing import import_file
from ledger.actions import checkpoint


class Bench:
    """What a benchmark needs from the run that it is part of."""

    def __init__(self, database: str, share: int) -> None:
        self.databases = Databases(database)
        self._share = share
        self.now = timezone.now()

    def size(self, number: int) -> int:
        """Return how many to measure with, of so many at full size."""
        return max(2, number // self._share)

    @property
    def folder(self) -> Path:
        """Where files of this run may be written."""
        return Path(settings.VAR_DIR)

    def history_file(self, rows: int) -> Path:
        """Return a file of so many earlier requests of 2 targets each."""
        path = self.folder / f"history-{rows}.csv"
        if not path.exists():
            history.write(path, rows)
        return path

    @cached_property
    def imported(self) -> Database:
        """A database with 100,000 imported cases, sealed by a checkpoint."""
        return self._imported()

    def _imported(self) -> Database:
        database = self.databases.copy("imported")
        with database.chosen():
            import_file(self.history_file(self.size(100_000)), now=self.now)
            checkpoint(self.now)
        database.settle()
        return database
