"""Letters and reports of delivery, concurrently and with workers killed: real threads, real SIGKILLs, real SMTP."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

import pytest

from cases.actions.changing import Refused
from cases.actions.letter_travel import release_letter, take_back_letter
from cases.models import Letter, LetterKind, LetterState
from cases.states import DutyState
from notifications.actions.events import Event, take_event
from notifications.actions.planning import plan_letters, plan_notices
from notifications.actions.sending import send_due
from notifications.actions.sweeping import ABANDONED_AFTER, sweep
from notifications.models import Attempt, DeliveryEvent, Message
from notifications.states import EventKind, MessageState
from tests import lives
from tests.adversarial.racing import at_once
from tests.adversarial.test_notices_and_orders import apart, somebody_is_at_work_on_a_case, until
from tests.fixtures.mail import Sink
from tests.lives import Staff
from tests.notifications.scene import DOMAIN, OSEI, again, draft, let_go, post, ready_letter, with_osei

pytestmark = pytest.mark.django_db(transaction=True)

MINUTE = timedelta(minutes=1)
TURNS = 5


def planned_letter(staff: Staff, now: datetime) -> Letter:
    letter = ready_letter(staff, now)
    plan_letters(now=now)
    return letter


def test_who_takes_a_letter_back_while_it_is_on_its_way_waits_and_is_told_that_it_left(
    staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    letter = planned_letter(staff, now)
    smtp_sink.hangs = True
    with ThreadPoolExecutor(2) as pool:
        sender = apart(pool, lambda: send_due(now=now))
        until(lambda: Attempt.objects.exists() and somebody_is_at_work_on_a_case())
        taker = apart(pool, lambda: take_back_letter(letter_id=letter.pk, by=staff.analyst, now=now))
        assert not taker.done()
        smtp_sink.hangs = False
        assert sender.result(30) == 1
        with pytest.raises(Refused, match="has left"):
            taker.result(30)
    assert again(letter).state == LetterState.SENT
    assert len(smtp_sink.letters) == 1


@pytest.mark.parametrize("turn", range(TURNS))
def test_at_the_same_moment_it_is_taken_back_or_has_left(
    turn: int, staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    letter = planned_letter(staff, now)
    sending, taking = at_once(
        partial(send_due, now=now), partial(take_back_letter, letter_id=letter.pk, by=staff.analyst, now=now)
    )
    assert sending is None
    for minutes in range(1, 4):
        post(now + minutes * MINUTE)
    is_taken = taking is None
    assert len(smtp_sink.letters) == (0 if is_taken else 1)
    assert again(letter).state == (LetterState.DRAFTED if is_taken else LetterState.SENT)


@pytest.mark.parametrize("turn", range(TURNS))
def test_taken_back_and_let_go_elsewhere_at_the_same_moment_it_reaches_one_address(
    turn: int, staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    letter = planned_letter(staff, now)

    def think_again() -> None:
        take_back_letter(letter_id=letter.pk, by=staff.analyst, now=now)
        release_letter(letter_id=letter.pk, way="email", recipient=f"clerk@{DOMAIN}", by=staff.analyst, now=now)

    sending, thinking = at_once(partial(send_due, now=now), think_again)
    assert sending is None
    for minutes in range(1, 4):
        post(now + minutes * MINUTE)
    expected = f"clerk@{DOMAIN}" if thinking is None else OSEI
    assert [one.recipients for one in smtp_sink.letters] == [[expected]]


def test_two_schedulers_and_two_workers_at_once_send_each_letter_once(
    staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    case = with_osei(now)
    for one in (case, case, case, with_osei(now), with_osei(now)):
        let_go(draft(one, LetterKind.QUESTION, staff, now), staff, now)
    assert at_once(partial(plan_letters, now=now), partial(plan_letters, now=now)) == [None, None]
    plan_letters(now=now)  # for what each left to the other
    assert at_once(partial(send_due, now=now), partial(send_due, now=now)) == [None, None]
    send_due(now=now + MINUTE)
    assert len(smtp_sink.letters) == 5
    assert len({one.message["Message-ID"] for one in smtp_sink.letters}) == 5
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.SENT}


def killed(moment: str, now: datetime) -> None:
    command = [sys.executable, "-m", "tests.adversarial.dying_sender", moment, now.isoformat()]
    process = subprocess.Popen(command, env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"})
    assert process.wait(timeout=60) == -signal.SIGKILL


def restarted(now: datetime) -> None:
    """What the clock does after the restart, for a month."""
    for days in (0, 1, 30):
        later = now + ABANDONED_AFTER + timedelta(days=days)
        sweep(now=later)
        plan_notices(now=later)
        post(later)


@pytest.mark.parametrize(
    ("moment", "in_the_sink"), [("before the first byte", 0), ("after the relay's answer", 1)], ids=lambda value: value
)
def test_a_worker_killed_over_a_letter_leaves_it_uncertain_and_it_is_never_sent_again(
    moment: str, in_the_sink: int, staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    letter = planned_letter(staff, now)
    killed(moment, now)
    restarted(now)
    assert len(smtp_sink.letters) == in_the_sink
    assert Message.objects.get().state == MessageState.UNCERTAIN
    letter = again(letter)
    assert (letter.state, letter.sent_at) == (LetterState.READY, None)
    assert letter.uncertain_at
    with pytest.raises(Refused, match="may have"):
        take_back_letter(letter_id=letter.pk, by=staff.analyst, now=now)


@pytest.mark.parametrize(("kind", "state"), [(EventKind.DELIVERED, "delivered"), (EventKind.BOUNCED, "failed")])
def test_of_a_notice_whose_worker_was_killed_a_report_says_what_became_of_it(
    kind: EventKind, state: str, staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_notices(now=now)
    killed("after the relay's answer", now)
    message = Message.objects.get()
    assert message.state == MessageState.CLAIMED
    assert take_event(Event("dsn", "1", kind, now, key=message.key), now=now)
    restarted(now)
    assert case.duties.get().state == state
    assert len(smtp_sink.letters) == 1


def test_a_report_that_is_faster_than_the_worker_s_commit_waits_for_it(
    staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_notices(now=now)
    key = Message.objects.get().key
    smtp_sink.hangs = True
    with ThreadPoolExecutor(2) as pool:
        sender = apart(pool, lambda: send_due(now=now))
        until(lambda: Attempt.objects.exists() and somebody_is_at_work_on_a_case())
        teller = apart(pool, lambda: take_event(Event("dsn", "1", EventKind.DELIVERED, now, key=key), now=now))
        assert not teller.done()
        smtp_sink.hangs = False
        assert sender.result(30) == 1
        assert teller.result(30)
    duty = case.duties.get()
    assert (duty.state, duty.confirmed_at) == (DutyState.DELIVERED, now)
    assert Message.objects.get().attempts.get().outcome == "sent"


@pytest.mark.parametrize("turn", range(TURNS))
def test_the_same_report_twice_at_the_same_moment_counts_once(
    turn: int, staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    lives.notice_pending(lives.received(now), staff, now)
    plan_notices(now=now)
    send_due(now=now)
    report = Event("dsn", "1", EventKind.BOUNCED, now, key=Message.objects.get().key)
    assert at_once(*[partial(take_event, report, now=now)] * 3) == [None, None, None]
    assert DeliveryEvent.objects.get().counted
    assert Message.objects.get().state == MessageState.FAILED


@pytest.mark.parametrize("turn", range(TURNS))
def test_a_report_of_delivery_and_a_bounce_at_the_same_moment_end_in_a_bounce(
    turn: int, staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_notices(now=now)
    send_due(now=now)
    key = Message.objects.get().key
    reports = [Event("dsn", kind, kind, now, key=key) for kind in (EventKind.DELIVERED, EventKind.BOUNCED)]
    assert at_once(*[partial(take_event, report, now=now) for report in reports]) == [None, None]
    assert case.duties.get().state == DutyState.FAILED
