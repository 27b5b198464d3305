"""Which cases something that arrived may concern. In doubt it does: their notices wait until a person has looked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from cases.models import Case
from cases.references import PATTERN, normalised
from cases.states import OPEN, DutyState

NAMED = re.compile(r"\bWD-[0-9]{4}-[0-9A-Za-z]{9}\b", re.IGNORECASE)

# A union, so that each way of matching uses its own index. Only cases that may still tell somebody something count.
# A reference without a digit ("n/a", "see letter") is no reference: from another agency it would let one sender hold
# the notices of every case that says as little.
FIND = """
SELECT found.id, min(found.because) FROM (
    SELECT id, '1 reference' AS because FROM cases_case WHERE reference = ANY(%(named)s)
    UNION ALL
    SELECT id, '2 agency_reference' FROM cases_case
     WHERE agency_reference = %(agency_reference)s AND %(agency_reference)s <> ''
       AND (agency_id = %(agency)s OR %(agency_reference)s ~ '[0-9]')
    UNION ALL
    SELECT case_id, '3 target' FROM cases_target WHERE value = ANY(%(values)s)
) AS found
  JOIN cases_case c ON c.id = found.id
 WHERE c.id <> %(case)s
   AND (%(compartment)s::bigint IS NULL OR c.compartment_id = %(compartment)s)
   AND (c.state = ANY(%(open)s) OR EXISTS (
        SELECT FROM cases_noticeduty d WHERE d.case_id = c.id AND d.state = ANY(%(owed)s)))
 GROUP BY found.id ORDER BY found.id
"""
OWED = [DutyState.PENDING.value, DutyState.FAILED.value, DutyState.WITHHELD.value]


@dataclass(frozen=True)
class Match:
    """A case that may be concerned, and why: reference, agency_reference or target."""

    case_id: int
    because: str


def named_references(*texts: str) -> set[str]:
    """Return the references of ours that stand in the texts, as they are written properly."""
    found = {normalised(name) for text in texts for name in NAMED.findall(text)}
    return {reference for reference in found if re.match(PATTERN, reference)}


def concerned(case: Case, *, texts: Iterable[str], values: Iterable[str]) -> list[Match]:
    """Return the cases that the new one may concern, in the order in which to lock them.

    `values` are the targets to match: none when nobody knows that the agency is who it says. A sealed case reaches
    into its own compartment only: outside, the hold itself would show that something sealed arrived.
    """
    params: dict[str, Any] = {
        "named": list(named_references(*texts)),
        "agency_reference": case.agency_reference,
        "agency": case.agency_id,
        "values": list(values),
        "case": case.pk,
        "compartment": case.compartment_id,
        "open": [str(state) for state in OPEN],
        "owed": OWED,
    }
    with connection.cursor() as cursor:
        cursor.execute(FIND, params)
        return [Match(key, because.split()[1]) for key, because in cursor]
