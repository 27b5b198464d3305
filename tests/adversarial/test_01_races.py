"""Invariant 1, concurrently. Data leave on one side of what happens at the same moment, never through it.

Each pair is done in both orders, by real threads, the second reading whatever it reads before the first has committed.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest

from cases.actions import nondisclosure, productions
from cases.actions.changing import Refused
from cases.actions.clockwork import end_bases
from cases.actions.objections import receive_objection
from cases.models import Approval, Case, Disclosure, Production
from cases.states import ApprovalState, CaseState, DutyState
from tests import lives
from tests.adversarial.racing import Deed, at_once, one_behind_the_other
from tests.lives import Staff

pytestmark = pytest.mark.django_db(transaction=True)

LATER = timedelta(days=15)
Event = Callable[[Case, Staff, datetime], Deed]


def _objection(case: Case, staff: Staff, now: datetime) -> Deed:
    return partial(receive_objection, duty_id=case.duties.get().pk, text="I object.", now=now)


def _bounce(case: Case, staff: Staff, now: datetime) -> Deed:
    return partial(lives.fail, case.duties.get(), now)


def _order(case: Case, staff: Staff, now: datetime) -> Deed:
    return partial(lives.brandts_order, case, staff, now)


def _hold(case: Case, staff: Staff, now: datetime) -> Deed:
    return partial(
        nondisclosure.hold_notices, case_id=case.pk, source="submission:17", because="agency_reference", now=now
    )


def _lifting(case: Case, staff: Staff, now: datetime) -> Deed:
    order = case.orders.get()
    return partial(nondisclosure.lift_order, order_id=order.pk, reason="The court lifted it.", by=staff.paul, now=now)


AFTER_NOTICE = [_objection, _bounce, _order, _hold]


def approved_after_notice(staff: Staff, now: datetime) -> Approval:
    case = lives.notified(lives.received(now), staff, now)
    return lives.approved(lives.answer_proposed(case, staff, now + LATER), staff, now + LATER)


def approved_in_silence(staff: Staff, now: datetime) -> Approval:
    case = lives.withheld(lives.received(now), staff, now)
    return lives.approved(lives.answer_proposed(case, staff, now), staff, now)


def releasing(approval: Approval, staff: Staff, now: datetime) -> Deed:
    return partial(productions.release, approval_id=approval.pk, by=staff.ines, now=now)


def nothing_left(case: Case) -> bool:
    return not Production.objects.exists() and not Disclosure.objects.exists() and lives.again(case).is_open


@pytest.mark.parametrize("event", AFTER_NOTICE)
def test_what_comes_first_stops_the_release(event: Event, staff: Staff, now: datetime) -> None:
    approval = approved_after_notice(staff, now)
    case, later = approval.case, now + LATER
    happened, refused = one_behind_the_other(case, event(case, staff, later), releasing(approval, staff, later))
    assert happened is None
    assert isinstance(refused, Refused)
    assert nothing_left(case)


@pytest.mark.parametrize("event", AFTER_NOTICE)
def test_what_comes_second_finds_the_case_answered(event: Event, staff: Staff, now: datetime) -> None:
    approval = approved_after_notice(staff, now)
    case, later = approval.case, now + LATER
    refused, _happened = one_behind_the_other(case, releasing(approval, staff, later), event(case, staff, later))
    assert refused is None
    assert lives.again(case).state == CaseState.ANSWERED
    assert Production.objects.get().released_at == later


def test_an_order_lifted_first_stops_the_release(staff: Staff, now: datetime) -> None:
    approval = approved_in_silence(staff, now)
    case = approval.case
    happened, refused = one_behind_the_other(case, _lifting(case, staff, now), releasing(approval, staff, now))
    assert happened is None
    assert isinstance(refused, Refused)
    assert nothing_left(case)


def test_a_basis_that_the_clock_ends_first_stops_a_release_that_began_before(staff: Staff, now: datetime) -> None:
    """Counsel's click came in the order's last second, and waited for the clock that saw its end."""
    case = lives.withheld(lives.received(now), staff, now, last_day=now.date())
    approval = lives.approved(lives.answer_proposed(case, staff, now), staff, now)
    after = now + timedelta(days=2)
    ended, refused = one_behind_the_other(case, partial(end_bases, now=after), releasing(approval, staff, now))
    assert ended is None
    assert isinstance(refused, Refused)
    assert (nothing_left(case), lives.again(case).state) == (True, CaseState.NOTICE_PENDING)
    assert Approval.objects.get(pk=approval.pk).state == ApprovalState.VOID


def test_a_release_first_leaves_the_delayed_notice_owed(staff: Staff, now: datetime) -> None:
    case = lives.withheld(lives.received(now), staff, now, last_day=now.date())
    approval = lives.approved(lives.answer_proposed(case, staff, now), staff, now)
    after = now + timedelta(days=2)
    released, ended = one_behind_the_other(case, releasing(approval, staff, now), partial(end_bases, now=after))
    assert (released, ended) == (None, None)
    assert case.duties.get(kind="request").state == DutyState.PENDING


def test_many_hands_release_once(staff: Staff, now: datetime) -> None:
    approval = approved_after_notice(staff, now)
    raised = at_once(*[releasing(approval, staff, now + LATER)] * 4)
    assert raised.count(None) == 1
    assert all(isinstance(error, Refused) for error in raised if error)
    assert Production.objects.count() == Disclosure.objects.count() == 1
