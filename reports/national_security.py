"""The one place that reads national security facts. Nothing leaves it but bands (50 USC 1874)."""

from datetime import datetime, tzinfo

from django.db import connection

from reports.facts import source
from reports.rules.bands import Category, Structure, band
from reports.rules.periods import Period
from reports.rules.windows import categories_due

# An instrument counts in the window in which it was received, with the selectors it named at most, unless it was
# taken back before anything was answered: then nobody was required to comply with it.
COUNT = """
WITH facts AS NOT MATERIALIZED ({facts}), instruments AS (
    SELECT max(line) FILTER (WHERE name = 'received') AS line, max(selectors) AS selectors
    FROM facts
    WHERE at < %(end)s AND name IN ('received', 'outcome')
      AND stream NOT IN (SELECT stream FROM facts WHERE name IN ('fraud', 'duplicate'))
    GROUP BY stream
    HAVING bool_or(name = 'received' AND at >= %(start)s)
       AND (NOT bool_or(value = 'withdrawn') OR bool_or(value IN ('answered', 'answered_partial', 'no_data')))
)
SELECT count(*), coalesce(sum(selectors), 0) FROM instruments
WHERE %(instruments)s::text[] IS NULL OR line = ANY(%(instruments)s::text[])
"""

Block = dict[str, object]


def block(
    structure: Structure, period: Period, zone: tzinfo, *, now: datetime, sealed: int | None = None
) -> Block | None:
    """Return the block of a report made at `now`, None where the structure allows none for that period.

    It holds the structure's name and bands; the numbers themselves are known inside this function only.
    """
    due = categories_due(structure, period, now.astimezone(zone).date())
    if not due:
        return None
    start_at, end_at = period.instants(zone)
    stated = [_stated(category, structure.size, start_at, end_at, sealed) for category in due]
    if due == structure.categories and len(due) == 1:
        return {"structure": structure.cite, **stated[0]}
    return {"structure": structure.cite, "categories": stated}


def _stated(category: Category, size: int, start_at: datetime, end_at: datetime, sealed: int | None) -> dict[str, str]:
    values = {
        "start": start_at,
        "end": end_at,
        "sealed": sealed,
        "instruments": None if category.instruments is None else sorted(category.instruments),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(facts=source("ledger_fact_restricted", sealed)), values)
        process, selectors = cursor.fetchone()
    name = {"category": category.name} if category.name else {}
    return {**name, "process": band(process, size), "selectors": band(int(selectors), size)}
