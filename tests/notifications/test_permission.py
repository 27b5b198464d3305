"""When nothing may leave: asked when planning, again when claiming, again before the first byte."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage

from cases.actions import preservations
from cases.actions.clockwork import run_clocks
from cases.actions.nondisclosure import hold_notices, lift_order, look_at_hold
from cases.models import Case, IncomingHold, Preservation
from cases.states import DutyState
from notifications.actions import claiming, sending
from notifications.actions.planning import plan_notices
from notifications.actions.sending import send_due
from notifications.states import MessageState
from notifications.transports import opened
from tests import lives
from tests.lives import Staff
from tests.notifications.scene import messages_of, plan_and_send

pytestmark = pytest.mark.django_db

Hindrance = Callable[[Case, Staff, datetime], object]


def brandts_order(case: Case, staff: Staff, now: datetime) -> object:
    return lives.brandts_order(case, staff, now, last_day=now.date() + timedelta(days=30))


def an_order_of_which_nobody_knows_the_end(case: Case, staff: Staff, now: datetime) -> object:
    return lives.brandts_order(case, staff, now, last_day=None)


def something_not_looked_at(case: Case, staff: Staff, now: datetime) -> None:
    hold_notices(case_id=case.pk, source="submission:1", because="reference", now=now)


def data_no_longer_kept(case: Case, staff: Staff, now: datetime) -> object:
    return Preservation.objects.filter(case=case).update(confirmed_at=None)


def held_by_an_import(case: Case, staff: Staff, now: datetime) -> object:
    return Case.objects.filter(pk=case.pk).update(is_held=True)


HINDRANCES = [
    brandts_order,
    an_order_of_which_nobody_knows_the_end,
    something_not_looked_at,
    data_no_longer_kept,
    held_by_an_import,
]
over_hindrances = pytest.mark.parametrize("hinder", HINDRANCES, ids=lambda hinder: hinder.__name__)


@over_hindrances
def test_nothing_is_planned(hinder: Hindrance, staff: Staff, now: datetime, mailoutbox: list[EmailMessage]) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    hinder(case, staff, now)
    plan_and_send(now)
    assert messages_of(case) == []
    assert mailoutbox == []


@over_hindrances
def test_what_was_planned_is_cancelled_when_it_would_be_claimed(
    hinder: Hindrance, staff: Staff, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_notices(now=now)
    hinder(case, staff, now)
    assert send_due(now=now) == 0
    (message,) = messages_of(case)
    assert message.state == MessageState.CANCELLED
    assert message.because
    assert (mailoutbox, message.attempts.count()) == ([], 0)


@over_hindrances
def test_what_was_claimed_does_not_leave(
    hinder: Hindrance, staff: Staff, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_notices(now=now)
    parcel = claiming.claim(messages_of(case)[0].pk, now=now)
    assert parcel
    hinder(case, staff, now)
    with opened() as carrier:
        assert not sending.hand_over(parcel, now=now, carrier=carrier)
    (message,) = messages_of(case)
    assert message.state == MessageState.CANCELLED
    assert mailoutbox == []


def test_once_looked_at_the_notice_leaves_after_all(
    staff: Staff, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_notices(now=now)
    something_not_looked_at(case, staff, now)
    plan_and_send(now)
    look_at_hold(hold_id=IncomingHold.objects.get().pk, by=staff.analyst, now=now)
    assert plan_and_send(now) == 1
    assert [message.state for message in messages_of(case)] == [MessageState.CANCELLED, MessageState.SENT]
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("instrument", ["eu_epoc", "eu_epoc_pr"])
def test_the_user_of_an_epoc_is_never_told(
    instrument: str, staff: Staff, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    agency = lives.oseis_agency(now, country="DE", kind="court")
    case = lives.notice_pending(lives.received(now, instrument=instrument, agency=agency), staff, now)
    case.duties.update(state=DutyState.PENDING, due_at=now, basis="")
    plan_and_send(now + timedelta(days=400))
    assert mailoutbox == []


def test_while_a_request_is_reviewed_again_nobody_is_told_of_it(
    staff: Staff, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    case = lives.in_conflict_check(lives.received(now), staff, now)
    preservations.preserve(case_id=case.pk, rule="interim", confirmed=True, by=staff.analyst, now=now)
    case.duties.update(due_at=now)
    plan_and_send(now)
    assert mailoutbox == []


def test_the_last_day_of_silence_counts_to_its_end_in_the_courts_zone_over_a_change_of_the_clock(
    staff: Staff, mailoutbox: list[EmailMessage]
) -> None:
    """Clocks go back in Los Angeles at 2:00 on 1 November 2026: that day has 25 hours."""
    start = datetime.fromisoformat("2026-10-20T12:00+00:00")
    last_day = datetime.fromisoformat("2026-11-01T00:00-07:00").date()
    case = lives.withheld(lives.received(start), staff, start, last_day=last_day)
    still_silent = datetime.fromisoformat("2026-11-01T23:59:59-08:00")
    run_clocks(now=still_silent)
    assert plan_and_send(still_silent) == 0
    over = datetime.fromisoformat("2026-11-02T00:00:00-08:00")
    run_clocks(now=over)
    assert plan_and_send(over) == 1
    run_clocks(now=over + timedelta(days=1))
    assert plan_and_send(over + timedelta(days=1)) == 0
    assert messages_of(case)[0].template == "delayed_after_order"
    assert "Sunday 1 November 2026 (Pacific Time)" in " ".join(str(mailoutbox[0].body).split())


def test_a_lifted_order_lets_the_notice_go_by_itself(
    staff: Staff, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    case = lives.withheld(lives.received(now), staff, now)
    lift_order(order_id=case.orders.get().pk, reason="Judge Brandt lifted it.", by=staff.ines, now=now)
    run_clocks(now=now)
    assert plan_and_send(now) == 1
    duty = case.duties.get()
    assert duty.state == DutyState.DELIVERED
    assert duty.window_ends_at is not None
