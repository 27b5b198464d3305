"""The ordinary path, and that each state is reached by real actions."""

from datetime import datetime, timedelta

import pytest

from cases.actions import ending, letters, preservations, productions
from cases.actions.changing import Refused
from cases.actions.clockwork import run_clocks
from cases.actions.duties import record_delivery, record_failure
from cases.models import Preservation
from cases.states import CaseState, DutyState
from ledger.models import LedgerEntry
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db


def test_a_subpoena_goes_from_receipt_to_closed(staff: Staff, now: datetime) -> None:
    case = lives.answered(lives.received(now), staff, now)
    assert (case.state, case.outcome) == (CaseState.ANSWERED, "answered")
    later = now + timedelta(days=20)
    for duty in case.duties.filter(state=DutyState.PENDING):
        record_delivery(duty_id=duty.pk, at=later, now=later)
    for row in Preservation.objects.filter(case=case):
        preservations.release_hold(preservation_id=row.pk, by=staff.analyst, now=later)
    ending.close(case_id=case.pk, by=staff.analyst, now=later)
    case = lives.again(case)
    assert (case.state, case.outcome) == (CaseState.CLOSED, "answered")
    entries = LedgerEntry.objects.filter(stream=case.stream).order_by("seq")
    kinds = [entry.payload["kind"] for entry in entries]
    assert kinds[0] == "case_received"
    assert kinds[-1] == "case_closed"
    outcome = next(entry.payload for entry in entries if entry.payload["kind"] == "case_answered")
    assert outcome["fact"]["value"] == "answered"


def test_an_order_not_to_tell_withholds_and_the_case_is_answered_without_a_word(staff: Staff, now: datetime) -> None:
    case = lives.withheld(lives.received(now), staff, now)
    assert case.state == CaseState.NOTICE_WITHHELD
    approval = lives.approved(lives.answer_proposed(case, staff, now), staff, now)
    productions.release(approval_id=approval.pk, by=staff.ines, now=now)
    assert lives.again(case).state == CaseState.ANSWERED
    with pytest.raises(Refused, match="still owed"):
        ending.close(case_id=case.pk, by=staff.analyst, now=now)


def test_when_an_order_ends_before_the_answer_approvals_fall(staff: Staff, now: datetime) -> None:
    last_day = now.date() + timedelta(days=3)
    case = lives.withheld(lives.received(now), staff, now, last_day=last_day)
    approval = lives.approved(lives.answer_proposed(case, staff, now), staff, now)
    after = now + timedelta(days=5)
    with pytest.raises(Refused, match="over"):
        productions.release(approval_id=approval.pk, by=staff.ines, now=after)
    run_clocks(now=after)
    case = lives.again(case)
    approval.refresh_from_db()
    assert case.state == CaseState.NOTICE_PENDING
    assert approval.state == "void"
    duty = case.duties.get()
    assert (duty.state, duty.due_at) == (DutyState.PENDING, after)


def test_a_bounce_takes_the_case_back(staff: Staff, now: datetime) -> None:

    case = lives.notified(lives.received(now), staff, now)
    assert case.state == CaseState.CUSTOMER_NOTIFIED
    record_failure(duty_id=case.duties.get().pk, now=now, because="refused")
    case = lives.again(case)
    assert case.state == CaseState.NOTICE_PENDING
    assert case.duties.get().window_ends_at is None


def test_a_draft_letter_keeps_a_case_open(staff: Staff, now: datetime) -> None:
    case = lives.rejected(lives.in_review(lives.received(now), staff, now), staff, now)
    with pytest.raises(Refused, match="letter"):
        ending.close(case_id=case.pk, by=staff.analyst, now=now)
    letters.record_letter_sent(letter_id=case.letters.get().pk, how="by post", by=staff.analyst, now=now)
    with pytest.raises(Refused, match="notice") as refusal:
        ending.close(case_id=case.pk, by=staff.analyst, now=now)
    assert "letter" not in str(refusal.value)
