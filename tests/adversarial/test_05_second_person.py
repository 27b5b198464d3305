"""Invariant 5, concurrently. One after the other: tests/cases/actions/test_second_person.py."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from accounts.actions import end_role
from accounts.models import Role, User
from cases.actions import approvals, deciding, productions, withholding
from cases.actions.changing import Refused
from cases.models import Approval, Case
from cases.states import ApprovalState, CaseState, DutyState
from ledger.models import LedgerEntry
from tests import lives
from tests.adversarial.racing import Deed, at_once, one_behind_the_other, while_it_waits
from tests.fixtures.staff import make_staff
from tests.lives import Staff

pytestmark = pytest.mark.django_db(transaction=True)

LATER = timedelta(days=15)


@pytest.fixture
def petra(last_year: datetime) -> User:
    """A third counsel."""
    return make_staff("Petra Counsel", Role.COUNSEL, since=last_year)


@pytest.fixture
def proposal(staff: Staff, now: datetime) -> Approval:
    return lives.answer_proposed(lives.notified(lives.received(now), staff, now), staff, now + LATER)


def approving(proposal: Approval, by: User, now: datetime) -> Deed:
    return partial(
        deciding.approve, approval_id=proposal.pk, digest=proposal.digest, decision="Agreed.", by=by, now=now
    )


def taking_back(proposal: Approval, staff: Staff, now: datetime) -> Deed:
    return partial(approvals.take_back, approval_id=proposal.pk, by=staff.ines, now=now)


def state_of(approval: Approval) -> str:
    return Approval.objects.get(pk=approval.pk).state


def decisions(case: Case) -> int:
    return LedgerEntry.objects.filter(stream=case.stream, payload__kind="approval_decided").count()


def test_two_who_approve_at_once_approve_once(proposal: Approval, staff: Staff, petra: User, now: datetime) -> None:
    raised = at_once(approving(proposal, staff.paul, now + LATER), approving(proposal, petra, now + LATER))
    assert sorted(error is None for error in raised) == [False, True]
    assert (state_of(proposal), decisions(proposal.case)) == (ApprovalState.APPROVED, 1)


def test_two_who_withhold_a_notice_at_once_withhold_it_once(staff: Staff, petra: User, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    proposal = withholding.propose_withholding(
        duty_id=case.duties.get().pk,
        basis_code="no_contact",
        review_date=(now + LATER).date(),
        reason="Nobody can be reached.",
        by=staff.ines,
        now=now,
    )
    raised = at_once(approving(proposal, staff.paul, now), approving(proposal, petra, now))
    assert sorted(error is None for error in raised) == [False, True]
    assert (state_of(proposal), case.duties.get().state) == (ApprovalState.EXECUTED, DutyState.WITHHELD)


def test_one_who_approves_and_one_who_declines_agree_on_one_of_the_two(
    proposal: Approval, staff: Staff, petra: User, now: datetime
) -> None:
    declining = partial(deciding.decline, approval_id=proposal.pk, decision="Too much.", by=petra, now=now + LATER)
    for_it, against = one_behind_the_other(proposal.case, declining, approving(proposal, staff.paul, now + LATER))
    assert for_it is None
    assert isinstance(against, Refused)
    assert (state_of(proposal), decisions(proposal.case)) == (ApprovalState.DECLINED, 1)


def test_what_is_taken_back_first_is_not_approved(proposal: Approval, staff: Staff, now: datetime) -> None:
    taken, refused = one_behind_the_other(
        proposal.case, taking_back(proposal, staff, now + LATER), approving(proposal, staff.paul, now + LATER)
    )
    assert taken is None
    assert isinstance(refused, Refused)
    assert state_of(proposal) == ApprovalState.VOID


def test_what_is_approved_first_can_still_be_taken_back_and_is_not_released(
    proposal: Approval, staff: Staff, now: datetime
) -> None:
    later = now + LATER
    releasing = partial(productions.release, approval_id=proposal.pk, by=staff.paul, now=later)
    approved, taken, refused = one_behind_the_other(
        proposal.case, approving(proposal, staff.paul, later), taking_back(proposal, staff, later), releasing
    )
    assert (approved, taken) == (None, None)
    assert isinstance(refused, Refused)
    assert lives.again(proposal.case).state == CaseState.CUSTOMER_NOTIFIED


def test_what_is_released_first_cannot_be_taken_back(proposal: Approval, staff: Staff, now: datetime) -> None:
    later = now + LATER
    lives.approved(proposal, staff, later)
    releasing = partial(productions.release, approval_id=proposal.pk, by=staff.paul, now=later)
    released, refused = one_behind_the_other(proposal.case, releasing, taking_back(proposal, staff, later))
    assert released is None
    assert isinstance(refused, Refused)
    assert state_of(proposal) == ApprovalState.EXECUTED


def test_an_approver_whose_role_ends_while_the_release_waits_no_longer_counts(
    proposal: Approval, staff: Staff, administrator: User, now: datetime
) -> None:
    later = now + LATER
    lives.approved(proposal, staff, later)

    refused = while_it_waits(
        proposal.case,
        partial(productions.release, approval_id=proposal.pk, by=staff.ines, now=later),
        partial(end_role, user=staff.paul, role=Role.COUNSEL, by=administrator, at=later),
    )
    assert isinstance(refused, Refused)
    assert lives.again(proposal.case).state == CaseState.CUSTOMER_NOTIFIED


def test_the_same_thing_proposed_twice_at_once_waits_once(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    raised = at_once(*[partial(lives.answer_proposed, case, staff, now + LATER)] * 3)
    assert raised.count(None) == 1
    assert Approval.objects.count() == 1
