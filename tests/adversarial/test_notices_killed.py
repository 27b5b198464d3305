"""Invariant 4: no notice is lost, or sent again by the software, because a worker was killed. By real SIGKILLs."""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta

import pytest

from cases.models import Case
from cases.states import DutyState
from notifications.actions.planning import plan_notices
from notifications.actions.sending import send_due
from notifications.actions.sweeping import ABANDONED_AFTER, sweep
from notifications.models import Attempt, Message
from notifications.states import MessageState
from tests import lives
from tests.fixtures.mail import Sink
from tests.lives import Staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(staff: Staff, now: datetime, smtp_sink: Sink) -> Case:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_notices(now=now)
    return case


def worker(moment: str, now: datetime) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.adversarial.dying_sender", moment, now.isoformat()]
    return subprocess.Popen(command, env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"})


def killed(moment: str, now: datetime) -> None:
    assert worker(moment, now).wait(timeout=60) == -signal.SIGKILL


def restarted(now: datetime) -> None:
    """What the clock does after the restart, for a month."""
    for days in (0, 1, 30):
        later = now + ABANDONED_AFTER + timedelta(days=days)
        sweep(now=later)
        plan_notices(now=later)
        send_due(now=later)


def test_killed_before_the_attempt_is_recorded_it_is_sent_once_after_the_restart(
    case: Case, now: datetime, smtp_sink: Sink
) -> None:
    killed("before the attempt is recorded", now)
    assert (len(smtp_sink.letters), Attempt.objects.count()) == (0, 0)
    restarted(now)
    assert len(smtp_sink.letters) == 1
    assert case.duties.get().state == DutyState.DELIVERED


@pytest.mark.parametrize(
    ("moment", "in_the_sink"), [("before the first byte", 0), ("after the relay's answer", 1)], ids=lambda value: value
)
def test_killed_between_attempt_and_outcome_it_is_uncertain_and_never_sent_again(
    moment: str, in_the_sink: int, case: Case, now: datetime, smtp_sink: Sink
) -> None:
    killed(moment, now)
    assert len(smtp_sink.letters) == in_the_sink
    restarted(now)
    assert_uncertain(case)
    assert len(smtp_sink.letters) == in_the_sink


def test_killed_from_outside_while_the_relay_thinks_it_is_uncertain_and_never_sent_again(
    case: Case, now: datetime, smtp_sink: Sink
) -> None:
    smtp_sink.hangs = True
    process = worker("never", now)
    patience = time.monotonic() + 60
    while not Attempt.objects.exists():
        assert time.monotonic() < patience
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=60)
    smtp_sink.hangs = False
    smtp_sink.letters.clear()
    restarted(now)
    assert_uncertain(case)
    assert smtp_sink.letters == []


def test_killed_after_the_outcome_it_was_sent_once(case: Case, now: datetime, smtp_sink: Sink) -> None:
    killed("after the outcome", now)
    restarted(now)
    assert len(smtp_sink.letters) == 1
    assert Message.objects.get().state == MessageState.SENT
    assert case.duties.get().state == DutyState.DELIVERED


def test_a_slow_worker_is_not_taken_for_a_dead_one(case: Case, now: datetime, smtp_sink: Sink) -> None:
    smtp_sink.hangs = True
    process = worker("never", now)
    patience = time.monotonic() + 60
    while not Attempt.objects.exists():
        assert time.monotonic() < patience
        time.sleep(0.02)
    time.sleep(0.1)  # from the record of the attempt to the lock of the case
    assert sweep(now=now + timedelta(hours=1)) == 0
    smtp_sink.hangs = False
    assert process.wait(timeout=60) == 0
    assert Message.objects.get().state == MessageState.SENT


def assert_uncertain(case: Case) -> None:
    """One row that a person must settle, nothing counted as delivered."""
    message = Message.objects.get()
    assert (message.state, message.attempts.get().outcome) == (MessageState.UNCERTAIN, None)
    duty = case.duties.get()
    assert (duty.state, duty.delivered_at) == (DutyState.PENDING, None)
    assert duty.uncertain_at is not None
