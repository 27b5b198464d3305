"""The import of earlier records: every row of the file, or none."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _

from intake.imports.ahead import ahead
from intake.imports.files import Format, RawRow, opened, raw_rows
from intake.imports.problems import Place, Problems
from intake.imports.rows import COLUMNS, Row, read_row
from intake.imports.stored import AlreadyThere, already_there
from intake.imports.writing import begin, write

ROWS = 2000  # in memory at a time,
TARGETS = 20_000  # and not many more targets than these

FORMAT = Format(COLUMNS)
Progress = Callable[[int], object]  # called with the bytes read so far


@dataclass
class Summary:
    """What an import did. National security rows are in none of the numbers, nor in the warnings."""

    imported: int = 0
    already_there: int = 0
    held: int = 0
    warnings: list[str] = field(default_factory=list)
    unlisted: int = 0  # warnings beyond those listed

    def count_there(self, found: AlreadyThere) -> None:
        """Count a row that is there already, and note in what it differs."""
        self.already_there += 1
        if not found.differing or found.is_sealed:
            return
        if len(self.warnings) >= WARNINGS:
            self.unlisted += 1
            return
        self.warnings.append(
            _("%(place)s: “%(reference)s” is there already and differs in %(columns)s; nothing was changed")
            % {"place": found.row.place, "reference": found.row.reference, "columns": ", ".join(found.differing)}
        )


WARNINGS = 200


def import_file(path: Path, *, now: datetime, dry_run: bool = False, progress: Progress | None = None) -> Summary:
    """Import the file in one transaction and return what was done; with `dry_run`, what would have been.

    The file is read once: rows are written as they come, until the first problem, from which on they are only looked
    at; then nothing stays. Memory does not grow with the file. Raises FileRefused.
    """
    problems, summary = Problems(), Summary()
    with opened(path) as raw, transaction.atomic():
        begin()
        with (
            _remembering_places(),
            closing(ahead(_batches(raw_rows(path, raw, problems, FORMAT), problems))) as batches,
        ):
            for batch in batches:
                _refuse_twice(batch, problems)
                if not problems:
                    _take(batch, summary, now)
                if progress:
                    progress(raw.tell())
        problems.refuse()
        if dry_run:
            transaction.set_rollback(True)
    return summary


def _batches(raw: Iterator[RawRow], problems: Problems) -> Iterator[list[Row]]:
    batch: list[Row] = []
    targets = 0
    for one in raw:
        row = read_row(one.place, one.cells, problems)
        if row is None:
            continue
        batch.append(row)
        targets += row.size
        if len(batch) >= ROWS or targets >= TARGETS:
            yield batch
            batch, targets = [], 0
    yield batch


def _take(batch: list[Row], summary: Summary, now: datetime) -> None:
    there = already_there(batch)
    for found in there.values():
        if not found.row.is_restricted:
            summary.count_there(found)
    for newborn in write([row for row in batch if row.reference not in there], now):
        if not newborn.row.is_restricted:
            summary.imported += 1
            summary.held += newborn.case["is_held"]


@contextmanager
def _remembering_places() -> Iterator[None]:
    """Keep the references of the file in a table, so that memory does not grow with them."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE intake_place (reference text PRIMARY KEY, number bigint, line bigint)")
        yield
        cursor.execute("DROP TABLE intake_place")


def _refuse_twice(batch: list[Row], problems: Problems) -> None:
    """Note every reference that stands in the file a second time, naming both rows."""
    places: dict[str, Place] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reference, number, line FROM intake_place WHERE reference = ANY(%s)",
            [[row.reference for row in batch]],
        )
        earlier = {reference: Place(number, line) for reference, number, line in cursor}
        for row in batch:
            first = earlier.get(row.reference) or places.get(row.reference)
            if first is None:
                places[row.reference] = row.place
                continue
            named = {"reference": row.reference, "first": first}
            problems.add(row.place, "reference", _("“%(reference)s” stands in %(first)s already") % named)
        with cursor.copy("COPY intake_place FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["text", "int8", "int8"])
            for reference, place in places.items():
                copy.write_row((reference, place.number, place.line))
