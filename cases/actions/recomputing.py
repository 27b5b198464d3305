"""Every running deadline computed anew: after a change of the rules' data, or of the office's zone or country.

Batch by batch, each in a transaction of its own, so that a run that was stopped is simply run again. Only what differs
is written, under the lock of its case.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection, transaction

from cases import ledger_kinds as kinds
from cases.actions.clocks import RETURN_DATE, counted
from cases.models import ClockChange, ClockChangeKind
from cases.models.case import NEVER
from cases.rules.clocks import CLOCKS
from cases.rules.deadlines import Deadline
from cases.states import OPEN
from ledger.actions import Row, append_many

BATCH = 2_000  # clocks in memory at a time

LAST = 2**63 - 1  # no key is greater
READ = """
SELECT k.id, k.case_id, k.rule, k.event_at, nullif(k.pauses::text, '[]'),
       coalesce(k.named_date, CASE k.rule WHEN 'return_date' THEN c.return_date
                                          WHEN 'follow_up_paper' THEN c.follow_up_paper_date END),
       k.due_at, k.not_before_at, k.explanation, k.steps, k.source, k.alternative
  FROM cases_clock k JOIN cases_case c ON c.id = k.case_id
 WHERE k.state = 'running' AND c.state = ANY(%s) AND k.id > %s AND k.id <= %s
 ORDER BY k.id LIMIT %s
"""
LOCK = "SELECT FROM cases_case WHERE id = ANY(%s) ORDER BY id FOR UPDATE"
# Due anew, a clock is told of anew: invariant 13.
WRITE = """
UPDATE cases_clock AS clock
   SET due_at = found.due_at, not_before_at = found.not_before_at, explanation = found.explanation,
       steps = found.steps, source = found.source, alternative = found.alternative,
       warned_at = CASE WHEN clock.due_at = found.due_at THEN clock.warned_at END,
       escalated_at = CASE WHEN clock.due_at = found.due_at THEN clock.escalated_at END
  FROM jsonb_to_recordset(%s::jsonb) AS found(id bigint, due_at timestamptz, not_before_at timestamptz,
       explanation text, steps text[], source text, alternative text)
 WHERE clock.id = found.id
"""
REQUEUE = """
UPDATE cases_case AS stale SET queue_at = nearest.at
  FROM (SELECT c.id, coalesce(min(k.due_at), %s) AS at
          FROM cases_case c LEFT JOIN cases_clock k ON k.case_id = c.id AND k.state = 'running'
         WHERE c.id = ANY(%s) GROUP BY c.id) nearest
 WHERE stale.id = nearest.id AND stale.queue_at <> nearest.at
"""


class Kept(NamedTuple):
    """A running clock as it stands, with what of its case it is counted from."""

    pk: int
    case_id: int
    rule: str
    event_at: datetime
    pauses: str | None  # as text; None: it never stood still
    named: date | None  # the day that the paper or a person named
    due_at: datetime | None
    not_before_at: datetime | None
    explanation: str
    steps: list[str]
    source: str
    alternative: str


Granted = dict[int, list[tuple[date | None, datetime]]]
Change = tuple[Kept, Deadline]


@dataclass
class Recomputed:
    """What a run did, in clocks."""

    looked_at: int = 0
    changed: int = 0
    left: int = 0  # as they were: a bar would have moved earlier, or no rule of that name is left


def recompute_deadlines(*, now: datetime) -> Recomputed:
    """Compute the deadlines of all open cases anew, write those that differ, and return what was done.

    A bar never moves earlier: what would be produced sooner because of a change of data is a person's to decide. A
    clock that stands still is computed when it runs on.
    """
    done, last = Recomputed(), 0
    while batch := _read(last, limit=BATCH):
        last = batch[-1].pk
        done.looked_at += len(batch)
        changed, left = _differing(batch)
        done.left += left
        if changed:
            done.changed += _change(changed, now=now)
    return done


def _read(after: int, *, through: int = LAST, limit: int | None = None) -> list[Kept]:
    """Return running clocks of open cases by their keys, from after one on."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [list(OPEN), after, through, limit])
        return [Kept._make(row) for row in cursor.fetchall()]


def _differing(clocks: Sequence[Kept]) -> tuple[list[Change], int]:
    """Return the clocks that come out otherwise than they stand, and how many are left as they are."""
    granted = _granted(clocks)
    changed, left = [], 0
    for clock in clocks:
        found = _computed(clock, granted)
        if found is None or _frees_earlier(clock, found):
            left += 1
        elif clock[Kept._fields.index("due_at") :] != _as_kept(found):
            changed.append((clock, found))
    return changed, left


def _granted(clocks: Sequence[Kept]) -> Granted:
    """Return the extensions of a stretch of clocks."""
    stretch = ClockChange.objects.filter(clock_id__gte=clocks[0].pk, clock_id__lte=clocks[-1].pk) if clocks else ()
    found: Granted = defaultdict(list)
    if stretch:
        extended = stretch.filter(kind=ClockChangeKind.EXTENDED).order_by("pk")
        for clock_id, until, at in extended.values_list("clock_id", "until_date", "at"):
            found[clock_id].append((until, at))
    return found


def _computed(clock: Kept, granted: Granted) -> Deadline | None:
    if not (clock.named if clock.rule == RETURN_DATE else clock.rule in CLOCKS):
        return None
    pauses = json.loads(clock.pauses) if clock.pauses else ()
    return counted(clock.rule, clock.event_at, clock.named, pauses, granted.get(clock.pk, ()))


def _frees_earlier(clock: Kept, found: Deadline) -> bool:
    if clock.not_before_at is None:
        return False
    return found.not_before_at is None or found.not_before_at < clock.not_before_at


def _as_kept(found: Deadline) -> tuple[object, ...]:
    reading = (found.explanation, list(found.steps), found.source, found.alternative)
    return (found.due_at, found.not_before_at, *reading)


@transaction.atomic
def _change(seen: Sequence[Change], *, now: datetime) -> int:
    """Write the clocks that still come out otherwise once their cases are locked; return how many."""
    case_ids = sorted({clock.case_id for clock, _found in seen})
    before = {clock.pk: (clock, found) for clock, found in seen}
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [case_ids])
        under_lock = [one for one in _read(seen[0][0].pk - 1, through=seen[-1][0].pk) if one.pk in before]
        same = [before[one.pk] for one in under_lock if one == before[one.pk][0]]
        moved, _left = _differing([one for one in under_lock if one != before[one.pk][0]])
        changed = [*same, *moved]
        cursor.execute(WRITE, [json.dumps([_row(clock, found) for clock, found in changed])])
        append_many(_entries(changed, now))
        cursor.execute(REQUEUE, [NEVER, case_ids])
    return len(changed)


def _row(clock: Kept, found: Deadline) -> dict[str, object]:
    return {
        "id": clock.pk,
        "due_at": found.due_at.isoformat(),
        "not_before_at": found.not_before_at and found.not_before_at.isoformat(),
        "explanation": found.explanation,
        "steps": found.steps,
        "source": found.source,
        "alternative": found.alternative,
    }


def _entries(changed: Iterable[Change], now: datetime) -> Iterator[Row]:
    for clock, found in changed:
        fields = {"rule": clock.rule, "due": found.due_at, "was": clock.due_at, "not_before": found.not_before_at}
        yield Row(f"case:{clock.case_id}", kinds.CLOCK_RECOMPUTED, now, None, None, fields)
