"""What each answer of a real relay leads to."""

from datetime import datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from cases.models import Case
from cases.states import DutyState
from notifications import backoff
from notifications.actions.sending import send_due
from notifications.states import AttemptOutcome, Because, MessageState
from tests import lives
from tests.fixtures.mail import Sink
from tests.lives import Staff
from tests.notifications.scene import messages_of, plan_and_send

pytestmark = pytest.mark.django_db

CARLA = "carla@customer.example"


@pytest.fixture
def case(staff: Staff, now: datetime) -> Case:
    return lives.notice_pending(lives.received(now, customers=[lives.carla(email=CARLA)]), staff, now)


def test_what_the_relay_puts_off_is_tried_again_later_and_later(case: Case, now: datetime, smtp_sink: Sink) -> None:
    smtp_sink.replies[CARLA] = "451 4.7.1 greylisted"
    plan_and_send(now)
    (message,) = messages_of(case)
    assert (message.state, message.attempts.get().reply_code) == (MessageState.PLANNED, 451)
    assert now + timedelta(minutes=1) <= message.next_attempt_at <= now + timedelta(seconds=90)
    assert send_due(now=now + timedelta(seconds=30)) == 0
    smtp_sink.replies.clear()
    assert send_due(now=now + timedelta(seconds=90)) == 1
    outcomes = [attempt.outcome for attempt in messages_of(case)[0].attempts.all()]
    assert outcomes == [AttemptOutcome.DEFERRED, AttemptOutcome.SENT]


def test_after_days_of_trying_a_person_looks(
    case: Case, now: datetime, smtp_sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backoff, "GIVE_UP_AFTER", timedelta(hours=6))
    smtp_sink.final_reply = "452 4.3.1 disk full"
    plan_and_send(now)
    later = now
    while (message := messages_of(case)[0]).state == MessageState.PLANNED:
        assert message.next_attempt_at - later <= backoff.LONGEST * 1.5
        later = message.next_attempt_at
        send_due(now=later)
    assert (message.state, message.because) == (MessageState.FAILED, Because.GAVE_UP)
    assert later - now > backoff.GIVE_UP_AFTER
    assert 9 <= message.attempt_count <= 10
    assert case.duties.get().state == DutyState.FAILED


@pytest.mark.parametrize("where", ["recipient", "text"])
def test_what_the_relay_refuses_for_good_is_a_persons_work(
    where: str, case: Case, now: datetime, smtp_sink: Sink
) -> None:
    if where == "recipient":
        smtp_sink.replies[CARLA] = "550 5.1.1 no such user"
    else:
        smtp_sink.final_reply = "554 5.7.1 not wanted"
    plan_and_send(now)
    (message,) = messages_of(case)
    assert (message.state, message.because) == (MessageState.FAILED, Because.REFUSED)
    assert case.duties.get().state == DutyState.FAILED
    assert plan_and_send(now + timedelta(days=1)) == 0


def test_no_relay_at_all_is_tried_again(case: Case, now: datetime, smtp_sink: Sink, settings: Settings) -> None:
    settings.EMAIL_PORT = 1
    plan_and_send(now)
    (message,) = messages_of(case)
    assert (message.state, message.attempts.get().outcome) == (MessageState.PLANNED, AttemptOutcome.DEFERRED)
    assert case.duties.get().uncertain_at is None


def test_no_answer_after_the_text_leaves_us_not_knowing_and_nothing_is_sent_again(
    case: Case, now: datetime, smtp_sink: Sink, settings: Settings
) -> None:
    settings.EMAIL_TIMEOUT = 1
    smtp_sink.hangs = True
    plan_and_send(now)
    (message,) = messages_of(case)
    attempt = message.attempts.get()
    assert (message.state, attempt.outcome, attempt.finished_at) == (MessageState.UNCERTAIN, None, now)
    duty = case.duties.get()
    assert (duty.state, duty.uncertain_at, duty.window_ends_at) == (DutyState.PENDING, now, None)
    smtp_sink.hangs = False
    smtp_sink.letters.clear()
    assert plan_and_send(now + timedelta(days=30)) == 0
    assert smtp_sink.letters == []


def test_a_refusal_of_one_does_not_stop_the_others(staff: Staff, now: datetime, smtp_sink: Sink) -> None:
    customers = [lives.carla(email=CARLA), lives.carla(), lives.carla()]
    smtp_sink.replies[CARLA] = "550 5.1.1 no such user"
    lives.notice_pending(lives.received(now, customers=customers), staff, now)
    assert plan_and_send(now) == 2
    assert len(smtp_sink.letters) == 2
