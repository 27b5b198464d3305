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
# 20,000 targets of a case are a few groups: what is known of their customers differs in a few ways only. They are
# counted by customer before anything is joined; which of them are assessed is asked of each only where some are and
# some are not, which the kept count of the case says.
_GROUPS = """
WITH theirs AS (
    SELECT t.customer_id, count(*) AS targets, min(t.id) AS first,
           CASE %(assessed)s WHEN 'all' THEN 0 WHEN 'none' THEN count(*)
                ELSE count(*) FILTER (WHERE NOT EXISTS (
                    SELECT FROM cases_conflictassessment a WHERE a.target_id = t.id)) END AS unassessed
      FROM cases_target t
     WHERE t.case_id = %(case)s AND (%(some)s::bigint[] IS NULL OR t.id = ANY (%(some)s::bigint[]))
     GROUP BY t.customer_id
), grouped AS (
    SELECT coalesce(nullif(c.country, ''), %(country)s) AS residence, coalesce(c.nationality, '') AS nationality,
           c.is_us_person, coalesce(c.role, '') AS role, sum(targets)::int AS targets,
           sum(unassessed)::int AS unassessed, min(first) AS first
      FROM theirs LEFT JOIN cases_customer c ON c.id = theirs.customer_id
     GROUP BY 1, 2, 3, 4
)
SELECT residence, nationality, is_us_person, role, targets, unassessed, t.value
  FROM grouped JOIN cases_target t ON t.id = grouped.first
 ORDER BY unassessed DESC, targets DESC, residence, nationality, is_us_person, role
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
        kept = {"assessed": _assessed(case) if some is None else "some", "some": some}
        cursor.execute(_GROUPS, {"case": case.pk, "country": case.customer_country, **kept})
        rows = cursor.fetchall()
    for residence, nationality, us_person, role, targets, unassessed, example in rows:
        yield Person(residence, nationality, us_person, OUR_ROLE.get(role, "")), targets, unassessed, example


def _assessed(case: Case) -> str:
    """Return whether all of the targets, none or some are assessed, as the kept count of the case has it."""
    unassessed = case.tally.get("unassessed")
    if unassessed == 0:
        return "all"
    return "none" if unassessed == case.target_count else "some"


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
