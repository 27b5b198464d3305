"""Counting a period: one statement over the facts of the ledger, by the rules of docs/counting.md."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db import connection
from django.utils.translation import gettext as _

from reports.facts import source
from reports.rules import lines
from reports.rules.lines import Figures
from reports.rules.periods import Period

# A forgery counts in no line whenever it was proven, a duplicate only with its canonical case.
STANDING = "stream NOT IN (SELECT stream FROM facts WHERE name IN ('fraud', 'duplicate'))"
ANSWERED = "name = 'outcome' AND value IN ('answered', 'answered_partial')"

COUNT = f"""
WITH facts AS NOT MATERIALIZED ({{facts}})
SELECT 'line', line, ARRAY[
    count(*) FILTER (WHERE at < %(start)s AND name <> 'outcome') - count(*) FILTER (WHERE at < %(start)s AND name = 'outcome'),
    count(*) FILTER (WHERE at >= %(start)s AND name = 'received'),
    count(*) FILTER (WHERE at >= %(start)s AND name = 'reopened'),
    count(*) FILTER (WHERE at >= %(start)s AND {ANSWERED}),
    count(*) FILTER (WHERE at >= %(start)s AND name = 'outcome' AND value = 'answered_partial'),
    count(*) FILTER (WHERE at >= %(start)s AND name = 'outcome' AND value = 'no_data'),
    count(*) FILTER (WHERE at >= %(start)s AND name = 'outcome' AND value = 'rejected'),
    count(*) FILTER (WHERE at >= %(start)s AND name = 'outcome' AND value = 'withdrawn'),
    count(*) FILTER (WHERE name <> 'outcome') - count(*) FILTER (WHERE name = 'outcome'),
    coalesce(sum(accounts) FILTER (WHERE at >= %(start)s AND {ANSWERED}), 0)::bigint,
    coalesce(sum(domains) FILTER (WHERE at >= %(start)s AND {ANSWERED}), 0)::bigint
]
FROM facts WHERE name IN ('received', 'reopened', 'outcome') AND at < %(end)s AND {STANDING} GROUP BY line
UNION ALL
SELECT 'notice', value, ARRAY[count(*)] FROM (
    SELECT DISTINCT ON (stream, subject) value FROM facts
    WHERE name = 'notice' AND at < %(end)s AND stream IN (
        SELECT stream FROM facts WHERE at >= %(start)s AND at < %(end)s AND {ANSWERED} AND {STANDING})
    ORDER BY stream, subject, at DESC, entry_id DESC
) duty WHERE value <> '' GROUP BY value
UNION ALL
SELECT 'fraudulent', '', ARRAY[count(DISTINCT stream)] FROM facts
WHERE name = 'fraud' AND at >= %(start)s AND at < %(end)s
"""  # noqa: E501, S608

# The other way to count what is open: case by case, instead of what came in minus what went out.
OPEN = f"""
WITH facts AS NOT MATERIALIZED ({{facts}})
SELECT line, count(*) FROM (
    SELECT max(line) FILTER (WHERE name = 'received') AS line FROM facts
    WHERE name IN ('received', 'reopened', 'outcome') AND at < %(at)s AND {STANDING}
    GROUP BY stream HAVING count(*) FILTER (WHERE name <> 'outcome') > count(*) FILTER (WHERE name = 'outcome')
) open_case GROUP BY line
"""  # noqa: S608


@dataclass(frozen=True)
class Counts:
    """What a period adds up to: national security is in none of it."""

    lines: Mapping[str, Figures]  # only those with something to say
    notices: Mapping[str, int]  # of the requests answered in the period; what is unknown has no figure
    fraudulent: int  # forgeries proven in the period


def count(period: Period, zone: tzinfo, *, sealed: int | None = None) -> Counts:
    """Return the counts of the period in the reporting zone, from the facts as they are in one moment.

    `sealed`: of the ledger as the checkpoint of that number sealed it, so that a published figure can be counted again
    at any later time. Raises DoesNotAddUp.
    """
    start_at, end_at = period.instants(zone)
    found: dict[str, dict[str, list[int]]] = {"line": {}, "notice": {}, "fraudulent": {}}
    values = {"start": start_at, "end": end_at, "sealed": sealed}
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(facts=source("ledger_fact", sealed)), values)
        for section, key, figures in cursor:
            found[section][key] = figures
    counted = {line: Figures(*figures) for line, figures in found["line"].items()}
    for line, figures in counted.items():
        lines.check(line, figures)
    return Counts(
        lines={line: figures for line, figures in counted.items() if figures.say_something},
        notices={value: number for value, [number] in found["notice"].items()},
        fraudulent=found["fraudulent"][""][0],
    )


def check_case_by_case(counts: Counts, period: Period, zone: tzinfo, *, sealed: int | None = None) -> None:
    """Count what was open at both ends of the period case by case, and raise DoesNotAddUp where that differs.

    A case that ended twice without being reopened between shows here. Several times slower than the count itself: it
    is asked before anything is published.
    """
    start_at, end_at = period.instants(zone)
    at_start, at_end = _open(start_at, sealed), _open(end_at, sealed)
    for line in counts.lines.keys() | at_start.keys() | at_end.keys():
        stated = counts.lines.get(line, Figures())
        if (stated.in_process_start, stated.in_process) != (at_start.get(line, 0), at_end.get(line, 0)):
            raise lines.DoesNotAddUp(
                _("%(line)s does not add up: case by case, another number is open. A fact stands in the ledger twice.")
                % {"line": line}
            )


def _open(at: datetime, sealed: int | None) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(OPEN.format(facts=source("ledger_fact", sealed)), {"at": at, "sealed": sealed})
        return dict(cursor.fetchall())
