"""Two persons agree on exactly one thing, and that thing is done (invariant 5)."""

from datetime import datetime, timedelta

import pytest

from accounts.models import Compartment, CompartmentMembership, Role, RoleGrant, User
from cases.actions import approvals, deciding, productions
from cases.actions.changing import CaseNotFound, NotForYou
from cases.actions.second_person import (
    ApproverGone,
    NotApproved,
    NotIndependent,
    NotWhatWasApproved,
    SecondPersonRequired,
)
from cases.models import Approval, Case
from cases.states import ApprovalState, CaseState
from tests import lives
from tests.fixtures.staff import make_staff
from tests.lives import Staff

pytestmark = pytest.mark.django_db

LATER = timedelta(days=15)


@pytest.fixture
def proposal(staff: Staff, now: datetime) -> Approval:
    """Ines proposes to answer a subpoena whose objection window is over."""
    return lives.answer_proposed(lives.notified(lives.received(now), staff, now), staff, now + LATER)


def approve(proposal: Approval, by: User, now: datetime) -> Approval:
    return deciding.approve(approval_id=proposal.pk, digest=proposal.digest, decision="Agreed.", by=by, now=now)


def test_nobody_approves_their_own_proposal(proposal: Approval, staff: Staff, now: datetime) -> None:
    with pytest.raises(SecondPersonRequired):
        approve(proposal, staff.ines, now + LATER)


def test_nobody_approves_their_own_proposal_under_another_account(
    proposal: Approval, staff: Staff, now: datetime, last_year: datetime
) -> None:
    alias = make_staff("Ines2 Counsel", Role.COUNSEL, since=last_year)
    alias.person = staff.ines.person
    alias.save()
    with pytest.raises(SecondPersonRequired):
        approve(proposal, alias, now + LATER)


def test_who_got_their_role_from_the_proposer_yesterday_cannot_approve(
    proposal: Approval, staff: Staff, now: datetime
) -> None:
    friend = make_staff("Fritz Friend", Role.COUNSEL, since=now + LATER - timedelta(hours=23), by=staff.ines)
    with pytest.raises(NotIndependent):
        approve(proposal, friend, now + LATER)
    assert approve(proposal, friend, now + LATER + timedelta(hours=2)).state == ApprovalState.APPROVED


def test_an_analyst_cannot_approve(proposal: Approval, staff: Staff, now: datetime) -> None:
    with pytest.raises(NotForYou):
        approve(proposal, staff.analyst, now + LATER)


def test_who_may_not_know_of_the_case_cannot_approve_it(proposal: Approval, staff: Staff, now: datetime) -> None:
    Case.objects.filter(pk=proposal.case_id).update(compartment=Compartment.objects.create(code="north", name="North"))
    with pytest.raises(CaseNotFound):
        approve(proposal, staff.paul, now + LATER)


def test_an_approver_who_lost_the_role_before_the_release_no_longer_counts(
    proposal: Approval, staff: Staff, now: datetime
) -> None:
    approve(proposal, staff.paul, now + LATER)
    RoleGrant.objects.filter(user=staff.paul).update(ended_at=now + LATER)
    with pytest.raises(ApproverGone):
        productions.release(approval_id=proposal.pk, by=staff.ines, now=now + LATER)
    assert lives.again(proposal.case).state == CaseState.CUSTOMER_NOTIFIED


def test_an_approver_who_left_the_compartment_before_the_release_no_longer_counts(
    proposal: Approval, staff: Staff, now: datetime, last_year: datetime
) -> None:
    north = Compartment.objects.create(code="north", name="North")
    for user in (staff.ines, staff.paul):
        CompartmentMembership.objects.create(user=user, compartment=north, granted_at=last_year)
        user.forget_grants()
    Case.objects.filter(pk=proposal.case_id).update(compartment=north)
    approve(proposal, staff.paul, now + LATER)
    CompartmentMembership.objects.filter(user=staff.paul).update(ended_at=now + LATER)
    with pytest.raises(ApproverGone):
        productions.release(approval_id=proposal.pk, by=staff.ines, now=now + LATER)


def test_a_change_of_scope_after_the_approval_stops_the_release(
    proposal: Approval, staff: Staff, now: datetime
) -> None:
    approve(proposal, staff.paul, now + LATER)
    target = proposal.case.targets.get()
    type(target).objects.filter(pk=target.pk).update(value="someone-else")
    with pytest.raises(NotWhatWasApproved):
        productions.release(approval_id=proposal.pk, by=staff.ines, now=now + LATER)


def test_an_edited_proposal_is_not_what_was_approved(proposal: Approval, staff: Staff, now: datetime) -> None:
    approve(proposal, staff.paul, now + LATER)
    tampered = proposal.subject | {"params": proposal.subject["params"] | {"files": []} | {"rows": []}}
    tampered["params"]["rows"] = [[proposal.case.targets.get().pk, "subscriber", "no_records"]]
    Approval.objects.filter(pk=proposal.pk).update(subject=tampered)
    with pytest.raises(NotWhatWasApproved):
        productions.release(approval_id=proposal.pk, by=staff.ines, now=now + LATER)


def test_only_the_proposal_that_was_read_can_be_approved(proposal: Approval, staff: Staff, now: datetime) -> None:
    with pytest.raises(NotApproved):
        deciding.approve(approval_id=proposal.pk, digest="0" * 64, decision="", by=staff.paul, now=now + LATER)


def test_what_was_taken_back_is_neither_approved_nor_released(proposal: Approval, staff: Staff, now: datetime) -> None:
    approvals.take_back(approval_id=proposal.pk, by=staff.ines, now=now + LATER)
    with pytest.raises(NotApproved):
        approve(proposal, staff.paul, now + LATER)


def test_only_the_proposer_takes_a_proposal_back(proposal: Approval, staff: Staff, now: datetime) -> None:
    with pytest.raises(NotForYou):
        approvals.take_back(approval_id=proposal.pk, by=staff.paul, now=now + LATER)


def test_a_proposal_is_released_once(proposal: Approval, staff: Staff, now: datetime) -> None:
    approve(proposal, staff.paul, now + LATER)
    productions.release(approval_id=proposal.pk, by=staff.ines, now=now + LATER)
    with pytest.raises(Exception, match="Look at it again"):
        productions.release(approval_id=proposal.pk, by=staff.ines, now=now + LATER)


def test_what_was_not_approved_is_not_released(proposal: Approval, staff: Staff, now: datetime) -> None:
    with pytest.raises(NotApproved):
        productions.release(approval_id=proposal.pk, by=staff.ines, now=now + LATER)


def test_declining_needs_a_reason_and_leaves_the_case_where_it_is(
    proposal: Approval, staff: Staff, now: datetime
) -> None:
    with pytest.raises(approvals.ReasonMissing):
        deciding.decline(approval_id=proposal.pk, decision=" ", by=staff.paul, now=now + LATER)
    deciding.decline(approval_id=proposal.pk, decision="Too much.", by=staff.paul, now=now + LATER)
    assert lives.again(proposal.case).state == CaseState.CUSTOMER_NOTIFIED


def test_the_same_proposal_waits_only_once(proposal: Approval, staff: Staff, now: datetime) -> None:
    with pytest.raises(approvals.AlreadyProposed):
        lives.answer_proposed(lives.again(proposal.case), staff, now + LATER)
