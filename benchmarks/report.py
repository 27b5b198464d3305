"""The report of a half-year, against one statement written by hand that gives the same figures."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from benchmarks.bench import Bench
from benchmarks.history import PERIOD
from benchmarks.measuring import Row, in_turn
from reports.actions import make
from reports.body import to_bytes
from reports.counting import Counts, count
from reports.rules.lines import Figures
from reports.rules.periods import period

ROUNDS = 5
# The least that counts: what nobody reopened, forged or named twice here is not asked for.
BY_HAND = """
SELECT 'line', line, ARRAY[
    count(*) FILTER (WHERE at < %(start)s AND name = 'received') - count(*) FILTER (WHERE at < %(start)s AND name = 'outcome'),
    count(*) FILTER (WHERE at >= %(start)s AND name = 'received'),
    0,
    count(*) FILTER (WHERE at >= %(start)s AND value IN ('answered', 'answered_partial')),
    count(*) FILTER (WHERE at >= %(start)s AND value = 'answered_partial'),
    count(*) FILTER (WHERE at >= %(start)s AND value = 'no_data'),
    count(*) FILTER (WHERE at >= %(start)s AND value = 'rejected'),
    count(*) FILTER (WHERE at >= %(start)s AND value = 'withdrawn'),
    count(*) FILTER (WHERE name = 'received') - count(*) FILTER (WHERE name = 'outcome'),
    coalesce(sum(accounts) FILTER (WHERE at >= %(start)s AND value IN ('answered', 'answered_partial')), 0)::bigint,
    coalesce(sum(domains) FILTER (WHERE at >= %(start)s AND value IN ('answered', 'answered_partial')), 0)::bigint
]
FROM ledger_fact WHERE name IN ('received', 'outcome') AND at < %(end)s GROUP BY line
UNION ALL
SELECT 'notice', notice.value, ARRAY[count(*)] FROM (
    SELECT DISTINCT ON (n.stream) n.value FROM ledger_fact o JOIN ledger_fact n USING (stream)
    WHERE o.name = 'outcome' AND o.at >= %(start)s AND o.at < %(end)s AND o.value IN ('answered', 'answered_partial')
      AND n.name = 'notice' AND n.at < %(end)s
    ORDER BY n.stream, n.at DESC, n.entry_id DESC
) notice GROUP BY notice.value
"""  # noqa: E501


def rows(bench: Bench) -> Iterator[Row]:
    """Yield the counting of a half-year and the whole report as JSON, each against the statement."""
    wanted, zone = period(PERIOD), settings.WRITDESK.reporting_zone
    with bench.imported.chosen():
        assert _by_hand(zone) == _figures(count(wanted, zone))
        counting, whole, floor = in_turn(
            ROUNDS,
            lambda: count(wanted, zone),
            lambda: to_bytes(make(wanted, now=bench.now).body),
            lambda: _by_hand(zone),
        )
    said = f"one statement {floor}"
    cases = f"{bench.size(100_000):,} cases"
    yield Row(f"counting {PERIOD} of {cases}", str(counting), said, counting.p50 / floor.p50, "≤ 3")
    yield Row(f"report of {PERIOD} as JSON, {cases}", str(whole), said, whole.p50 / floor.p50, "≤ 3")


Found = dict[tuple[str, str], list[int]]


def _by_hand(zone: ZoneInfo) -> Found:
    start_at, end_at = period(PERIOD).instants(zone)
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, {"start": start_at, "end": end_at})
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return {(section, key): figures for section, key, figures in found}


def _figures(counts: Counts) -> Found:
    lines: Found = {("line", line): _list(figures) for line, figures in counts.lines.items()}
    return lines | {("notice", value): [number] for value, number in counts.notices.items()}


def _list(figures: Figures) -> list[int]:
    return list(vars(figures).values())
