"""Who may know of what: the one question behind every list, page, count and download of a case."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from cases.models import Case
from cases.models.case import READERS

ORDINARY = 0  # the circle of the cases in no compartment


def known_to(user: User, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Return those of the rows that have a `case` of which the person may know.

    Asked row by row, by the case's key: a join would have PostgreSQL read a good part of all cases to find a few rows.
    """
    if not user.has_role(*READERS):
        return rows.none()
    circle = Case.objects.filter(pk=OuterRef("case")).values(number=Coalesce("compartment", ORDINARY))
    found: QuerySet[Any, Any] = rows.alias(circle=Subquery(circle)).filter(circle__in=[ORDINARY, *user.compartment_ids])
    return found
