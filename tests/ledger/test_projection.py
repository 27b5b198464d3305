"""Invariant 9: a figure follows from the ledger, and a change of the facts shows."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from ledger import projection
from ledger.actions import append
from ledger.facts import Fact
from ledger.models import LedgerEntry, LedgerFact, RestrictedFact
from ledger.projection import Comparison
from tests.ledger.conftest import owner_without_triggers
from tests.ledger.kinds import MOVED

pytestmark = pytest.mark.django_db
Write = Callable[..., list[LedgerEntry]]


def test_a_fact_arrives_with_its_entry(received: Write, now: datetime) -> None:
    entry = received("case:1")[0]
    fact = LedgerFact.objects.get()
    assert (fact.entry_id, fact.stream, fact.name, fact.at) == (entry.id, "case:1", "received", now)
    assert (fact.line, fact.value, fact.subject) == ("us_subpoena", "", 0)
    assert (fact.accounts, fact.domains, fact.selectors) == (2, 3, 0)


def test_a_national_security_fact_stands_in_the_other_table_only(received: Write) -> None:
    received("case:1", restricted=True)
    assert not LedgerFact.objects.exists()
    assert RestrictedFact.objects.get().accounts == 2


def test_the_fact_is_of_when_it_became_true_and_not_of_when_it_was_recorded(now: datetime) -> None:
    yesterday = now - timedelta(days=1)
    append(stream="case:1", kind=MOVED, at=now, by=7, fact=Fact("outcome", yesterday, value="answered"), state="closed")
    assert LedgerFact.objects.get().at == yesterday


def test_an_entry_without_a_fact_leaves_none(now: datetime) -> None:
    append(stream="case:1", kind=MOVED, at=now, by=7, state="closed")
    assert projection.compare() == Comparison(missing=0, surplus=0, facts=0)


def test_the_check_passes_on_what_was_written(received: Write, capsys: pytest.CaptureFixture[str]) -> None:
    received("case:1")
    received("case:2", restricted=True)
    call_command("rebuild_facts", "--check")
    assert capsys.readouterr().out == "All 2 facts follow from the ledger.\n"


TAMPERING = [
    pytest.param("UPDATE ledger_fact SET accounts = 1 WHERE stream = 'case:1'", Comparison(1, 1, 3), id="one fewer"),
    pytest.param("UPDATE ledger_fact_restricted SET at = at - interval '1 year'", Comparison(1, 1, 3), id="a year off"),
    pytest.param("DELETE FROM ledger_fact", Comparison(2, 0, 3), id="deleted"),
    pytest.param(
        "INSERT INTO ledger_fact SELECT entry_id + 9, stream, name, at, line, value, 0, 1, 1, 1 FROM ledger_fact"
        " WHERE stream = 'case:1'",
        Comparison(0, 1, 3),
        id="made up",
    ),
    pytest.param(
        "WITH moved AS (DELETE FROM ledger_fact_restricted RETURNING *) INSERT INTO ledger_fact SELECT * FROM moved",
        Comparison(1, 1, 3),
        id="declassified",
    ),
]


@pytest.mark.parametrize(("statement", "difference"), TAMPERING)
def test_the_check_names_what_differs_and_a_rebuild_mends_it(
    statement: str, difference: Comparison, received: Write
) -> None:
    received("case:1")
    received("case:2")
    received("case:3", restricted=True)
    with owner_without_triggers() as tamper:
        tamper(statement)
    assert projection.compare() == difference
    with pytest.raises(CommandError, match=f"{difference.missing} missing, {difference.surplus} surplus"):
        call_command("rebuild_facts", "--check")

    call_command("rebuild_facts")

    assert projection.compare().is_equal


def test_after_a_rebuild_the_facts_are_closed_again(received: Write) -> None:
    received()
    with transaction.atomic():
        projection.rebuild()
        with pytest.raises(Exception, match="refused"), transaction.atomic():
            LedgerFact.objects.update(accounts=0)
