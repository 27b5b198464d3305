"""What the directory's table says of targets, and how what a lookup found is kept in it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction

from cases.directory import Behind
from cases.models import Customer
from cases.states import TargetMatch
from cases.target_kinds import LONGEST
from intake.directory.names import Name, exact, parents
from intake.models import DirectoryEntry, DirectorySource

LASTS = timedelta(hours=24)  # how long what a lookup found, or that it found nobody, is believed

FIND = """
SELECT e.kind, e.value, e.customer_id, e.source FROM intake_directoryentry e
  JOIN unnest(%s::text[], %s::text[]) AS asked(kind, value) ON e.kind = asked.kind AND e.value = asked.value
  LEFT JOIN cases_customer c ON c.id = e.customer_id
 WHERE c.compartment_id IS NULL AND (e.expires_at IS NULL OR e.expires_at > %s)
"""


# A name, or a domain below one: whoever is there is hit by what happens to it.
BEHIND = """
SELECT DISTINCT e.value, e.customer_id, e.kind, asked.kind, asked.value FROM intake_directoryentry e
  JOIN unnest(%s::text[], %s::text[]) AS asked(kind, value)
    ON (e.kind = asked.kind AND e.value = asked.value)
    OR (e.kind = 'domain' AND asked.kind = 'domain' AND e.value LIKE '%%.' || asked.value)
  JOIN cases_customer c ON c.id = e.customer_id AND c.compartment_id IS NULL
 WHERE e.customer_id IS NOT NULL AND e.customer_id <> ALL(%s) ORDER BY e.value, e.customer_id LIMIT %s
"""


@dataclass
class Known:
    """Who stands in the table under one name; `asked` where a lookup was made, whoever it found."""

    from_file: set[int] = field(default_factory=set)
    from_lookup: set[int] = field(default_factory=set)
    asked: bool = False


@dataclass(frozen=True)
class Verdict:
    """What the directory says of one target."""

    match: TargetMatch
    customer_id: int | None = None


def known(targets: Iterable[Name], now: datetime) -> dict[Name, Known]:
    """Return what the table has under every name that one of the targets may stand under, by one query."""
    names = {name for kind, value in targets for name in (*exact(kind, value), *parents(kind, value))}
    found: defaultdict[Name, Known] = defaultdict(Known)
    with connection.cursor() as cursor:
        cursor.execute(FIND, [[kind for kind, _value in names], [value for _kind, value in names], now])
        for kind, value, customer_id, source in cursor:
            entry = found[kind, value]
            entry.asked |= source == DirectorySource.LOOKUP
            if customer_id is not None:
                (entry.from_file if source == DirectorySource.FILE else entry.from_lookup).add(customer_id)
    return dict(found)


def behind(targets: Sequence[Name], most: int, besides: Collection[int]) -> list[Behind]:
    """Return what the table has under the names of these targets and below their domains; at most so many.

    What the customers `besides` have is left out.
    """
    names = sorted({name for kind, value in targets for name in exact(kind, value)})
    kinds, values = [kind for kind, _value in names], [value for _kind, value in names]
    with connection.cursor() as cursor:
        cursor.execute(BEHIND, [kinds, values, list(besides), most])
        return [
            Behind(kind, value, customer_id, (asked_kind, asked_value))
            for value, customer_id, kind, asked_kind, asked_value in cursor
        ]


def listed(customer_ids: Collection[int]) -> set[int]:
    """Return those of the customers who stand in the table, from a file or from a lookup of whatever age."""
    found = DirectoryEntry.objects.filter(customer__in=customer_ids)
    return set(found.order_by().values_list("customer_id", flat=True).distinct())


def verdict(kind: str, value: str, known: Mapping[Name, Known]) -> Verdict | None:
    """Return whose the target is by the table, None where it cannot say.

    An entry of the target's own comes first, a file's before a lookup's. A domain without one belongs to the customer
    of the domains above it, where all that stand there name the same one: in doubt a person chooses.
    """
    own = [known[name] for name in exact(kind, value) if name in known]
    above = [known[name] for name in parents(kind, value) if name in known]
    for customers in (
        {pk for entry in own for pk in entry.from_file},
        {pk for entry in own for pk in entry.from_lookup},
        {pk for entry in above for pk in entry.from_file},
    ):
        if customers:
            return of_customers(customers)
    return Verdict(TargetMatch.NOT_FOUND) if any(entry.asked for entry in own) else None


def of_customers(customers: Collection[int]) -> Verdict:
    """Return the verdict where these customers, or nobody, were found."""
    if not customers:
        return Verdict(TargetMatch.NOT_FOUND)
    if len(customers) > 1:
        return Verdict(TargetMatch.SEVERAL)
    return Verdict(TargetMatch.FOUND, next(iter(customers)))


@transaction.atomic
def remember(name: Name, customers: Iterable[Customer], now: datetime) -> None:
    """Keep what a lookup found under a name, in place of what an earlier one did; nobody is remembered too."""
    kind, value = name
    if len(value.encode()) > LONGEST:  # no index holds it; it is asked for again another time
        return
    found: list[Customer | None] = [*customers]
    DirectoryEntry.objects.filter(kind=kind, value=value, source=DirectorySource.LOOKUP).delete()
    DirectoryEntry.objects.bulk_create(
        [
            DirectoryEntry(
                kind=kind,
                value=value,
                customer=customer,
                source=DirectorySource.LOOKUP,
                seen_at=now,
                expires_at=now + LASTS,
            )
            for customer in (found or [None])
        ],
        ignore_conflicts=True,  # a file says the same
    )
