"""A proposal is decided and carried out in its time, or not at all."""

from datetime import datetime, timedelta

import pytest

from cases.actions import deciding, ending, productions
from cases.actions.clockwork import run_clocks
from cases.actions.installation import hold_installation
from cases.actions.second_person import Expired
from cases.models import Approval, Case, HoldReason
from cases.states import ApprovalKind, ApprovalState, CaseState
from ledger.models import LedgerEntry
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

LATER, DAY, HOUR = timedelta(days=15), timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def proposal(staff: Staff, now: datetime) -> Approval:
    """Ines proposes to answer a subpoena whose objection window is over."""
    return lives.answer_proposed(lives.notified(lives.received(now), staff, now), staff, now + LATER)


def state(approval: Approval) -> str:
    return str(Approval.objects.get(pk=approval.pk).state)


def kinds(case: Case) -> list[str]:
    return [entry.payload["kind"] for entry in LedgerEntry.objects.filter(stream=case.stream).order_by("seq")]


def test_a_proposal_waits_fourteen_days(proposal: Approval, now: datetime) -> None:
    assert proposal.expires_at == now + LATER + 14 * DAY
    run_clocks(now=proposal.expires_at - HOUR)
    assert state(proposal) == ApprovalState.PROPOSED
    for _twice in range(2):
        run_clocks(now=proposal.expires_at)
    assert state(proposal) == ApprovalState.EXPIRED
    assert kinds(proposal.case).count("approval_expired") == 1


def test_what_is_over_is_not_approved_though_no_clock_came_by(proposal: Approval, staff: Staff) -> None:
    assert proposal.expires_at
    with pytest.raises(Expired):
        lives.approved(proposal, staff, proposal.expires_at)
    with pytest.raises(Expired):
        deciding.decline(approval_id=proposal.pk, decision="Too late.", by=staff.paul, now=proposal.expires_at)
    lives.approved(proposal, staff, proposal.expires_at - HOUR)


@pytest.mark.parametrize("a_clock_came_by", [False, True])
def test_what_was_approved_is_not_carried_out_after_its_time(
    a_clock_came_by: bool, proposal: Approval, staff: Staff
) -> None:
    assert proposal.expires_at
    lives.approved(proposal, staff, proposal.expires_at - HOUR)
    if a_clock_came_by:
        run_clocks(now=proposal.expires_at)
        assert state(proposal) == ApprovalState.EXPIRED
    with pytest.raises(Expired):
        productions.release(approval_id=proposal.pk, by=staff.ines, now=proposal.expires_at)
    assert lives.again(proposal.case).state == CaseState.CUSTOMER_NOTIFIED
    assert kinds(proposal.case)[-1] == "approval_blocked"


def test_the_same_is_proposed_again_and_nothing_else_is_in_its_way(proposal: Approval, staff: Staff) -> None:
    assert proposal.expires_at
    again = lives.answer_proposed(lives.again(proposal.case), staff, proposal.expires_at)
    assert (again.digest, again.expires_at) == (proposal.digest, proposal.expires_at + 14 * DAY)
    run_clocks(now=proposal.expires_at)
    assert [state(proposal), state(again)] == [ApprovalState.EXPIRED, ApprovalState.PROPOSED]


def test_a_proposal_whose_time_is_over_keeps_nobody_from_rejecting(proposal: Approval, staff: Staff) -> None:
    assert proposal.expires_at
    ending.reject(
        case_id=proposal.case_id, ground="overbroad", text="Too much.", by=staff.ines, now=proposal.expires_at
    )
    assert lives.again(proposal.case).state == CaseState.REJECTED


def test_what_is_urgent_waits_a_day(staff: Staff, now: datetime) -> None:
    case = lives.received(now, instrument="emergency_disclosure", asked=["subscriber"])
    lives.state_danger(case, staff, now)
    lives.called_back(case, staff, now)
    lives.authorise(lives.again(case), staff, now)
    urgent = productions.propose_release(
        case_id=case.pk,
        kind=ApprovalKind.ANSWER_EMERGENCY,
        rows=productions.rows_for_all(lives.again(case), {"subscriber": "produced"}),
        files=(),
        reason="A child is held.",
        by=staff.ines,
        now=now,
        delay_until=(now + 30 * DAY).date(),
    )
    assert urgent.expires_at == now + DAY


def test_while_the_installation_is_held_nothing_expires(proposal: Approval, now: datetime) -> None:
    assert proposal.expires_at
    hold_installation(because=HoldReason.RESTORED, now=now)
    run_clocks(now=proposal.expires_at + DAY)
    assert state(proposal) == ApprovalState.PROPOSED
