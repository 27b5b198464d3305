"""One conversation with a relay for many mails, begun anew where the relay ended it."""

from datetime import datetime

import pytest

from cases.states import DutyState
from notifications.states import MessageState
from tests import lives
from tests.fixtures.mail import Sink
from tests.lives import Staff
from tests.notifications.scene import messages_of, plan_and_send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("way", ["drops", "says 421"])
def test_a_relay_that_ends_the_conversation_between_two_mails_costs_neither_its_attempt(
    way: str, staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    smtp_sink.ends_after = 1
    smtp_sink.says_so = way == "says 421"
    cases = [lives.notice_pending(lives.received(now), staff, now) for _number in range(3)]
    assert plan_and_send(now) == 3
    assert len(smtp_sink.letters) == 3
    for case in cases:
        (message,) = messages_of(case)
        assert (message.state, message.attempt_count) == (MessageState.SENT, 1)
        assert case.duties.get().state == DutyState.DELIVERED
