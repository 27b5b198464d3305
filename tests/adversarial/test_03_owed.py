"""Invariant 3, at the level of actions. What is owed is not forgotten, however long nobody looked."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from cases.actions import nondisclosure, productions
from cases.actions.changing import Refused
from cases.actions.clockwork import end_bases, run_clocks
from cases.actions.ending import close
from cases.models import NoticeDuty
from cases.states import CaseState, DutyState
from ledger.models import LedgerEntry
from tests import lives
from tests.adversarial.racing import at_once
from tests.lives import Staff

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_a_clock_that_stood_still_for_a_month_still_ends_what_ended_meanwhile(staff: Staff, now: datetime) -> None:
    silent = [
        lives.withheld(lives.received(now), staff, now, last_day=(now + days * DAY).date()) for days in (0, 1, 20)
    ]
    lifted = lives.withheld(lives.received(now), staff, now)
    order = lifted.orders.get()
    nondisclosure.lift_order(order_id=order.pk, reason="The court lifted it.", by=staff.ines, now=now)
    still = lives.withheld(lives.received(now), staff, now, last_day=(now + 90 * DAY).date())
    month_later = now + 31 * DAY
    run_clocks(now=month_later)
    assert {case.duties.get().due_at for case in (*silent, lifted)} == {month_later}
    assert {lives.again(case).state for case in (*silent, lifted)} == {CaseState.NOTICE_PENDING}
    assert still.duties.get().state == DutyState.WITHHELD


@pytest.mark.parametrize("state", ["answered", "rejected", "withdrawn"])
def test_silence_that_ends_after_the_case_did_is_followed_by_a_notice(state: str, staff: Staff, now: datetime) -> None:
    case = lives.withheld(lives.received(now), staff, now, last_day=(now + DAY).date())
    case = {"answered": lives.answered_now, "rejected": lives.rejected, "withdrawn": lives.withdrawn}[state](
        case, staff, now
    )
    assert case.state == state
    with pytest.raises(Refused, match="still owed"):
        close(case_id=case.pk, by=staff.analyst, now=now)
    run_clocks(now=now + 3 * DAY)
    duty = case.duties.get(kind="request")
    assert (duty.state, duty.due_at) == (DutyState.PENDING, now + 3 * DAY)
    with pytest.raises(Refused, match="still owed"):
        close(case_id=case.pk, by=staff.analyst, now=now + 3 * DAY)


def test_when_one_of_two_orders_ends_the_other_takes_over_and_its_end_is_seen_too(staff: Staff, now: datetime) -> None:
    case = lives.withheld(lives.received(now), staff, now, last_day=(now + 9 * DAY).date())
    shorter = lives.brandts_order(case, staff, now, last_day=(now + DAY).date())
    assert case.duties.get().order == shorter, "the duty rests on the order that ends first"
    run_clocks(now=now + 5 * DAY)
    assert case.duties.get().state == DutyState.WITHHELD
    run_clocks(now=now + 11 * DAY)
    assert case.duties.get().state == DutyState.PENDING


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_end_a_basis_once(staff: Staff, now: datetime) -> None:
    case = lives.withheld(lives.received(now), staff, now, last_day=now.date())
    approval = lives.answer_proposed(case, staff, now)
    raised = at_once(*[partial(end_bases, now=now + 2 * DAY)] * 3)
    assert raised == [None, None, None]
    assert LedgerEntry.objects.filter(stream=case.stream, payload__kind="basis_ended").count() == 1
    assert NoticeDuty.objects.get().state == DutyState.PENDING
    with pytest.raises(Refused):
        productions.release(approval_id=approval.pk, by=staff.ines, now=now + 2 * DAY)
