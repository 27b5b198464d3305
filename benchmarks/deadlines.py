"""Computing the deadlines of 100,000 open cases anew, against reading the same rows and writing them back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from benchmarks.bench import Bench
from benchmarks.databases import Database
from benchmarks.measuring import Row, in_turn
from cases.actions.recomputing import recompute_deadlines

CASES = 100_000
ROUNDS = 1
ZONES = ("Europe/Dublin", "America/Los_Angeles")  # between which the receiving office moves, so that all days move

# Open EPOCs, each under two clocks, as an import leaves them.
AGENCY = """
INSERT INTO cases_agency (name, country, kind, email_domain, postal_address, first_seen_at)
VALUES ('Staatsanwaltschaft', 'DE', 'court', '', '', now()) RETURNING id
"""
FILL = """
INSERT INTO cases_case (reference, provenance, instrument_code, agency_id, agency_country, agency_reference, channel,
       received_at, asked, customer_country, authority_notified, controller_notice, silence_asked, is_emergency, danger,
       data_to_danger, queue_at, target_count, tally, is_gagged, has_objection, is_held, outcome, rejection_ground,
       state, state_left)
SELECT 'WD-2026-' || lpad(n::text, 9, '0'), 'imported', 'eu_epoc', %(agency)s, 'DE', 'AR-' || n, 'portal',
       '2026-09-01'::timestamptz + n %% 100000 * interval '1 minute', '{subscriber}', '', false, '', false, false, '',
       '', '9999-12-31 00:00+00', 0, '{}', false, false, false, '', '', 'received', ''
  FROM generate_series(1, %(cases)s) n
"""
CLOCKS = """
INSERT INTO cases_clock (case_id, rule, state, event_at, due_at, ends_answer, ends_delivery, explanation, steps,
       source, alternative, pauses)
SELECT c.id, rule, 'running', received_at, received_at, rule = 'epoc_answer', false, '', '{}', '', '', '[]'
  FROM cases_case c, unnest(ARRAY['epoc_answer', 'epoc_objection']) rule
"""


def rows(bench: Bench) -> Iterator[Row]:
    """Yield the seconds of a run in which every day moves, and of one in which none does."""
    cases = bench.size(CASES)
    database = _filled(bench, cases)
    zones = cycle(ZONES)
    with database.chosen():
        ours, floor = in_turn(ROUNDS, lambda: _recompute_all(bench, next(zones), 2 * cases), _read_and_write)
        again, reading = in_turn(ROUNDS, lambda: _recompute_none(bench, zone=ZONES[ROUNDS % 2]), _read)
    yield Row(
        f"deadlines of {cases:,} open cases, all of them moved",
        f"{ours.p50:.1f} s, {2 * cases / ours.p50:,.0f} clocks/s",
        f"reading and writing the same rows {floor.p50:.1f} s",
        ours.p50 / floor.p50,
        "≤ 60 s",
    )
    yield Row(
        f"deadlines of {cases:,} open cases, none of them moved",
        f"{again.p50:.1f} s, {2 * cases / again.p50:,.0f} clocks/s",
        f"reading the same rows {reading.p50:.1f} s",
        again.p50 / reading.p50,
        "≤ 60 s",
    )


def _filled(bench: Bench, cases: int) -> Database:
    """Return a database with so many open cases, their deadlines counted once so that each has its ledger."""
    database = bench.databases.copy("deadlines")
    with database.chosen():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('writdesk.importing', 'on', true)")
            cursor.execute(AGENCY)
            (agency,) = cursor.fetchone()
            cursor.execute(FILL, {"agency": agency, "cases": cases})
            cursor.execute(CLOCKS)
        _recompute_all(bench, ZONES[-1], 2 * cases)
    database.settle()
    return database


@contextmanager
def _office_in(zone: str) -> Iterator[None]:
    before = settings.WRITDESK
    settings.WRITDESK = replace(before, receiving_zone=ZoneInfo(zone))
    try:
        yield
    finally:
        settings.WRITDESK = before


def _recompute_all(bench: Bench, zone: str, clocks: int) -> None:
    with _office_in(zone):
        done = recompute_deadlines(now=bench.now)
    assert done.changed == clocks, done


def _recompute_none(bench: Bench, zone: str) -> None:
    with _office_in(zone):
        assert recompute_deadlines(now=bench.now).changed == 0


def _read() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT k.*, c.return_date FROM cases_clock k JOIN cases_case c ON c.id = k.case_id")
        return list(cursor.fetchall())


def _read_and_write() -> None:
    """Read every clock; write the clocks, their cases' places in the queue and the ledger's heads back as they were.

    The entries go, as many and as long, into a table without any check.
    """
    _read()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_clock SET due_at = due_at, explanation = explanation || '', steps = steps")
        cursor.execute("UPDATE cases_case SET queue_at = queue_at")
        cursor.execute("CREATE TABLE pg_temp.entries AS SELECT id, explanation FROM cases_clock")
        cursor.execute("UPDATE ledger_head SET length = length")
        cursor.execute("DROP TABLE pg_temp.entries")
