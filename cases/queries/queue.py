"""The queue: due first, a page at a time, at the same cost whatever the number of cases."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

from accounts.models import User
from cases.models import Case
from cases.models.case import QUEUE_ORDER, READERS
from cases.queries import needs, search
from cases.queries.counting import CAP, capped
from cases.queries.selection import Selection

PER_PAGE = 25

Ids = QuerySet[Case, Any]


@dataclass(frozen=True)
class Place:
    """Where in the queue a page begins: after or before a case, at the end, or (nothing said) at the start."""

    after: str = ""  # references
    before: str = ""
    is_last: bool = False

    @property
    def is_backwards(self) -> bool:
        return self.is_last or bool(self.before)


@dataclass(frozen=True)
class Page:
    """One page of the queue."""

    cases: list[Case]
    has_previous: bool
    has_next: bool


def page(user: User, selection: Selection, place: Place, *, now: datetime, size: int = PER_PAGE) -> Page:
    """Return a page of the cases that the person may know of. An unknown place is the start."""
    edge = _edge(user, place)
    if edge is None:
        place = replace(place, after="", before="")
    parts = [part.filter(edge or Q()) for part in _parts(user, selection, now)]
    found = _first(parts, size + 1, backwards=place.is_backwards)
    beyond, ids = len(found) > size, found[:size]
    cases = _in_order(ids)
    if place.is_backwards:
        return Page(cases, has_previous=beyond, has_next=not place.is_last)
    return Page(cases, has_previous=bool(place.after), has_next=beyond)


def rows(user: User, selection: Selection, *, now: datetime, limit: int) -> list[Case]:
    """Return the first cases of the selection, for an export."""
    return _in_order(_first(_parts(user, selection, now), limit, backwards=False))


def counts(user: User, selections: dict[str, Selection], *, now: datetime) -> dict[str, int]:
    """Return how many cases each selection has, up to a cap, in one statement. Without text."""
    return capped({name: _all(_parts(user, selection, now)) for name, selection in selections.items()})


def _parts(user: User, selection: Selection, now: datetime) -> list[Ids]:
    """Return query sets that together are the selection, each in the queue's order by one index.

    One for the ordinary cases and one for each compartment of the person's, times what a text may mean.
    """
    if not user.has_role(*READERS):
        return [Case.objects.none().values(*QUEUE_ORDER)]
    circles = [Q(compartment=None), *(Q(compartment=pk) for pk in sorted(user.compartment_ids))]
    condition = selection.condition(user, now)
    if selection.needs:
        condition &= Q(pk__in=needs.cases(user, selection.needs, now=now))
    meanings = search.alternatives(user, selection.text)
    return [
        Case.objects.filter(circle & condition & meaning).values(*QUEUE_ORDER)
        for circle in circles
        for meaning in meanings
    ]


def _first(parts: Sequence[Ids], limit: int, *, backwards: bool) -> list[int]:
    order = tuple(f"-{column}" for column in QUEUE_ORDER) if backwards else QUEUE_ORDER
    first, *others = [part.order_by(*order)[:limit] for part in parts]
    merged = first.union(*others).order_by(*order)[:limit] if others else first
    return [row["id"] for row in merged]


def _all(parts: Sequence[Ids]) -> Ids:
    first, *others = (part[: CAP + 1] for part in parts)
    return first.union(*others) if others else first


def _in_order(ids: Sequence[int]) -> list[Case]:
    found = Case.objects.filter(pk__in=ids).select_related("agency", "assignee").defer("tally", "danger")
    return sorted(found, key=lambda case: (case.queue_at, case.pk))


def _edge(user: User, place: Place) -> Q | None:
    """Return the condition beyond the case that a page begins at, None where there is none that the person knows."""
    reference = place.after or place.before
    if not reference:
        return None
    here = Case.objects.visible_to(user).filter(reference=reference).values_list(*QUEUE_ORDER).first()
    if here is None:
        return None
    lookup = TupleGreaterThan if place.after else TupleLessThan
    return Q(lookup(tuple(F(column) for column in QUEUE_ORDER), here))
