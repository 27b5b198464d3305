"""Customers by their number, as a case may know them: the common ones and those of its own compartment."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cases.models import Affected, Case, Customer, NoticeDuty, Target


def by_number(case: Case, numbers: Collection[str]) -> dict[str, Customer]:
    """Return the customers who have these numbers, by number; one of another compartment is nobody.

    Where two have the same number, the directory came to name somebody whom the compartment had found before. The one
    who stands in the case already comes first, then the compartment's own: one person is never two in a case, else
    an order not to tell the one would leave the other to be told.
    """
    known = Customer.objects.known_in(case.compartment_id).filter(identifier__in=numbers)
    if case.compartment_id is not None:
        is_here = Exists(case.targets.filter(customer=OuterRef("pk")))
        known = known.alias(is_here=is_here).order_by("is_here", F("compartment").asc(nulls_first=True))
    return {customer.identifier: customer for customer in known}  # the last of two stays


def as_known_here(case: Case, customer_ids: Collection[int]) -> dict[int, int]:
    """Return for each of these customers, whom the directory named, the one of the same number whom the case knows."""
    if case.compartment_id is None:
        return {pk: pk for pk in customer_ids}
    numbers = dict(Customer.objects.filter(pk__in=customer_ids).values_list("pk", "identifier"))
    known = by_number(case, numbers.values())
    return {pk: known[number].pk if number in known else pk for pk, number in numbers.items()}


def standing_in(cases: QuerySet[Case], customer_ids: Collection[int] | None = None) -> QuerySet[Any, int]:
    """Return the keys of the customers, or of those among these, who stand in the cases: as owner, told, or hit."""
    among = Q(customer__isnull=False) if customer_ids is None else Q(customer__in=customer_ids)
    rows = (
        Target.objects.filter(among, case__in=cases),
        NoticeDuty.objects.filter(among, case__in=cases),
        Affected.objects.filter(among, measure__case__in=cases),
    )
    owners: QuerySet[Any, int]
    owners, *others = (found.order_by().values_list("customer", flat=True) for found in rows)
    return owners.union(*others)
