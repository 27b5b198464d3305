"""Read rows of several models in one query, so that a page about a case asks the database once for all of it."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import JSONField, Model, QuerySet


def gather(querysets: Mapping[str, QuerySet[Any]]) -> dict[str, tuple[Any, ...]]:
    """Return the instances of every query set, under its name, by a single SQL statement.

    No annotations, no joins loaded; order, slices and deferred columns hold.
    """
    columns: list[str] = []
    params: list[Any] = []
    for queryset in querysets.values():
        sql, arguments = queryset.query.sql_with_params()
        columns.append(f"(SELECT coalesce(json_agg(row), '[]') FROM ({sql}) row)::text")  # noqa: S608 - Django's own SQL
        params.extend(arguments)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)}", params)
        found = cursor.fetchone()
    return {
        name: tuple(_instance(queryset.model, row) for row in json.loads(text))
        for (name, queryset), text in zip(querysets.items(), found, strict=True)
    }


def _instance(model: type[Model], row: Mapping[str, Any]) -> Model:
    """Return a row that came as JSON as an instance, as if the ORM had read it."""
    fields = [(field, str(field.column)) for field in model._meta.concrete_fields if field.column in row]
    values = [
        row[column] if isinstance(field, JSONField) or row[column] is None else field.to_python(row[column])
        for field, column in fields
    ]
    return model.from_db("default", [field.attname for field, _column in fields], values)
