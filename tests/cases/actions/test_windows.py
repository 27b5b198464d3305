"""Everybody who is told while data can still be kept back gets their days, however the case came there."""

from datetime import datetime, timedelta

import pytest

from cases.actions import conflict, ending, productions, questions
from cases.actions.changing import Refused
from cases.actions.clockwork import run_clocks
from cases.actions.duties import record_delivery, record_uncertain
from cases.models import Case, NoticeDuty
from cases.states import CaseState, DutyState
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def through_review_again(case: Case, staff: Staff, now: datetime) -> Case:
    lives.pass_review(case, staff, now)
    conflict.assess(case_id=case.pk, finding=lives.NO_CONFLICT, by=staff.ines, now=now)
    conflict.clear_conflict(case_id=case.pk, by=staff.ines, now=now)
    return lives.again(case)


def deliver(duty: NoticeDuty, now: datetime) -> NoticeDuty:
    record_delivery(duty_id=duty.pk, at=now, now=now, confirmed=True)
    return NoticeDuty.objects.get(pk=duty.pk)


def test_a_notice_found_to_have_arrived_during_a_second_review_opens_a_window(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    record_uncertain(duty_id=case.duties.get().pk, now=now)
    questions.ask_agency(case_id=case.pk, text="Which account?", pause_clocks=[], by=staff.analyst, now=now)
    questions.agency_replied(case_id=case.pk, reply="All.", changes_request=True, by=staff.analyst, now=now)
    deliver(case.duties.get(), now)
    case = through_review_again(lives.again(case), staff, now)
    assert case.state == CaseState.CUSTOMER_NOTIFIED
    with pytest.raises(Refused, match="may still object"):
        lives.answer_proposed(case, staff, now + 3 * DAY)


def test_who_was_told_after_the_answer_gets_their_days_when_the_case_is_reopened(staff: Staff, now: datetime) -> None:
    case = lives.withheld(lives.received(now), staff, now, last_day=now.date())
    approval = lives.approved(lives.answer_proposed(case, staff, now), staff, now)
    productions.release(approval_id=approval.pk, by=staff.ines, now=now)
    told_at = now + 2 * DAY
    run_clocks(now=told_at)
    assert deliver(case.duties.get(kind="request"), told_at).window_ends_at is None
    reopened_at = told_at + 90 * DAY
    reopening = ending.propose_reopening(
        case_id=case.pk, because="amended_order", reason="A wider order came.", by=staff.ines, now=reopened_at
    )
    lives.approved(reopening, staff, reopened_at)
    case = through_review_again(lives.again(case), staff, reopened_at)
    with pytest.raises(Refused, match="may still object"):
        lives.answer_proposed(case, staff, reopened_at + 3 * DAY)


def test_who_knew_before_silence_was_ordered_gets_their_days_once_it_ends(staff: Staff, now: datetime) -> None:
    """While it lasts their page answers as unknown: they could not have objected."""
    case = lives.notice_pending(lives.received(now), staff, now)
    lives.brandts_order(case, staff, now, last_day=(now + 60 * DAY).date())
    deliver(case.duties.get(), now)  # it was on its way
    after = now + 62 * DAY
    run_clocks(now=after)
    duty = case.duties.get()
    assert (duty.state, duty.delivered_at) == (DutyState.DELIVERED, now)
    assert duty.window_ends_at
    assert duty.window_ends_at > after + 6 * DAY
