"""A test that commits has a database of its own; the ledger's triggers stay on in it."""

import threading

import psycopg
import pytest
from django.db import Error, connection

from accounts.models import User


@pytest.mark.parametrize("turn", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_what_one_commits_the_next_does_not_find(turn: str, analyst: User) -> None:
    assert not connection.in_atomic_block
    assert User.objects.count() == 2  # the analyst and who made her one


def test_threads_and_other_processes_reach_it(fresh_database: str, ines: User) -> None:
    found: list[int] = []

    def look() -> None:
        found.append(User.objects.filter(name=ines.name).count())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [1]
    with psycopg.connect(fresh_database) as other:
        assert other.execute("SELECT count(*) FROM accounts_user WHERE name = %s", [ines.name]).fetchone() == (1,)


def test_history_cannot_be_emptied_in_it_either(fresh_database: str) -> None:
    with pytest.raises(Error, match="refused"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE ledger_entry CASCADE")


@pytest.mark.django_db
def test_other_tests_roll_back(analyst: User) -> None:
    assert connection.in_atomic_block
