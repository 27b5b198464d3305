"""Invariant 2, at the level of actions. Nothing about a notice may leave while an order is in force, or may be.

With a real relay and processes killed under it: test_notices_*.py.
"""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from cases.actions import nondisclosure
from cases.actions.duties import record_delivery
from cases.actions.nondisclosure import NewOrder
from cases.models import Case, NondisclosureOrder, NoticeDuty
from cases.silence import why_silent
from cases.states import DutyState
from ledger.models import LedgerEntry
from tests import lives
from tests.adversarial.racing import one_behind_the_other
from tests.lives import Staff

pytestmark = pytest.mark.django_db

TICK = timedelta(microseconds=1)


def order(case: Case, staff: Staff, now: datetime, zone: str, last_day: date | None, **fields: object) -> None:
    new = NewOrder(
        basis="us_2705b",
        provision="18 USC 2705(b)",
        first_day=now.date(),
        zone=zone,
        last_day=last_day,
        **fields,  # type: ignore[arg-type]
    )
    nondisclosure.record_order(case_id=case.pk, new=new, by=staff.analyst, now=now)


def is_silent(case: Case, at: datetime) -> bool:
    return why_silent(lives.again(case), case.duties.get(), at) is not None


@pytest.mark.parametrize(
    ("zone", "last_day", "speaks_at"),
    [
        pytest.param("America/Los_Angeles", date(2026, 12, 4), datetime(2026, 12, 5, 8, tzinfo=UTC), id="west of us"),
        pytest.param("Pacific/Auckland", date(2026, 12, 4), datetime(2026, 12, 4, 11, tzinfo=UTC), id="east of us"),
        pytest.param("America/New_York", date(2027, 3, 14), datetime(2027, 3, 15, 4, tzinfo=UTC), id="a 23-hour day"),
        pytest.param("America/New_York", date(2027, 11, 7), datetime(2027, 11, 8, 5, tzinfo=UTC), id="a 25-hour day"),
    ],
)
def test_silence_lasts_through_the_whole_last_day_where_the_court_sits(
    zone: str, last_day: date, speaks_at: datetime, staff: Staff, now: datetime
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    order(case, staff, now, zone, last_day)
    assert is_silent(case, speaks_at - TICK)
    assert not is_silent(case, speaks_at)


@pytest.mark.parametrize("is_indefinite", [True, False], ids=["without end", "end not known"])
def test_an_order_without_a_known_end_is_in_force_for_ever(is_indefinite: bool, staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    order(case, staff, now, "America/New_York", None, is_indefinite=is_indefinite)
    assert is_silent(case, now + timedelta(days=36500))


def test_an_order_whose_first_day_is_tomorrow_is_in_force_once_we_have_it(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    new = NewOrder(
        basis="us_2705b", provision="18 USC 2705(b)", first_day=now.date() + timedelta(days=1), zone="Pacific/Honolulu"
    )
    nondisclosure.record_order(case_id=case.pk, new=new, by=staff.analyst, now=now)
    assert is_silent(case, now)


def test_of_two_orders_the_longer_one_keeps_silence(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    for days in (30, 3):
        order(case, staff, now, "UTC", now.date() + timedelta(days=days))
    assert is_silent(case, now + timedelta(days=10))


def test_what_arrived_and_was_not_looked_at_keeps_silence_over_every_case_it_may_concern(
    staff: Staff, now: datetime
) -> None:
    cases = [lives.notice_pending(lives.received(now), staff, now) for _ in range(2)]
    for case in cases:
        nondisclosure.hold_notices(case_id=case.pk, source="submission:9", because="target", now=now)
    hold = cases[0].incoming_holds.get()
    nondisclosure.look_at_hold(hold_id=hold.pk, by=staff.analyst, now=now)
    assert [is_silent(case, now) for case in cases] == [False, True]


def test_a_word_of_the_outcome_is_a_word_too(staff: Staff, now: datetime) -> None:
    """Who was told before an order came is owed how it ended, but not while the order is in force."""
    case = lives.notified(lives.received(now), staff, now)
    lives.brandts_order(case, staff, now)
    case = lives.rejected(case, staff, now)
    outcome = case.duties.get(kind="outcome")
    assert outcome.state == DutyState.WITHHELD
    NoticeDuty.objects.filter(pk=outcome.pk).update(state=DutyState.PENDING, due_at=now)
    outcome.refresh_from_db()
    assert why_silent(case, outcome, now)


def deliver(case: Case, now: datetime) -> "partial[None]":
    return partial(record_delivery, duty_id=case.duties.get().pk, at=now, now=now)


@pytest.mark.django_db(transaction=True)
def test_an_order_that_waited_for_a_notice_is_told_that_it_left(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    raised = one_behind_the_other(case, deliver(case, now), partial(lives.brandts_order, case, staff, now))
    assert raised == [None, None]
    entry = LedgerEntry.objects.get(stream=case.stream, payload__kind="order_recorded")
    assert entry.payload["told_before"] == [case.duties.get().pk]
    assert (case.duties.get().state, case.duties.get().told_before) == (DutyState.DELIVERED, True)


@pytest.mark.django_db(transaction=True)
def test_a_notice_that_left_before_the_order_but_is_reported_after_it_is_no_second_notice(
    staff: Staff, now: datetime
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    raised = one_behind_the_other(case, partial(lives.brandts_order, case, staff, now), deliver(case, now))
    assert raised == [None, None]
    duty = case.duties.get()
    assert (duty.state, duty.told_before, duty.delivered_at) == (DutyState.WITHHELD, True, now)
    assert NondisclosureOrder.objects.get().in_force(now)
