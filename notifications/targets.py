"""What of a case concerns one customer, and nothing of the others."""

from dataclasses import dataclass

from django.db.models import QuerySet

from cases.models import Case, NoticeDuty, Target
from cases.states import DutyKind

NAMED = 50  # a mail names that many; the page is no list of 20,000 domains either


@dataclass(frozen=True)
class Accounts:
    """The customer's accounts, domains or addresses that a request names: the first ones, and how many more."""

    named: tuple[str, ...]
    more: int


def theirs(case: Case, duty: NoticeDuty) -> QuerySet[Target]:
    """Return the targets that a duty speaks of: its own, or all of its customer where it has none of its own."""
    if duty.kind == DutyKind.REQUEST and duty.pk:
        return case.targets.filter(duty=duty)
    return case.targets.filter(customer=duty.customer_id)


def accounts(case: Case, duty: NoticeDuty) -> Accounts | None:
    """Return the targets by name, None where there are none."""
    targets = theirs(case, duty)
    named = tuple(targets.order_by("id").values_list("value", flat=True)[: NAMED + 1])
    if not named:
        return None
    return Accounts(named[:NAMED], targets.count() - NAMED if len(named) > NAMED else 0)


def asked_categories(case: Case, duty: NoticeDuty) -> set[str]:
    """Return the categories of data that are asked of these targets."""
    found = theirs(case, duty).order_by().values_list("asked", flat=True).distinct()
    return {category for asked in found for category in asked}
