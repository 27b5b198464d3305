"""Whole lives under an order not to tell, by actions, the clock and the sender: from receipt to the count."""

from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command

from cases.actions import ending, letters, objections, preservations, productions
from cases.actions.changing import Refused
from cases.actions.clockwork import run_clocks
from cases.models import Case
from cases.states import ApprovalState, CaseState, DutyState
from ledger.models import LedgerFact
from tests import lives
from tests.lives import Staff
from tests.notifications.scene import plan_and_send

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def a_day_passes(now: datetime) -> int:
    """What the clock does, in its order; return how many mails left."""
    run_clocks(now=now)
    return plan_and_send(now)


def close(case: Case, staff: Staff, now: datetime) -> Case:
    """Send what was drafted, release what was preserved, close."""
    for letter in case.letters.filter(state="drafted"):
        letters.record_letter_sent(letter_id=letter.pk, how="by post", by=staff.analyst, now=now)
    for hold in case.preservations.filter(released_at=None):
        preservations.release_hold(preservation_id=hold.pk, by=staff.analyst, now=now)
    ending.close(case_id=case.pk, by=staff.analyst, now=now)
    return lives.again(case)


def counted(case: Case, name: str) -> list[str]:
    facts = LedgerFact.objects.filter(stream=case.stream, name=name).order_by("entry_id")
    return list(facts.values_list("value", flat=True))


def test_answered_in_silence_and_told_when_it_ends(staff: Staff, now: datetime, mailoutbox: list[EmailMessage]) -> None:
    case = lives.received(now)
    case = lives.withheld(case, staff, now, last_day=(now + 9 * DAY).date())
    assert case.state == CaseState.NOTICE_WITHHELD
    lives.answered_now(case, staff, now + DAY)
    for day in range(1, 10):
        assert a_day_passes(now + day * DAY) == 0, f"told on day {day} of nine"
    with pytest.raises(Refused, match="still owed"):
        close(case, staff, now + 9 * DAY)
    assert a_day_passes(now + 11 * DAY) == 1
    assert "18 USC 2705(b)" in str(mailoutbox[0].body)
    assert a_day_passes(now + 12 * DAY) == 0
    assert close(case, staff, now + 14 * DAY).state == CaseState.CLOSED
    assert counted(case, "outcome") == ["answered"]
    assert counted(case, "notice")[-1] == "notified"
    call_command("rebuild_facts", "--check")


def test_silence_that_ends_between_approval_and_release_gives_the_customer_their_days(
    staff: Staff, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    case = lives.withheld(lives.received(now), staff, now, last_day=(now + DAY).date())
    approval = lives.approved(lives.answer_proposed(case, staff, now), staff, now)
    told_at = now + 2 * DAY
    with pytest.raises(Refused, match="is over: tell first"):
        productions.release(approval_id=approval.pk, by=staff.ines, now=told_at)
    assert a_day_passes(told_at) == 1
    approval.refresh_from_db()
    duty = case.duties.get()
    assert (approval.state, duty.state) == (ApprovalState.VOID, DutyState.DELIVERED)
    assert lives.again(case).state == CaseState.CUSTOMER_NOTIFIED

    with pytest.raises(Refused, match="may still object"):
        lives.answer_proposed(lives.again(case), staff, told_at + DAY)
    objection = objections.receive_objection(duty_id=duty.pk, text="These are my letters.", now=told_at + 2 * DAY)
    over = told_at + 15 * DAY
    with pytest.raises(Refused, match="objected"):
        lives.answer_proposed(lives.again(case), staff, over)

    decision = objections.propose_decision(
        objection_id=objection.pk, decision="The order binds us.", by=staff.ines, now=over
    )
    lives.approved(decision, staff, over)
    with pytest.raises(Refused, match="two working days"):
        lives.answer_proposed(lives.again(case), staff, over)
    assert a_day_passes(over) == 1
    case = lives.answered_now(lives.again(case), staff, over + 5 * DAY)
    assert case.state == CaseState.ANSWERED
    assert a_day_passes(over + 6 * DAY) == 1
    assert len(mailoutbox) == 3
    assert close(case, staff, over + 7 * DAY).state == CaseState.CLOSED
    assert counted(case, "outcome") == ["answered"]
