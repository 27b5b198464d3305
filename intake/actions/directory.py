"""The import of the operator's customers: every row of the file, or none."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.matches import ask_again
from intake.directory.rows import FORMAT, Row, read_row
from intake.directory.staging import Counts, lay_down, named_twice, staging, take_over
from intake.imports.files import RawRow, opened, raw_rows
from intake.imports.problems import Problems

ROWS = 2000  # in memory at a time

Progress = Callable[[int], object]  # called with the bytes read so far


def import_customers(path: Path, *, now: datetime, dry_run: bool = False, progress: Progress | None = None) -> Counts:
    """Import the file in one transaction and return what was done; with `dry_run`, what would have been.

    A customer who is there already is brought to what the file says; what it does not know stays. Importing a file a
    second time changes nothing. Targets for which nobody was found are due to be looked up
    again. Memory does not grow with the file. Raises FileRefused; no problem repeats what a cell
    of the file holds.
    """
    with opened(path) as raw, transaction.atomic():
        with staging():
            _lay_down(path, raw, progress)
            counts = take_over(now)
        ask_again()
        if dry_run:
            transaction.set_rollback(True)
    return counts


def _lay_down(path: Path, raw: BinaryIO, progress: Progress | None) -> None:
    problems = Problems()
    for batch in _batches(raw_rows(path, raw, problems, FORMAT), problems):
        if not problems:
            lay_down(batch)
        if progress:
            progress(raw.tell())
    problems.refuse()
    for found in named_twice():
        problems.add(found.place, "identifier", _("stands in %(first)s already") % {"first": found.first})
    problems.refuse()


def _batches(raw: Iterator[RawRow], problems: Problems) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for one in raw:
        if row := read_row(one.place, one.cells, problems):
            batch.append(row)
        if len(batch) >= ROWS:
            yield batch
            batch = []
    yield batch
