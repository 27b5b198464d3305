"""Importing a file, against COPY of the same rows."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from benchmarks.bench import Bench
from benchmarks.child import Done, apart
from benchmarks.databases import Database
from benchmarks.measuring import Row, timed
from intake.actions.importing import import_file

ROWS = 100_000
PUBLISHED = Path(settings.BASE_DIR) / "tests" / "data" / "imports" / "2018-H2.csv"
# What an import writes into, in the order in which the foreign keys allow it.
TABLES = (
    "cases_customer",
    "cases_agency",
    "cases_officer",
    "cases_case",
    "cases_nondisclosureorder",
    "cases_noticeduty",
    "cases_target",
    "cases_clock",
    "intake_importedfacts",
    "ledger_head",
    "ledger_entry",
)


def rows(bench: Bench) -> Iterator[Row]:
    """Yield rows a second of a large file, what memory it takes, and targets a second of a published half-year."""
    few, many = bench.size(ROWS // 10), bench.size(ROWS)
    small, _floor = _measured(bench, bench.history_file(few))
    large, floor = _measured(bench, bench.history_file(many))
    yield Row(
        f"import of {many:,} rows of 2 targets",
        f"{many / large.seconds:,.0f} rows/s",
        f"COPY of the same rows {many / floor:,.0f}/s",
        large.seconds / floor,
        "≥ 2,000 rows/s",
    )
    yield Row(
        f"memory of an import: {many:,} rows against {few:,}",
        f"{large.memory:.0f} MB above idle",
        f"{small.memory:.0f} MB",
        large.memory / small.memory,
        "does not grow",
    )
    done, floor = _measured(bench, PUBLISHED, times=3)
    targets = _targets()
    yield Row(
        f"import of 2018-H2.csv, {targets:,} targets",
        f"{targets / done.seconds:,.0f} targets/s",
        f"COPY of the same rows {targets / floor:,.0f}/s",
        done.seconds / floor,
        "≥ 20,000 targets/s",
    )


def _measured(bench: Bench, path: Path, times: int = 1) -> tuple[Done, float]:
    """Return the import of the file into an empty database, and the seconds of COPY into another; the best of several.

    An import and its floor cannot be repeated in one database, where the second finds everything there.
    """
    found = [_once(bench, path) for _time in range(times)]
    return min((done for done, _floor in found), key=lambda done: done.seconds), min(floor for _done, floor in found)


def _once(bench: Bench, path: Path) -> tuple[Done, float]:
    database = bench.databases.copy("import")
    with database.chosen():
        done = apart(lambda: import_file(path, now=bench.now))
    texts = _copied_out(database)
    empty = bench.databases.copy("copy")
    with empty.chosen():
        connection.ensure_connection()
        return done, timed(lambda: _copy_in(texts))


def _copied_out(database: Database) -> dict[str, bytes]:
    """Return every table as COPY writes it: what the floor reads lies in memory already."""
    with database.chosen(), connection.cursor() as cursor:
        texts = {}
        for table in TABLES:
            with cursor.copy(f"COPY {table} ({_columns(table)}) TO STDOUT") as copy:
                texts[table] = b"".join(copy)
        return texts


def _copy_in(texts: dict[str, bytes]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT set_config('writdesk.importing', 'on', true)")
        for table, text in texts.items():
            with cursor.copy(f"COPY {table} ({_columns(table)}) FROM STDIN") as copy:
                copy.write(text)
        cursor.execute("COMMIT")


def _columns(table: str) -> str:
    with connection.cursor() as cursor:
        return ", ".join(column.name for column in connection.introspection.get_table_description(cursor, table))


def _targets() -> int:
    with PUBLISHED.open(encoding="utf-8") as file:
        header, *lines = file.read().splitlines()
    places = [header.split(",").index(name) for name in ("accounts", "domains", "other_targets")]
    return sum(len(line.split(",")[place].split(";")) for line in lines for place in places if line.split(",")[place])
