"""A notice that came back told nobody, whatever had happened since it left."""

from datetime import datetime, timedelta

import pytest

from cases.actions.changing import Refused
from cases.actions.clockwork import run_clocks
from cases.actions.duties import record_delivery, try_again, waive_window
from cases.states import DutyState
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db


def test_a_notice_that_left_before_silence_and_bounced_is_owed_when_silence_ends(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    lives.brandts_order(case, staff, now, last_day=now.date())
    record_delivery(duty_id=case.duties.get().pk, at=now, now=now)  # it was on its way
    lives.fail(case.duties.get(), now + timedelta(hours=1))
    assert case.duties.get().state == DutyState.WITHHELD
    run_clocks(now=now + timedelta(days=2))
    assert case.duties.get().state == DutyState.PENDING


def test_a_waiver_falls_with_the_notice_that_it_answered(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    duty = case.duties.get()
    waive_window(duty_id=duty.pk, now=now)
    lives.fail(duty, now)
    try_again(duty_id=duty.pk, by=staff.analyst, now=now)
    record_delivery(duty_id=duty.pk, at=now, now=now, confirmed=True)
    with pytest.raises(Refused, match="may still object"):
        lives.answer_proposed(lives.again(case), staff, now)
