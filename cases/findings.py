"""What the facts of a case say of a conflict of law: one finding for all targets of whom the same is known."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from cases.models import Case, Clock, CustomerRole, Target
from cases.rules.finding import MOTION_CLOCK, Person, ReasonedFinding, Request, finding
from cases.states import ClockState

# Who holds a customer's data is one of two: where the customer is the controller, we are its processor.
OUR_ROLE = {CustomerRole.CONTROLLER: "processor", CustomerRole.PERSON: "controller"}
# 20,000 targets of a case are a few groups: what is known of their customers differs in a few ways only.
_GROUPS = """
SELECT coalesce(nullif(c.country, ''), %(country)s), coalesce(c.nationality, ''), c.is_us_person, coalesce(c.role, ''),
       count(*), count(*) FILTER (WHERE a.id IS NULL), min(t.value)
  FROM cases_target t
  LEFT JOIN cases_customer c ON c.id = t.customer_id
  LEFT JOIN cases_conflictassessment a ON a.target_id = t.id
 WHERE t.case_id = %(case)s AND (%(some)s::bigint[] IS NULL OR t.id = ANY (%(some)s::bigint[]))
 GROUP BY 1, 2, 3, 4 ORDER BY 6 DESC, 5 DESC, 1, 2, 3, 4
"""


@dataclass(frozen=True)
class Group:
    """The targets of whom the same is known, and what follows for them."""

    person: Person
    targets: int
    unassessed: int
    example: str
    finding: ReasonedFinding


def groups(
    case: Case, now: datetime, *, clocks: Iterable[Clock] | None = None, target_ids: Collection[int] | None = None
) -> list[Group]:
    """Return the groups of a case, those with most targets still to assess first; by one query.

    `clocks`: those of the case, where they are read already; `target_ids`: of these targets only.
    """
    request = request_of(case, case.clocks.all() if clocks is None else clocks)
    today = now.astimezone(settings.WRITDESK.receiving_zone).date()
    return [
        Group(person, targets, unassessed, example, finding(request, person, today=today))
        for person, targets, unassessed, example in _persons(case, target_ids)
    ]


def _persons(case: Case, target_ids: Collection[int] | None) -> Iterator[tuple[Person, int, int, str]]:
    some = None if target_ids is None else list(target_ids)
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS, {"case": case.pk, "country": case.customer_country, "some": some})
        rows = cursor.fetchall()
    for residence, nationality, us_person, role, targets, unassessed, example in rows:
        yield Person(residence, nationality, us_person, OUR_ROLE.get(role, "")), targets, unassessed, example


def request_of(case: Case, clocks: Iterable[Clock]) -> Request:
    """Return the request as the rule of the finding asks for it."""
    zone = settings.WRITDESK.receiving_zone
    served = [clock.event_at for clock in clocks if clock.rule == MOTION_CLOCK and clock.state != ClockState.VOID]
    return Request(
        instrument=case.instrument,
        requesting_state=case.agency_country,
        categories=tuple(case.asked),
        received_on=case.received_at.astimezone(zone).date(),
        establishments=settings.WRITDESK.establishments,
        served_on=min(served).astimezone(zone).date() if served else None,
    )


def targets_of(case: Case, person: Person) -> QuerySet[Target]:
    """Return the targets of whom exactly this is known."""
    if not person.role:
        return case.targets.filter(customer=None)
    role = next(ours for ours, word in OUR_ROLE.items() if word == person.role)
    lives = Q(customer__country=person.residence)
    if person.residence == case.customer_country:
        lives |= Q(customer__country="")
    return case.targets.filter(
        lives,
        customer__role=role,
        customer__nationality=person.nationality,
        customer__is_us_person=person.us_person,
    )
