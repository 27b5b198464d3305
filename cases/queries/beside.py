"""Who else may be behind the targets of a case: proposed to whoever looks for it, never taken over unseen."""

from dataclasses import dataclass

from accounts.models import User
from cases import directory
from cases.access import known_to
from cases.models import Case, Customer, Target
from cases.states import TargetKind

LOOKED_AT = 25  # targets of a case
PROPOSED = 10


@dataclass(frozen=True)
class Neighbour:
    """A customer who is not the targets' own, by number, and what of theirs stands there."""

    what: str
    identifier: str


def neighbours(user: User, case: Case) -> list[Neighbour]:
    """Return customers behind the first targets of the case: by the directory, and by cases that the person may see."""
    targets = list(case.targets.order_by("pk")[:LOOKED_AT])
    own = {target.customer_id for target in targets}
    found = [(one.what, one.customer_id) for one in directory.behind(_names(targets), PROPOSED + len(own))]
    elsewhere = known_to(user, Target.objects.filter(value__in=[target.value for target in targets]))
    others = elsewhere.exclude(case=case).exclude(customer=None).order_by("value")
    found += list(others.values_list("value", "customer").distinct()[: PROPOSED + len(own)])
    beside = [(what, pk) for what, pk in dict.fromkeys(found) if pk not in own][:PROPOSED]
    numbers = dict(Customer.objects.filter(pk__in=[pk for _what, pk in beside]).values_list("pk", "identifier"))
    return [Neighbour(what, numbers[pk]) for what, pk in beside]


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
