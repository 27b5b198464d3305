"""The clock's tasks, and that nothing is lost while the broker is down."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.mail import EmailMessage
from kombu import Connection
from kombu.exceptions import OperationalError

from config.celery import CLOCK
from notifications import tasks
from notifications.states import MessageState
from tests import lives
from tests.lives import Staff
from tests.notifications.scene import messages_of

pytestmark = pytest.mark.django_db


def test_the_clock_knows_both_tasks() -> None:
    assert {tasks.plan_notices.name, tasks.send_due.name} <= {job.task for job in CLOCK}


def test_what_fell_due_while_the_broker_was_down_leaves_at_the_next_tick(
    staff: Staff, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    nobody = Connection("redis://127.0.0.1:1/0", transport_options={"max_retries": 0})
    with pytest.raises(OperationalError):
        tasks.plan_notices.apply_async(connection=nobody, retry=False)  # type: ignore[call-arg]
    assert messages_of(case) == []
    with time_machine.travel(now + timedelta(days=3), tick=False):
        tasks.plan_notices()
        tasks.send_due()
    assert messages_of(case)[0].state == MessageState.SENT
    assert len(mailoutbox) == 1


def test_a_task_carries_nothing_by_which_a_case_could_be_known() -> None:
    assert tasks.plan_notices.run.__code__.co_argcount == tasks.send_due.run.__code__.co_argcount == 0
