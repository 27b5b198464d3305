"""Writing many rows by COPY, each value as the ORM would have saved it, each column not given as the model has it."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

Encode = Callable[[Any], str]

NULL = "\\N"
CHUNK = 500  # rows in one message to the database
_as_json = json.JSONEncoder(ensure_ascii=False).encode  # made once: json.dumps would make one for every value
SPECIAL = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def new_keys(model: type[models.Model], count: int) -> list[int]:
    """Take so many primary keys from the model's sequence."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(nextval(pg_get_serial_sequence(%s, 'id'))) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        (keys,) = cursor.fetchone()
    return list(keys)


def copy_in(model: type[models.Model], instances: Sequence[models.Model]) -> None:
    """Insert instances; those without a primary key get one. Triggers and constraints of the database all hold."""
    if not instances:
        return
    numbered = instances[0].pk is not None
    names = tuple(field.attname for field in model._meta.concrete_fields if numbered or not field.primary_key)
    read = attrgetter(*names)
    copy_rows(model, names, map(read, instances))


def copy_rows(model: type[models.Model], names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows of the named columns; the others get the model's default, the primary key its next number."""
    columns, encoders, rest = _plan(model, names)
    lines = (
        "\t".join([encode(value) for encode, value in zip(encoders, row, strict=True)]) + rest + "\n" for row in rows
    )
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for chunk in _chunks(lines):
            copy.write(chunk)


def _chunks(lines: Iterator[str]) -> Iterator[str]:
    while chunk := "".join(islice(lines, CHUNK)):
        yield chunk


@lru_cache(maxsize=64)
def _plan(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, tuple[Encode, ...], str]:
    """Return the columns, the encoders of the named ones, and the text of the others with a tab before each."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    given = [fields[name] for name in names]
    others = [field for name, field in fields.items() if name not in names and not field.primary_key]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in (*given, *others))
    rest = "".join("\t" + _encoder(field)(field.get_default()) for field in others)
    return columns, tuple(_encoder(field) for field in given), rest


def _encoder(field: models.Field[Any, Any]) -> Encode:
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    encode = next((encode for types, encode in ENCODERS if isinstance(kind, types)), None)
    if encode is None:
        raise TypeError(f"COPY does not know {type(kind).__name__}")
    return _or_null(encode) if field.null else encode


def _or_null(encode: Encode) -> Encode:
    return lambda value: NULL if value is None else encode(value)


def _text(value: str) -> str:
    return value.translate(SPECIAL)


@lru_cache(maxsize=256)
def _words(values: tuple[str, ...]) -> str:
    quoted = ('"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values)
    return _text("{" + ",".join(quoted) + "}")


ENCODERS: tuple[tuple[tuple[type, ...], Encode], ...] = (
    ((ArrayField,), lambda value: _words(tuple(value))),
    ((models.BooleanField,), lambda value: "t" if value else "f"),
    ((models.DateTimeField,), datetime.isoformat),
    ((models.DateField,), date.isoformat),
    ((models.IntegerField, models.UUIDField), str),
    ((models.JSONField,), lambda value: _text(_as_json(value))),
    ((models.CharField, models.TextField), _text),
)
