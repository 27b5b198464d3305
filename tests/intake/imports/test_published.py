"""Two half-published years: what the facts say after the import is what the provider published."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from cases.models import Case, NondisclosureOrder, NoticeDuty, Target
from cases.states import CaseState
from intake.actions.importing import Summary, import_file
from tests.intake.files import DATA

pytestmark = pytest.mark.django_db

# One statement written by hand from the counting rules: no code of ours counts here.
COUNT = """
SELECT line,
       count(*) FILTER (WHERE name = 'received' AND at >= %(start)s) AS received,
       count(*) FILTER (WHERE value IN ('answered', 'answered_partial') AND at >= %(start)s) AS answered,
       count(*) FILTER (WHERE value = 'rejected' AND at >= %(start)s) AS rejected,
       count(*) FILTER (WHERE name = 'received' AND at < %(start)s)
       - count(*) FILTER (WHERE name = 'outcome' AND at < %(start)s) AS in_process_start,
       count(*) FILTER (WHERE name = 'received') - count(*) FILTER (WHERE name = 'outcome') AS in_process,
       coalesce(sum(accounts) FILTER (WHERE value IN ('answered', 'answered_partial') AND at >= %(start)s), 0),
       coalesce(sum(domains) FILTER (WHERE value IN ('answered', 'answered_partial') AND at >= %(start)s), 0)
  FROM ledger_fact WHERE name IN ('received', 'outcome') AND at < %(end)s GROUP BY line
"""
NOTICES = """
SELECT n.value, count(*) FROM ledger_fact n JOIN ledger_fact o USING (stream)
 WHERE n.name = 'notice' AND n.at < %(end)s AND o.name = 'outcome'
   AND o.value IN ('answered', 'answered_partial', 'no_data') AND o.at >= %(start)s AND o.at < %(end)s
 GROUP BY n.value
"""
PERIODS = {
    "2018-H2": {"start": "2018-07-01T00:00Z", "end": "2019-01-01T00:00Z"},
    "2013": {"start": "2013-01-01T00:00Z", "end": "2014-01-01T00:00Z"},
}


def bring(label: str, now: datetime) -> Summary:
    return import_file(DATA / "imports" / f"{label}.csv", now=now)


def expected(label: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / "expected" / f"{label}.json").read_text())
    return found


def ask(sql: str, label: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, PERIODS[label])
        return list(cursor)


@pytest.mark.parametrize("label", list(PERIODS))
def test_every_published_figure_follows_from_the_facts(label: str, now: datetime) -> None:
    bring(label, now)
    lines = {row[0]: [int(figure) for figure in row[1:]] for row in ask(COUNT, label) if any(row[1:])}
    names = ["received", "answered", "rejected", "in_process_start", "in_process"]
    names += ["accounts_affected", "domains_affected"]
    assert lines == {line["line"]: [line[name] for name in names] for line in expected(label)["lines"]}


@pytest.mark.parametrize("label", list(PERIODS))
def test_every_published_notice_follows_from_the_facts(label: str, now: datetime) -> None:
    bring(label, now)
    published = {value: count for value, count in expected(label)["notices"].items() if count}
    assert dict(ask(NOTICES, label)) == published


def test_a_second_import_adds_nothing_and_has_nothing_to_say(now: datetime) -> None:
    bring("2018-H2", now)
    models = (Case, Target, NoticeDuty, NondisclosureOrder)
    before = [model.objects.count() for model in models]
    again = bring("2018-H2", now)
    assert [model.objects.count() for model in models] == before
    assert again == Summary(already_there=79)


def test_what_was_silent_waits_with_its_order_and_the_open_ones_with_their_work(now: datetime) -> None:
    summary = bring("2018-H2", now)
    assert (summary.imported, summary.held) == (79, 43)
    ordinary = Case.objects.filter(compartment=None)
    assert ordinary.filter(state=CaseState.RECEIVED, is_held=True, provenance="live").count() == 3
    silent = ordinary.filter(state=CaseState.ANSWERED, is_held=True, provenance="imported")
    assert silent.count() == 40
    assert NoticeDuty.objects.filter(case__in=silent, state="withheld", order__basis="us_2705b").count() == 40
    assert ordinary.filter(state=CaseState.CLOSED, is_held=False, provenance="imported").count() == 36
