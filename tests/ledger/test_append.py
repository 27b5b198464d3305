import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ledger import chain
from ledger.actions import NotInTransaction, append
from ledger.models import LedgerEntry, LedgerHead
from ledger.verification import verify
from tests.ledger.kinds import MOVED

Write = Callable[..., list[LedgerEntry]]


@pytest.mark.django_db
def test_the_first_entry_opens_its_stream(now: datetime) -> None:
    entry = append(stream="case:1", kind=MOVED, at=now, by=7, state="closed")
    assert (entry.seq, entry.prev_hash) == (1, chain.GENESIS)
    head = LedgerHead.objects.get(stream="case:1")
    assert (head.length, head.last_hash) == (1, entry.hash)
    assert entry.id == chain.entry_id(head.number, 1)


@pytest.mark.django_db
def test_each_entry_follows_the_one_before(received: Write) -> None:
    entries = received(moves=3)
    assert [entry.seq for entry in entries] == [1, 2, 3, 4]
    assert [entry.prev_hash for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]


@pytest.mark.django_db
def test_what_is_returned_is_what_stands(received: Write) -> None:
    for entry in received():
        kept = LedgerEntry.objects.get(pk=entry.pk)
        assert (kept.stream, kept.seq, kept.payload) == (entry.stream, entry.seq, entry.payload)
        assert (kept.prev_hash, kept.hash) == (entry.prev_hash, entry.hash)


@pytest.mark.django_db
def test_an_append_is_one_statement(now: datetime) -> None:
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            append(stream="case:1", kind=MOVED, at=now, by=7, state="closed")
        assert len(queries) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("stream", ["case 1", 'case:"1"', "Case:1", "case:", ""])
def test_a_stream_of_another_form_is_refused(stream: str, now: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        append(stream=stream, kind=MOVED, at=now, by=7, state="closed")


@pytest.mark.django_db(transaction=True)
def test_an_append_outside_a_transaction_is_refused(now: datetime) -> None:
    with pytest.raises(NotInTransaction):
        append(stream="case:1", kind=MOVED, at=now, by=7, state="closed")
    assert not LedgerEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_entry_goes_with_the_change_that_it_records(now: datetime) -> None:
    with transaction.atomic():
        append(stream="case:1", kind=MOVED, at=now, by=7, state="closed")
        transaction.set_rollback(True)
    assert not LedgerEntry.objects.exists()
    assert not LedgerHead.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_append_leaves_no_gap(received: Write, now: datetime) -> None:
    received(moves=1)
    with transaction.atomic():
        append(stream="case:1", kind=MOVED, at=now, by=7, state="never")
        transaction.set_rollback(True)
    with transaction.atomic():
        entry = append(stream="case:1", kind=MOVED, at=now, by=7, state="closed")
    assert entry.seq == 3
    assert verify().first_break is None


@pytest.mark.django_db(transaction=True)
def test_eight_people_at_once_leave_one_chain_without_a_gap(now: datetime) -> None:
    def write(person: int) -> None:
        try:
            for _ in range(10):
                with transaction.atomic():
                    append(stream="staff", kind=MOVED, at=now, by=person, state="closed")
                    append(stream=f"case:{person}", kind=MOVED, at=now, by=person, state="closed")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as people:
        list(people.map(write, range(8)))
    seqs = LedgerEntry.objects.filter(stream="staff").order_by("seq").values_list("seq", flat=True)
    assert list(seqs) == list(range(1, 81))
    assert verify().first_break is None


APPEND_AND_WAIT = """
import sys, time, psycopg
with psycopg.connect(sys.argv[1]) as writer:
    writer.execute("SELECT ledger_append('case:1', '{\\"kind\\": \\"test.moved\\"}')")
    print("written", flush=True)
    time.sleep(60)
"""


@pytest.mark.django_db(transaction=True)
def test_a_writer_killed_before_its_commit_leaves_nothing(fresh_database: str, received: Write, now: datetime) -> None:
    received(moves=0)
    with subprocess.Popen(
        [sys.executable, "-c", APPEND_AND_WAIT, fresh_database], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "written\n"
        writer.kill()
    with transaction.atomic():
        # Waits until the database noticed the death, then continues where the last commit ended.
        assert append(stream="case:1", kind=MOVED, at=now, by=7, state="closed").seq == 2
    assert verify().first_break is None
