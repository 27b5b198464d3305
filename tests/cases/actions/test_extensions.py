"""Silence that is prolonged, before its end or after it."""

from datetime import datetime, timedelta

import pytest

from cases.actions import nondisclosure
from cases.actions.clockwork import run_clocks
from cases.actions.duties import record_delivery, try_again
from cases.actions.nondisclosure import ExtensionRefused
from cases.models import Case, NondisclosureOrder
from cases.states import CaseState, DutyState
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def ended(staff: Staff, now: datetime) -> NondisclosureOrder:
    """Judge Brandt's order ended today, and the clock has seen it."""
    case = lives.withheld(lives.received(now - 2 * DAY), staff, now - 2 * DAY, last_day=(now - DAY).date())
    run_clocks(now=now)
    assert case.duties.get().state == DutyState.PENDING
    return case.orders.get()


def extend(order: NondisclosureOrder, staff: Staff, now: datetime, *, decided: datetime) -> Case:
    nondisclosure.extend_order(
        order_id=order.pk,
        new_last_day=(now + 60 * DAY).date(),
        decided_on=decided.date(),
        by=staff.analyst,
        now=now,
    )
    return lives.again(order.case)


def test_an_extension_that_comes_before_the_notice_left_withholds_it_again(
    ended: NondisclosureOrder, staff: Staff, now: datetime
) -> None:
    case = extend(ended, staff, now, decided=now - 2 * DAY)
    assert (case.duties.get().state, case.state) == (DutyState.WITHHELD, CaseState.NOTICE_WITHHELD)
    run_clocks(now=now + 62 * DAY)
    assert case.duties.get().state == DutyState.PENDING


def test_an_extension_decided_after_the_customer_was_told_is_refused_and_on_record(
    ended: NondisclosureOrder, staff: Staff, now: datetime
) -> None:
    record_delivery(duty_id=ended.case.duties.get().pk, at=now, now=now, confirmed=True)
    with pytest.raises(ExtensionRefused, match="on record"):
        extend(ended, staff, now, decided=now)
    assert ended.case.duties.get().state == DutyState.DELIVERED


def test_an_order_that_arrives_while_a_notice_is_pending_settles_the_case(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    lives.brandts_order(case, staff, now)
    assert lives.again(case).state == CaseState.NOTICE_WITHHELD


def test_a_failed_notice_tried_again_under_an_order_is_withheld(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    lives.brandts_order(case, staff, now)
    lives.fail(case.duties.get(), now)
    try_again(duty_id=case.duties.get().pk, by=staff.analyst, now=now)
    assert (case.duties.get().state, lives.again(case).state) == (DutyState.WITHHELD, CaseState.NOTICE_WITHHELD)
