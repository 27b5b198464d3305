"""Counting without counting everything: several figures in one statement, each up to a cap."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

CAP = 100


def capped(querysets: Mapping[str, QuerySet[Any, Any]]) -> dict[str, int]:
    """Return how many rows each query set has, CAP + 1 where it has more than CAP, by a single statement."""
    counts = dict.fromkeys(querysets, 0)
    columns: list[str] = []
    params: list[Any] = []
    asked: list[str] = []
    for name, queryset in querysets.items():
        try:
            sql, arguments = queryset[: CAP + 1].query.sql_with_params()
        except EmptyResultSet:  # known to have none without asking
            continue
        columns.append(f"(SELECT count(*) FROM ({sql}) row)")  # noqa: S608 - Django's own SQL
        params.extend(arguments)
        asked.append(name)
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(columns)}", params)
            counts.update(zip(asked, cursor.fetchone(), strict=True))
    return counts


def figure(number: int) -> str:
    """Return a capped count as it is shown: “7”, “100+”."""
    return f"{CAP}+" if number > CAP else str(number)
