"""100,000 notices due at once: whether they leave steadily, and how the console fares meanwhile."""

import time
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction
from django.test import Client

from accounts.demonstration import make_people
from benchmarks import sink
from benchmarks.bench import Bench
from benchmarks.measuring import Row, Times, timed
from benchmarks.people import readers
from cases.actions.agencies import find_or_add_agency
from notifications.actions.planning import plan_notices
from notifications.actions.sending import send_due
from notifications.models import Message
from notifications.states import MessageState

DUE = 100_000
WORKERS = 2
SLICES, SECONDS = 3, 20  # of the draining that are watched
PAGES = ("/", "/notices/", "/inbox/")

# What the planner and the sender ask of a case, in as few statements as the tables are.
_CASES = """
INSERT INTO cases_case (reference, provenance, instrument_code, agency_id, agency_country, agency_reference, channel,
       received_at, asked, customer_country, authority_notified, controller_notice, silence_asked, is_emergency, danger,
       data_to_danger, queue_at, target_count, tally, is_gagged, has_objection, is_held, outcome, rejection_ground,
       state, state_left)
SELECT 'WD-2026-' || lpad(n::text, 9, '0'), 'imported', 'us_subpoena', %(agency)s, 'US', '', 'email', %(now)s,
       '{subscriber}', '', false, '', false, false, '', '', '9999-12-31 00:00+00', 1, '{}', false, false, false, '', '',
       'notice_pending', ''
  FROM generate_series(1, %(due)s) n
"""
_CUSTOMERS = """
INSERT INTO cases_customer (identifier, name, email, language, country, nationality, timezone, role)
SELECT 'acct-' || id, 'Carla', 'carla' || id || '@customer.example', 'en', 'US', '', 'UTC', 'person' FROM cases_case
"""
_DUTIES = """
INSERT INTO cases_noticeduty (case_id, customer_id, kind, state, due_at, is_held, basis, reason, window_explanation,
       told_before)
SELECT c.id, p.id, 'request', 'pending', %(now)s, false, '', '', '', false
  FROM cases_case c JOIN cases_customer p ON p.identifier = 'acct-' || c.id
"""
_TARGETS = """
INSERT INTO cases_target (case_id, duty_id, customer_id, kind, value, asked, authorised, authorised_fields, cut_reason,
       match)
SELECT case_id, id, customer_id, 'account', 'acct-' || case_id, '{subscriber}', '{}', '{}', '', 'found'
  FROM cases_noticeduty
"""
_PRESERVATIONS = """
INSERT INTO cases_preservation (case_id, rule, starts_date, extensions, confirmed_at, reason, lapsed_because)
SELECT id, 'interim', %(now)s, 0, %(now)s, '', '' FROM cases_case
"""


def rows(bench: Bench) -> Iterator[Row]:
    """Yield the pages' time while notices drain against their time at rest, and the last slice against the first."""
    database = bench.databases.copy("draining")
    with sink.running() as relay, database.chosen():
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", relay.port, True
        client = readers(bench.now)["member"]
        _owe(bench.size(DUE), bench.now)
        database.settle()
        at_rest = _looked_at(client, seconds=SECONDS / 2)
        workers = _at_work(bench.now)
        try:
            slices = [_slice(client) for _number in range(SLICES)]
        finally:
            for worker in workers:
                worker.terminate()
                worker.join()
        waiting = bench.size(DUE)
    meanwhile = Times(tuple(one for times, _sent in slices for one in times.each))
    yield Row(
        f"the console while {waiting:,} notices drain",
        str(meanwhile),
        f"at rest: {at_rest}",
        meanwhile.p50 / at_rest.p50,
        "≤ 1.5",
    )
    first, last = slices[0][1], slices[-1][1]
    yield Row(
        "notices a second, the last slice",
        f"{last / SECONDS:.0f}/s",
        f"the first: {first / SECONDS:.0f}/s",
        first / last,
    )


def _slice(client: Client) -> tuple[Times, int]:
    before = _sent()
    times = _looked_at(client, seconds=SECONDS)
    return times, _sent() - before


def _sent() -> int:
    return Message.objects.filter(state=MessageState.SENT).count()


def _looked_at(client: Client, *, seconds: float) -> Times:
    """Look at the pages in turn, as a person who looks again and again."""
    until, each = time.monotonic() + seconds, []
    while time.monotonic() < until:
        for page in PAGES:
            each.append(timed(partial(client.get, page)))
            time.sleep(0.2)
    return Times(tuple(each))


def _at_work(now: datetime) -> list[ForkProcess]:
    """Start planner and senders, each in a process of its own as the workers are."""
    connections.close_all()
    fork = get_context("fork")
    works = [lambda: plan_notices(now=now), *[lambda: _send_on(now)] * WORKERS]
    workers = [fork.Process(target=work, daemon=True) for work in works]
    for worker in workers:
        worker.start()
    return workers


def _send_on(now: datetime) -> None:
    while True:
        send_due(now=now)
        time.sleep(0.2)


def _owe(number: int, now: datetime) -> None:
    make_people(now)
    agency = find_or_add_agency(name="Springfield Police", country="US", kind="law_enforcement", now=now)
    values: dict[str, Any] = {"agency": agency.pk, "now": now, "due": number}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('writdesk.importing', 'on', true)")
        for statement in (_CASES, _CUSTOMERS, _DUTIES, _TARGETS, _PRESERVATIONS):
            cursor.execute(statement, values)
