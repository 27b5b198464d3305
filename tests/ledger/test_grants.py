"""In production the application's role adds to the ledger and reads it. It owns nothing and changes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from pytest_django.fixtures import Settings

from ledger import grants, projection
from ledger.actions import Row, append, append_many, checkpoint
from ledger.checks import history_is_out_of_reach
from ledger.facts import Fact
from ledger.verification import verify
from tests.ledger.kinds import MOVED

pytestmark = pytest.mark.django_db
ROLE = "writdesk app's role"


@contextmanager
def connected_as_the_application() -> Iterator[None]:
    """Be a role that has the rights of ledger_grants and no other; it goes away with the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE ROLE "{ROLE}"')
        call_command("ledger_grants", "--role", ROLE, "--apply")
        cursor.execute(f'SET LOCAL ROLE "{ROLE}"')
        yield
        cursor.execute("RESET ROLE")


def test_the_application_can_append_seal_and_verify(now: datetime) -> None:
    fact = Fact("received", now, line="us_subpoena")
    with connected_as_the_application():
        append(stream="case:1", kind=MOVED, at=now, by=7, state="closed")
        append(stream="case:1", kind=MOVED, at=now, by=7, fact=fact, state="closed")
        append_many([Row(f"case:{case}", MOVED, now, 7, fact, {"state": "closed"}) for case in range(1, 4)])
        assert checkpoint(now)
        assert verify().first_break is None
        assert projection.compare() == projection.Comparison(missing=0, surplus=0, facts=4)


@pytest.mark.parametrize("table", grants.TABLES)
@pytest.mark.parametrize(
    "statement", ["DELETE FROM {}", "TRUNCATE {}", "ALTER TABLE {} DISABLE TRIGGER USER", "DROP TABLE {}"]
)
def test_the_application_cannot_take_anything_away(statement: str, table: str) -> None:
    with (
        connected_as_the_application(),
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET payload = '{}'",
        "UPDATE ledger_head SET stream = 'case:2'",
        "UPDATE ledger_fact SET accounts = 0",
        "UPDATE ledger_checkpoint SET signature = ''",
        "INSERT INTO ledger_fact SELECT * FROM ledger_fact",
        "SELECT setval('ledger_head_number_seq', 1)",
    ],
)
def test_the_application_cannot_change_anything(statement: str) -> None:
    with (
        connected_as_the_application(),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_without_apply_the_statements_are_printed_and_not_run(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("ledger_grants", "--role", "mallory'; --")
    printed = capsys.readouterr().out
    assert "GRANT INSERT ON ledger_entry" in printed
    assert printed.count('"mallory\'; --";') == len(grants.RIGHTS)


def test_a_role_that_does_not_exist_is_named() -> None:
    with pytest.raises(CommandError, match="nobody"):
        call_command("ledger_grants", "--role", "nobody", "--apply")


def test_in_production_the_owner_is_not_to_serve_requests(settings: Settings) -> None:
    settings.PRODUCTION = True
    (error,) = history_is_out_of_reach(None, databases=["default"])
    assert error.id == "ledger.E001"
    assert "ledger_entry" in error.msg


def test_in_production_the_application_may(settings: Settings) -> None:
    settings.PRODUCTION = True
    with connected_as_the_application():
        assert history_is_out_of_reach(None, databases=["default"]) == []


def test_elsewhere_one_role_may_do_both(settings: Settings) -> None:
    settings.PRODUCTION = False
    assert history_is_out_of_reach(None, databases=["default"]) == []
