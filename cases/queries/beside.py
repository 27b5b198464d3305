"""Who else may be behind the targets of a case: proposed to whoever looks for it, never taken over unseen."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from cases import directory
from cases.access import known_to
from cases.models import Case, Customer, Target
from cases.rules.measures import HOSTS, shared
from cases.states import TargetKind

LOOKED_AT = 25  # targets of a case
PROPOSED = 10


@dataclass(frozen=True)
class Neighbour:
    """A customer who is not the targets' own, by number, what of theirs stands there, and why it is hit too."""

    what: str
    identifier: str
    shares: str  # with the target: a code of rules.shared
    target: str
    is_from_directory: bool  # else from another case


def neighbours(user: User, case: Case) -> list[Neighbour]:
    """Return customers who share a domain, address or page with the first targets of the case.

    By the directory, and by targets of cases that the person may see and that are no more sealed than this one: what
    is proposed here would tell others of it. The customers of the case's own targets have a notice of their own: none
    of them is proposed.
    """
    targets = list(case.targets.filter(kind__in=HOSTS).order_by("pk")[:LOOKED_AT])
    if not targets:
        return []
    own = set(case.targets.exclude(customer=None).order_by().values_list("customer", flat=True).distinct())
    by_directory = directory.behind(_names(targets), PROPOSED, besides=own)
    found = [(one.what, one.customer_id, shared(one.under, (one.kind, one.what)), one.under[1]) for one in by_directory]
    beside = {one[:2]: (*one, True) for one in found if one[2]}
    for what, customer_id, shares in _elsewhere(user, case, targets, own):
        beside.setdefault((what, customer_id), (what, customer_id, shares, what, False))
    proposed = list(beside.values())[:PROPOSED]
    numbers = dict(Customer.objects.filter(pk__in=[one[1] for one in proposed]).values_list("pk", "identifier"))
    return [Neighbour(what, numbers[pk], shares, target, is_listed) for what, pk, shares, target, is_listed in proposed]


def _elsewhere(user: User, case: Case, targets: list[Target], own: set[int]) -> Iterator[tuple[str, int, str]]:
    """Yield whose the same names are in other cases, and what is shared; a name of another kind is another thing."""
    same = known_to(user, Target.objects.filter(kind__in=HOSTS, value__in=[target.value for target in targets]))
    same = same.filter(Q(case__compartment=None) | Q(case__compartment=case.compartment_id))
    others = same.exclude(case=case).exclude(customer=None).exclude(customer__in=own).order_by("value", "customer")
    asked = set(_names(targets))
    for kind, value, customer_id in others.values_list("kind", "value", "customer").distinct()[:PROPOSED]:
        if (kind, value) in asked:
            yield value, customer_id, shared((kind, value), (kind, value))


def candidates(case: Case) -> list[str]:
    """Return the numbers of the customers whom the directory names for the targets that it could not tell apart."""
    targets = list(case.targets.filter(customer=None, match="several").order_by("pk")[:LOOKED_AT])
    found = {one.customer_id for one in directory.behind(_names(targets), PROPOSED)} if targets else set()
    return sorted(Customer.objects.filter(pk__in=found).values_list("identifier", flat=True))


def owners(word: str) -> list[str]:
    """Return the numbers of the customers who have exactly this account, address or domain by the directory."""
    asked = [(kind.value, word) for kind in (TargetKind.ACCOUNT, TargetKind.EMAIL, TargetKind.DOMAIN, TargetKind.IP)]
    found = {one.customer_id for one in directory.behind(asked, PROPOSED) if one.what.lower() == word.lower()}
    return sorted(Customer.objects.filter(pk__in=found).values_list("identifier", flat=True))


def _names(targets: list[Target]) -> list[directory.Name]:
    return [(target.kind, target.value) for target in targets]
