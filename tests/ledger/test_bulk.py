from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from ledger import projection
from ledger.actions import NotInTransaction, Row, append, append_many, bulk
from ledger.facts import Fact
from ledger.models import LedgerEntry, LedgerHead
from ledger.payloads import InvalidField
from ledger.verification import verify
from tests.ledger.kinds import MOVED, RECEIVED

pytestmark = pytest.mark.django_db
Write = Callable[..., list[LedgerEntry]]


def history(now: datetime) -> list[Row]:
    """Three cases with something of the staff's between."""
    rows = []
    for case in range(1, 4):
        fact = Fact("received", now, line="us_subpoena", accounts=case, restricted=case == 2)
        fields = {"channel": "file", "targets": case, "signed_on": now.date()}
        rows.append(Row(f"case:{case}", RECEIVED, now, None, fact, fields))
        rows.append(Row("staff", MOVED, now, 7, None, {"state": "counted"}))
        rows.append(Row(f"case:{case}", MOVED, now + timedelta(hours=case), 7, None, {"state": "closed"}))
    return rows


def as_written() -> list[tuple[object, ...]]:
    return list(LedgerEntry.objects.order_by("id").values_list("id", "stream", "seq", "payload", "hash"))


def heads() -> list[tuple[object, ...]]:
    return list(LedgerHead.objects.order_by("number").values_list("number", "stream", "length", "last_hash"))


def number_streams_from(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('ledger_head', 'number'), %s)", [number])


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_many_at_once_and_one_after_another_leave_the_same_ledger(
    batch: int, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", batch)
    number_streams_from(500)
    with transaction.atomic():
        for stream, kind, at, by, fact, fields in history(now):
            append(stream=stream, kind=kind, at=at, by=by, fact=fact, **fields)
        one_by_one = as_written(), heads()
        transaction.set_rollback(True)
    number_streams_from(500)

    append_many(history(now))

    assert (as_written(), heads()) == one_by_one


def test_many_at_once_continue_streams_that_exist(received: Write, now: datetime) -> None:
    received("case:1", moves=2)
    append_many(history(now))
    assert append(stream="case:1", kind=MOVED, at=now, by=7, state="closed").seq == 6
    assert verify().first_break is None


def test_many_at_once_bring_their_facts(now: datetime) -> None:
    append_many(history(now))
    assert projection.compare() == projection.Comparison(missing=0, surplus=0, facts=3)


def test_one_bad_row_refuses_all(now: datetime) -> None:
    bad = Row("case:4", MOVED, now, 7, None, {"state": "carla@example.org"})
    with pytest.raises(InvalidField), transaction.atomic():
        append_many([*history(now), bad])
    assert not LedgerEntry.objects.exists()


def test_nothing_to_append_is_fine() -> None:
    append_many([])
    assert not LedgerHead.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_at_once_outside_a_transaction_are_refused(now: datetime) -> None:
    with pytest.raises(NotInTransaction):
        append_many(history(now))
