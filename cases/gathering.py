"""Read rows of several models in one query, so that a page about a case asks the database once for all of it."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import JSONField, Model, QuerySet

from cases.models import Case

M = TypeVar("M", bound=Model)


def gather(querysets: Mapping[str, QuerySet[Any]]) -> dict[str, tuple[Any, ...]]:
    """Return the instances of every query set, under its name, by a single SQL statement.

    No annotations, no joins loaded; order, slices and deferred columns hold.
    """
    found: dict[str, tuple[Any, ...]] = dict.fromkeys(querysets, ())
    columns: list[str] = []
    params: list[Any] = []
    asked: list[str] = []
    for name, queryset in querysets.items():
        try:
            sql, arguments = queryset.query.sql_with_params()
        except EmptyResultSet:  # known to have none without asking
            continue
        columns.append(f"(SELECT coalesce(json_agg(row), '[]') FROM ({sql}) row)::text")  # noqa: S608 - Django's own SQL
        params.extend(arguments)
        asked.append(name)
    if not asked:
        return found
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)}", params)
        texts = cursor.fetchone()
    for name, text in zip(asked, texts, strict=True):
        found[name] = tuple(_instance(querysets[name].model, row) for row in json.loads(text))
    return found


def in_order(model: type[M], case: Case) -> QuerySet[M]:
    """Return the rows of one case by their keys, so that a page of them costs the same of 2 and of 20,000.

    Asked for "case = 7", PostgreSQL knows that the order by case and key is the order by key: where one case has many
    of all rows it takes the index of the keys, and reads all older rows of all cases. A range leaves it the one index
    that begins with the case.
    """
    return model._default_manager.filter(case__gte=case.pk, case__lte=case.pk).order_by("case_id", "pk")


def _instance(model: type[Model], row: Mapping[str, Any]) -> Model:
    """Return a row that came as JSON as an instance, as if the ORM had read it."""
    fields = [(field, str(field.column)) for field in model._meta.concrete_fields if field.column in row]
    values = [
        row[column] if isinstance(field, JSONField) or row[column] is None else field.to_python(row[column])
        for field, column in fields
    ]
    return model.from_db("default", [field.attname for field, _column in fields], values)
