"""The file of customers laid beside what the database has: in tables of this session, compared and taken over as sets.

Nothing of it grows with the file but these tables.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from intake.directory.rows import Row
from intake.imports.problems import Place

CREATE = """
CREATE TEMPORARY TABLE intake_customer (
    number bigint, line bigint, identifier text, name text, email text, language text, country text, nationality text,
    timezone text, role text, is_us_person boolean);
CREATE TEMPORARY TABLE intake_name (identifier text, kind text, value text);
CREATE TEMPORARY TABLE intake_new (id bigint);
CREATE TEMPORARY TABLE intake_touched (id bigint);
"""
DROP = "DROP TABLE intake_customer, intake_name, intake_new, intake_touched"
CUSTOMER = ("int8", "int8", *["text"] * 8, "bool")

TWICE = """
SELECT number, line, first_number, first_line FROM (
    SELECT number, line, first_value(number) OVER same AS first_number, first_value(line) OVER same AS first_line
      FROM intake_customer WINDOW same AS (PARTITION BY identifier ORDER BY number)) AS found
 WHERE number <> first_number ORDER BY number
"""
# What the file does not know of a customer stays as it is. Who belongs to a compartment is brought up to date too, yet
# is counted as if there were none of that number: only the customers of everybody are the file's (invariant 6).
UPDATE = """
WITH changed AS (
    UPDATE cases_customer c
       SET name = coalesce(f.name, c.name), email = coalesce(f.email, c.email),
           language = coalesce(f.language, c.language), country = coalesce(f.country, c.country),
           nationality = coalesce(f.nationality, c.nationality), timezone = coalesce(f.timezone, c.timezone),
           role = coalesce(f.role, c.role), is_us_person = coalesce(f.is_us_person, c.is_us_person)
      FROM intake_customer f
     WHERE f.identifier = c.identifier
       AND (coalesce(f.name, c.name), coalesce(f.email, c.email), coalesce(f.language, c.language),
            coalesce(f.country, c.country), coalesce(f.nationality, c.nationality),
            coalesce(f.timezone, c.timezone), coalesce(f.role, c.role), coalesce(f.is_us_person, c.is_us_person))
           IS DISTINCT FROM
           (c.name, c.email, c.language, c.country, c.nationality, c.timezone, c.role, c.is_us_person)
 RETURNING c.id, c.compartment_id)
INSERT INTO intake_touched SELECT id FROM changed WHERE compartment_id IS NULL
"""
INSERT = """
WITH came AS (
    INSERT INTO cases_customer (identifier, name, email, language, country, nationality, timezone, role, is_us_person)
    SELECT identifier, coalesce(name, ''), coalesce(email, ''), coalesce(language, 'en'), coalesce(country, ''),
           coalesce(nationality, ''), coalesce(timezone, 'UTC'), coalesce(role, 'person'), is_us_person
      FROM intake_customer ORDER BY number
        ON CONFLICT (identifier, compartment_id) DO NOTHING
 RETURNING id)
INSERT INTO intake_new SELECT id FROM came
"""
# A row names all that a customer has: what it names no more is theirs no more.
FORGET = """
WITH gone AS (
    DELETE FROM intake_directoryentry e
     USING intake_customer f JOIN cases_customer c ON c.identifier = f.identifier AND c.compartment_id IS NULL
     WHERE e.customer_id = c.id AND e.source = 'file'
       AND NOT EXISTS (SELECT FROM intake_name n
                        WHERE n.identifier = f.identifier AND n.kind = e.kind AND n.value = e.value)
 RETURNING e.customer_id)
INSERT INTO intake_touched SELECT customer_id FROM gone
"""
LEARN = """
WITH came AS (
    INSERT INTO intake_directoryentry AS known (kind, value, customer_id, source, seen_at)
    SELECT n.kind, n.value, c.id, 'file', %s
      FROM intake_name n JOIN cases_customer c ON c.identifier = n.identifier AND c.compartment_id IS NULL
        ON CONFLICT (kind, value, customer_id) DO UPDATE
       SET source = 'file', seen_at = excluded.seen_at, expires_at = NULL WHERE known.source <> 'file'
 RETURNING customer_id)
INSERT INTO intake_touched SELECT customer_id FROM came
"""
COUNT = """
SELECT (SELECT count(*) FROM intake_new),
       (SELECT count(DISTINCT id) FROM intake_touched WHERE id NOT IN (SELECT id FROM intake_new)),
       (SELECT count(*) FROM intake_customer)
"""


@dataclass(frozen=True, slots=True)
class Twice:
    """A customer who stands in the file a second time."""

    place: Place
    first: Place


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the file's customers."""

    new: int
    changed: int
    unchanged: int


@contextmanager
def staging() -> Iterator[None]:
    """Keep the tables of one file, inside the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(CREATE)
        yield
        cursor.execute(DROP)


def lay_down(rows: Sequence[Row]) -> None:
    """Put rows of the file into the tables."""
    with connection.cursor() as cursor:
        with cursor.copy("COPY intake_customer FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(CUSTOMER)
            for row in rows:
                copy.write_row(_columns(row))
        with cursor.copy("COPY intake_name FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["text"] * 3)
            for row in rows:
                for kind, value in row.names:
                    copy.write_row((row.identifier, kind, value))


def _columns(row: Row) -> tuple[object, ...]:
    return (
        row.place.number,
        row.place.line,
        row.identifier,
        row.name,
        row.email,
        row.language,
        row.country,
        row.nationality,
        row.timezone,
        row.role,
        row.us_person,
    )


def named_twice() -> Iterator[Twice]:
    """Yield every row whose customer stands in an earlier one."""
    with connection.cursor() as cursor:
        cursor.execute(TWICE)
        for number, line, first_number, first_line in cursor:
            yield Twice(Place(number, line), Place(first_number, first_line))


def take_over(now: datetime) -> Counts:
    """Bring customers and directory to what the file says, and return what that changed."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE intake_customer, intake_name")
        for statement in (UPDATE, INSERT, FORGET):
            cursor.execute(statement)
        cursor.execute(LEARN, [now])
        cursor.execute(COUNT)
        new, changed, total = cursor.fetchone()
    return Counts(new, changed, total - new - changed)
