"""Customers, found or added (a copy of what is needed to tell them, no directory), and whose the targets are."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import directory, tally
from cases import ledger_kinds as kinds
from cases.actions.approvals import RELEASE_KINDS, void_approvals
from cases.actions.assessments import drop_assessments
from cases.actions.changing import Refused, changing, changing_for, record
from cases.actions.duties import change_duties, create_duties, drop_idle_controllers, notices_begun, owe, settle_again
from cases.actions.rule_answers import answer_by_rule
from cases.actions.service import presume_service
from cases.models import Case, Customer, NoticeDuty, Target
from cases.queries.customers import by_number, standing_in
from cases.queries.deliveries import is_forged
from cases.states import DutyKind, DutyState

# Of which a customer was told, or perhaps told, that they are theirs.
TOLD = Q(duty__state=DutyState.DELIVERED) | Q(duty__uncertain_at__isnull=False) | Q(duty__told_before=True)


class ToldAlready(Refused):
    """Somebody was told already that the targets are theirs."""


def find_or_add_customer(
    *,
    case_id: int,
    identifier: str,
    name: str,
    email: str,
    language: str,
    country: str,
    timezone: str,
    role: str,
    nationality: str = "",
    postal_address: str = "",
    is_us_person: bool | None = None,
) -> Customer:
    """Return the customer of this number; what else is given counts only where the number is new."""
    described = {
        "name": name,
        "email": email,
        "postal_address": postal_address.strip(),
        "language": language,
        "country": country,
        "timezone": timezone,
        "role": role,
        "nationality": nationality,
        "is_us_person": is_us_person,
    }
    with changing(case_id) as case:
        return known_or_new(case, identifier.strip(), described)


def known_or_new(case: Case, number: str, described: Mapping[str, object]) -> Customer:
    """Return the customer of this number, as the case may know one, or a new one. Under the case's lock.

    Who is new to a sealed case belongs to its compartment, who is new to another, to all cases: one whom only other
    compartments know is as new as anybody (invariant 6).
    """
    if known := by_number(case, [number]):
        return known[number]
    return Customer.objects.get_or_create(identifier=number, compartment=case.compartment, defaults=described)[0]


def keep_inside(case: Case) -> None:
    """Let the customers of a sealed case belong to its compartment, as far as nothing outside tells of them.

    Who stands in a case outside, or in the directory, was known without this case and stays so. Under the case's lock.
    """
    theirs = Customer.objects.filter(compartment=None).filter(pk__in=standing_in(Case.objects.filter(pk=case.pk)))
    # Held first and looked at then: a target that another case adds meanwhile waits, and is seen.
    held = list(theirs.select_for_update().order_by("pk").values_list("pk", flat=True))
    outside = Case.objects.exclude(compartment=case.compartment_id)
    known = {*directory.listed(held), *standing_in(outside, held)}
    namesake = Customer.objects.filter(compartment=case.compartment_id, identifier=OuterRef("identifier"))
    mine = Customer.objects.filter(pk__in=[pk for pk in held if pk not in known])
    mine.filter(~Exists(namesake)).update(compartment=case.compartment_id)


def match_customer(*, case_id: int, target_ids: list[int], customer: Customer, by: User, now: datetime) -> None:
    """Say whose the targets are, as long as nobody was told, or perhaps told, that they are theirs.

    What was owed for them is owed to this customer from now on; a case past its notices waits for them again.
    """
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        targets = case.targets.filter(pk__in=target_ids)
        if targets.filter(TOLD).exists() or controllers_know(case, targets):
            raise ToldAlready(_("A notice about one of these targets has left already: it cannot be matched anew."))
        counts = give_targets(case, {customer.pk: target_ids}, by=by, now=now)
        answer_by_rule(case, now=now)
        record(case, kinds.TARGETS_CHANGED, at=now, by=by, targets=counts.targets)


def give_targets(
    case: Case, by_customer: Mapping[int, Collection[int]], *, by: User | None, now: datetime
) -> tally.Tally:
    """Give targets, of which nobody was told, to customers; return the counts that follow. Under the case's lock."""
    targets = case.targets.filter(pk__in=[pk for target_ids in by_customer.values() for pk in target_ids])
    left = list(case.duties.filter(targets__in=targets).distinct())
    drop_assessments(case, targets, because="matched", now=now)
    for customer_id, target_ids in by_customer.items():
        case.targets.filter(pk__in=target_ids).update(customer=customer_id, duty=None)
    if is_forged(case):
        for customer_id in by_customer:
            owe(case, DutyKind.FRAUD, customer_id=customer_id, now=now, by=by)
    elif left:
        create_duties(case, now=now, by=by, due_at=now if notices_begun(case) else None)
        _drop_empty(case, left, by=by, now=now)
        drop_idle_controllers(case, now=now, by=by)
        void_approvals(case, RELEASE_KINDS, because="matched", now=now)
        settle_again(case, now=now)
    if left:
        presume_service(case, now=now)
    return tally.recount(case)


def controllers_know(case: Case, targets: QuerySet[Target]) -> bool:
    """Whether a controller knows, or may know, of these targets: its duty is beside theirs, not theirs."""
    knows = Q(state=DutyState.DELIVERED) | Q(uncertain_at__isnull=False) | Q(told_before=True)
    beside = case.duties.filter(kind=DutyKind.CONTROLLER, customer__in=targets.order_by().values("customer"))
    return beside.filter(knows).exists()


def _drop_empty(case: Case, duties: list[NoticeDuty], *, by: User | None, now: datetime) -> None:
    """A duty whose targets all went to another customer is owed no more."""
    left = set(case.targets.filter(duty__in=duties).values_list("duty", flat=True))
    empty = [duty for duty in duties if duty.pk not in left]
    change_duties(case, empty, DutyState.NOT_OWED, now=now, by=by, basis_code="matched")
