"""Counting without counting everything: several figures in one statement, each up to a cap."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import QuerySet

CAP = 100


def capped(querysets: Mapping[str, QuerySet[Any, Any]]) -> dict[str, int]:
    """Return how many rows each query set has, CAP + 1 where it has more than CAP, by a single statement."""
    if not querysets:
        return {}
    columns: list[str] = []
    params: list[Any] = []
    for queryset in querysets.values():
        sql, arguments = queryset[: CAP + 1].query.sql_with_params()
        columns.append(f"(SELECT count(*) FROM ({sql}) row)")  # noqa: S608 - Django's own SQL
        params.extend(arguments)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)}", params)
        return dict(zip(querysets, cursor.fetchone(), strict=True))


def figure(number: int) -> str:
    """Return a capped count as it is shown: “7”, “100+”."""
    return f"{CAP}+" if number > CAP else str(number)
