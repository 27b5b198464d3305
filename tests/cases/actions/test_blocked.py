"""Attempts that the rule of two persons blocks are on record, though all they began is undone (invariant 5)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest

from accounts.models import Role, RoleGrant
from cases.actions import blocked, deciding, productions
from cases.actions.changing import NotForYou, Refused
from cases.actions.second_person import (
    ApproverGone,
    NotApproved,
    NotIndependent,
    NotWhatWasApproved,
    NotWhatWasRead,
    SecondPersonRequired,
)
from cases.models import Approval, Production
from cases.states import ApprovalState
from ledger.models import LedgerEntry
from ledger.verification import verify
from tests import lives
from tests.adversarial.racing import at_once
from tests.fixtures.staff import make_staff
from tests.lives import Staff

pytestmark = pytest.mark.django_db

LATER = timedelta(days=15)


@pytest.fixture
def proposal(staff: Staff, now: datetime) -> Approval:
    """Ines proposes to answer a subpoena whose objection window is over."""
    return lives.answer_proposed(lives.notified(lives.received(now), staff, now), staff, now + LATER)


def approve(proposal: Approval, now: datetime, **changed: object) -> Approval:
    given = {"approval_id": proposal.pk, "digest": proposal.digest, "decision": "Agreed."} | changed
    return deciding.approve(now=now + LATER, **given)  # type: ignore[arg-type]


def blocks(proposal: Approval) -> list[tuple[str, str, int]]:
    found = LedgerEntry.objects.filter(stream=proposal.case.stream, payload__kind="approval_blocked").order_by("seq")
    return [(one.payload["attempt"], one.payload["because"], one.payload["by"]) for one in found]


def test_approving_ones_own_is_on_record(proposal: Approval, staff: Staff, now: datetime, last_year: datetime) -> None:
    alias = make_staff("Ines2 Counsel", Role.COUNSEL, since=last_year)
    alias.person = staff.ines.person
    alias.save()
    for account in (staff.ines, alias):
        with pytest.raises(SecondPersonRequired):
            approve(proposal, now, by=account)
    assert blocks(proposal) == [("approve", "same_person", staff.ines.pk), ("approve", "same_person", alias.pk)]


def test_an_approver_who_owes_it_to_the_proposer_is_on_record(proposal: Approval, staff: Staff, now: datetime) -> None:
    friend = make_staff("Fritz Friend", Role.COUNSEL, since=now + LATER - timedelta(hours=23), by=staff.ines)
    with pytest.raises(NotIndependent):
        approve(proposal, now, by=friend)
    with pytest.raises(NotIndependent):
        deciding.decline(approval_id=proposal.pk, decision="No.", by=friend, now=now + LATER)
    assert blocks(proposal) == [("approve", "not_independent", friend.pk), ("decline", "not_independent", friend.pk)]


def test_approving_another_digest_than_the_one_read_is_on_record(
    proposal: Approval, staff: Staff, now: datetime
) -> None:
    with pytest.raises(NotWhatWasRead):
        approve(proposal, now, digest="0" * 64, by=staff.paul)
    assert blocks(proposal) == [("approve", "not_what_was_read", staff.paul.pk)]


def test_approving_and_releasing_what_has_changed_is_on_record(proposal: Approval, staff: Staff, now: datetime) -> None:
    proposal.case.targets.update(value="someone-else")
    with pytest.raises(NotWhatWasApproved):
        approve(proposal, now, by=staff.paul)
    proposal.case.targets.update(value=proposal.case.targets.get().customer.identifier)  # type: ignore[union-attr]
    approve(proposal, now, by=staff.paul)
    proposal.case.targets.update(value="someone-else")
    with pytest.raises(NotWhatWasApproved):
        productions.release(approval_id=proposal.pk, by=staff.ines, now=now + LATER)
    assert blocks(proposal) == [
        ("approve", "changed_since", staff.paul.pk),
        ("release", "changed_since", staff.ines.pk),
    ]


def test_releasing_with_an_approver_who_is_gone_is_on_record(proposal: Approval, staff: Staff, now: datetime) -> None:
    approve(proposal, now, by=staff.paul)
    RoleGrant.objects.filter(user=staff.paul).update(ended_at=now + LATER)
    with pytest.raises(ApproverGone):
        productions.release(approval_id=proposal.pk, by=staff.ines, now=now + LATER)
    assert blocks(proposal) == [("release", "approver_gone", staff.ines.pk)]


def test_a_person_without_the_role_is_on_record(proposal: Approval, staff: Staff, now: datetime) -> None:
    with pytest.raises(NotForYou):
        approve(proposal, now, by=staff.analyst)
    assert blocks(proposal) == [("approve", "wrong_role", staff.analyst.pk)]


def test_an_answer_that_is_only_too_early_blocks_nobody(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    proposal = lives.approved(lives.answer_proposed(case, staff, now + LATER), staff, now + LATER)
    with pytest.raises(Refused, match="may still object"):
        productions.release(approval_id=proposal.pk, by=staff.ines, now=now + timedelta(days=1))
    assert blocks(proposal) == []


def test_an_entry_that_cannot_be_written_leaves_the_refusal_a_refusal(
    proposal: Approval, staff: Staff, now: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: object, **_fields: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(blocked, "record", fail)
    with pytest.raises(SecondPersonRequired):
        approve(proposal, now, by=staff.ines)
    assert "is not in the ledger" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_of_two_counsel_at_once_one_approves_and_the_ledger_tells_of_the_other(
    staff: Staff, now: datetime, last_year: datetime
) -> None:
    clara = make_staff("Clara Counsel", Role.COUNSEL, since=last_year)
    proposal = lives.answer_proposed(lives.notified(lives.received(now), staff, now), staff, now + LATER)
    raised = at_once(*(partial(approve, proposal, now, by=counsel) for counsel in (staff.paul, clara)))
    assert sorted(type(error).__name__ for error in raised) == ["NoneType", "NotApproved"]
    decided = Approval.objects.get(pk=proposal.pk)
    assert decided.state == ApprovalState.APPROVED
    loser = clara if decided.decided_by == staff.paul else staff.paul
    assert blocks(proposal) == [("approve", "not_waiting", loser.pk)]
    assert verify().first_break is None


@pytest.mark.django_db(transaction=True)
def test_of_approval_and_refusal_at_once_one_holds(staff: Staff, now: datetime, last_year: datetime) -> None:
    clara = make_staff("Clara Counsel", Role.COUNSEL, since=last_year)
    proposal = lives.answer_proposed(lives.notified(lives.received(now), staff, now), staff, now + LATER)
    decline = partial(deciding.decline, approval_id=proposal.pk, decision="No.", by=clara, now=now + LATER)
    raised = at_once(partial(approve, proposal, now, by=staff.paul), decline)
    assert [type(error) for error in raised if error] == [NotApproved]
    assert len(blocks(proposal)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_releases_at_once_one_leaves(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    proposal = lives.approved(lives.answer_proposed(case, staff, now + LATER), staff, now + LATER)
    release: Callable[[], object] = partial(
        productions.release, approval_id=proposal.pk, by=staff.ines, now=now + LATER
    )
    raised = at_once(release, release)
    assert [isinstance(error, Refused) for error in raised if error] == [True]
    assert Production.objects.count() == 1
    assert blocks(proposal) == [("release", "case_moved", staff.ines.pk)]
