"""Invariant 2, concurrently: an order not to tell stops a notice, or is told plainly that it left. Real threads."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TypeVar

import pytest
from django.db import connection, transaction

from cases.actions.nondisclosure import NewOrder, Recorded, record_order
from cases.models import Case
from cases.states import DutyState
from notifications.actions.planning import plan, plan_notices
from notifications.actions.sending import send_due
from notifications.models import Attempt, Message
from notifications.states import MessageState
from tests import lives
from tests.fixtures.mail import Sink
from tests.lives import Staff

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")


def apart(pool: ThreadPoolExecutor, work: Callable[[], T]) -> Future[T]:
    """Do the work in another thread, over a connection of its own."""

    def run() -> T:
        try:
            return work()
        finally:
            connection.close()

    return pool.submit(run)


def brandts_order(case: Case, staff: Staff, now: datetime) -> Recorded:
    new = NewOrder(
        basis="us_2705b", provision="18 USC 2705(b)", first_day=now.date(), zone="America/Los_Angeles", court="D. Or."
    )
    return record_order(case_id=case.pk, new=new, by=staff.analyst, now=now)


def until(condition: Callable[[], bool]) -> None:
    patience = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < patience
        time.sleep(0.01)


def somebody_is_at_work_on_a_case() -> bool:
    """Whether another connection holds rows of cases; asked without taking any."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE relation = 'cases_case'::regclass AND mode = 'RowShareLock' "
            "AND pid <> pg_backend_pid() "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return bool(cursor.fetchone()[0])


def test_an_order_waits_for_a_message_on_its_way_and_is_told_that_it_left(
    staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_notices(now=now)
    smtp_sink.hangs = True
    with ThreadPoolExecutor(2) as pool:
        sender = apart(pool, lambda: send_due(now=now))
        until(lambda: Attempt.objects.exists() and somebody_is_at_work_on_a_case())
        recorder = apart(pool, lambda: brandts_order(case, staff, now))
        time.sleep(0.3)
        assert not recorder.done()
        smtp_sink.hangs = False
        assert sender.result(30) == 1
        recorded = recorder.result(30)
    duty = case.duties.get()
    assert [told.pk for told in recorded.told_before] == [duty.pk]
    assert (duty.state, duty.told_before) == (DutyState.DELIVERED, True)
    assert len(smtp_sink.letters) == 1


def test_an_order_being_recorded_stops_the_message(staff: Staff, now: datetime, smtp_sink: Sink) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_notices(now=now)
    may_commit, is_written = threading.Event(), threading.Event()

    def record_slowly() -> Recorded:
        with transaction.atomic():
            recorded = brandts_order(case, staff, now)
            is_written.set()
            may_commit.wait(30)
            return recorded

    with ThreadPoolExecutor(2) as pool:
        recorder = apart(pool, record_slowly)
        assert is_written.wait(30)
        assert apart(pool, lambda: send_due(now=now)).result(30) == 0
        may_commit.set()
        assert recorder.result(30).told_before == ()
    later = now + timedelta(minutes=1)
    assert send_due(now=later) == 0
    assert Message.objects.get().state == MessageState.CANCELLED
    assert case.duties.get().state == DutyState.WITHHELD
    assert smtp_sink.letters == []


def test_at_the_same_moment_either_no_mail_leaves_or_the_order_is_told_so(
    staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    cases = [lives.notice_pending(lives.received(now), staff, now) for _ in range(5)]
    for case in cases:
        plan(case.duties.get().pk, now=now)
        start = threading.Barrier(2)

        def send(start: threading.Barrier = start) -> int:
            start.wait()
            return send_due(now=now)

        def order(start: threading.Barrier = start, case: Case = case) -> Recorded:
            start.wait()
            return brandts_order(case, staff, now)

        letters = len(smtp_sink.letters)
        with ThreadPoolExecutor(2) as pool:
            sender, recorder = apart(pool, send), apart(pool, order)
            sender.result(30)
            left = len(smtp_sink.letters) - letters
            assert len(recorder.result(30).told_before) == left
        send_due(now=now + timedelta(minutes=1))
        assert len(smtp_sink.letters) - letters == left


def test_two_schedulers_and_two_workers_at_once_send_each_notice_once(
    staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    customers = [lives.carla() for _ in range(3)]
    for _ in range(4):
        lives.notice_pending(lives.received(now, customers=customers), staff, now)
    start = threading.Barrier(2)

    def plan() -> int:
        start.wait()
        return plan_notices(now=now)

    def send() -> int:
        start.wait()
        return send_due(now=now)

    with ThreadPoolExecutor(2) as pool:
        for future in [apart(pool, plan), apart(pool, plan)]:
            future.result(30)
        plan_notices(now=now)  # for what each left to the other
        for future in [apart(pool, send), apart(pool, send)]:
            future.result(30)
    send_due(now=now + timedelta(minutes=1))
    assert len(smtp_sink.letters) == 12
    assert len({letter.message["Message-ID"] for letter in smtp_sink.letters}) == 12
    assert Message.objects.count() == 12
