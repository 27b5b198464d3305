"""Carla is reminded once that her days to object end, and only while it is true and nothing forbids a word."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage

from cases.actions.duties import waive_window
from cases.actions.objections import receive_objection
from cases.models import Case
from cases.states import DutyState
from notifications.actions.planning import plan_reminders
from notifications.actions.sending import send_due
from notifications.models import Message
from notifications.states import Because, MessageState
from tests import lives
from tests.lives import Staff
from tests.notifications.scene import Vanishing, plan_and_send

pytestmark = pytest.mark.django_db

# Told on 30 November at noon UTC, ten days: until 10 December in New York. Three days before: the 7th at nine.
DUE = timedelta(days=7, hours=2)


@pytest.fixture
def case(staff: Staff, now: datetime) -> Case:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_and_send(now)
    return lives.again(case)


def remind(now: datetime) -> int:
    """What the clock does once."""
    plan_reminders(now=now)
    return send_due(now=now)


def test_she_is_reminded_once_by_day_some_days_before_the_end(
    case: Case, now: datetime, mailoutbox: Sequence[EmailMessage]
) -> None:
    assert [remind(now + timedelta(days=day)) for day in range(1, 7)] == [0] * 6
    assert remind(now + DUE - timedelta(seconds=1)) == 0
    assert remind(now + DUE) == 1
    assert [remind(now + DUE + timedelta(hours=hour)) for hour in range(1, 72)] == [0] * 71
    first, second = mailoutbox
    assert second.to == first.to
    assert "Thursday 10 December 2026" in str(second.body)
    duty = case.duties.get()
    assert duty.delivered_at == now
    assert (duty.state, duty.reminders.get().state) == (DutyState.DELIVERED, MessageState.SENT)


def test_who_objected_or_agreed_is_not_reminded(case: Case, staff: Staff, now: datetime) -> None:
    receive_objection(duty_id=case.duties.get().pk, text="No.", now=now)
    other = lives.notice_pending(lives.received(now), staff, now)
    plan_and_send(now)
    waive_window(duty_id=other.duties.get().pk, now=now)
    assert remind(now + DUE) == 0
    assert not Message.objects.filter(reminder__isnull=False).exists()


def test_an_order_that_comes_between_planning_and_sending_stops_it(case: Case, staff: Staff, now: datetime) -> None:
    assert plan_reminders(now=now + DUE) == 1
    lives.brandts_order(case, staff, now)
    assert send_due(now=now + DUE) == 0
    message = Message.objects.get(reminder__case=case)
    assert (message.state, message.because) == (MessageState.CANCELLED, Because.SILENT)
    assert remind(now + DUE + timedelta(hours=1)) == 0


def test_something_that_nobody_looked_at_stops_it_as_it_stops_a_notice(case: Case, now: datetime) -> None:
    case.incoming_holds.create(source="submission:1", because="thread", created_at=now)
    assert remind(now + DUE) == 0


def test_a_case_that_ended_has_nobody_to_remind(case: Case, staff: Staff, now: datetime) -> None:
    lives.rejected(case, staff, now)
    assert plan_reminders(now=now + DUE) == 0


def test_one_of_which_nobody_knows_is_not_sent_again_and_changes_nothing_of_the_notice(
    case: Case, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as wire:
        wire.setattr("notifications.actions.sending.opened", Vanishing)
        remind(now + DUE)
    assert Message.objects.get(reminder__case=case).state == MessageState.UNCERTAIN
    assert remind(now + DUE + timedelta(hours=2)) == 0
    duty = case.duties.get()
    assert (duty.state, duty.uncertain_at, duty.delivered_at) == (DutyState.DELIVERED, None, now)


def test_whoever_can_be_reached_by_post_alone_is_not_reminded(case: Case, now: datetime) -> None:
    customer = case.targets.get().customer
    assert customer
    customer.email, customer.postal_address = "", "1 Main Street"
    customer.save()
    assert plan_reminders(now=now + DUE) == 0
