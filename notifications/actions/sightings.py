"""Who is told of a case by what leaves the house: sealing the case later lists them."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import connection, transaction

from accounts.models import User
from cases.models import Clock, Sighting


def name_cases(case_ids: Collection[int], user: User, now: datetime) -> frozenset[int]:
    """Note that the person is told of these cases, and return those that may be named: the sealed ones may not.

    In the caller's transaction. A case that is being sealed at this moment is waited for, and one that is named keeps
    the sealing waiting until this is noted: the sealing lists the person, or the case is not named (invariant 6).
    """
    if not case_ids:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(
            # In one order, so that two of them never wait for each other.
            "SELECT id FROM cases_case WHERE id = ANY(%s) AND compartment_id IS NULL ORDER BY id FOR KEY SHARE",
            [sorted(case_ids)],
        )
        named = frozenset(pk for (pk,) in cursor.fetchall())
    known = set(Sighting.objects.filter(user=user, case__in=named).values_list("case", flat=True))
    Sighting.objects.bulk_create(
        [Sighting(case_id=pk, user=user, first_at=now) for pk in sorted(named - known)], ignore_conflicts=True
    )
    return named


@transaction.atomic
def name_clocks(clocks: Iterable[Clock], user: User, now: datetime) -> list[Clock]:
    """Return those of the clocks whose cases may be named to the person, and note that they are told of them."""
    found = list(clocks)
    named = name_cases({clock.case_id for clock in found}, user, now)
    return [clock for clock in found if clock.case_id in named]
