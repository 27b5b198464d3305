"""One named counsel is asked to decide; anybody else who is entitled may still be quicker."""

from datetime import datetime, timedelta

import pytest

from accounts.models import Compartment, CompartmentMembership, Role, User
from cases.actions import deciding
from cases.actions.asking import CannotBeAsked, ask_to_decide
from cases.actions.changing import NotForYou
from cases.actions.second_person import Expired, NotApproved
from cases.models import Approval, Case
from cases.states import ApprovalState
from ledger.models import LedgerEntry
from tests import lives
from tests.fixtures.staff import make_staff
from tests.lives import Staff

pytestmark = pytest.mark.django_db

LATER = timedelta(days=15)


@pytest.fixture
def proposal(staff: Staff, now: datetime) -> Approval:
    """Ines proposes to answer a subpoena whose objection window is over."""
    return lives.answer_proposed(lives.notified(lives.received(now), staff, now), staff, now + LATER)


@pytest.fixture
def clara(db: None, last_year: datetime) -> User:
    """Clara, a third counsel."""
    return make_staff("Clara Counsel", Role.COUNSEL, since=last_year)


def ask(proposal: Approval, asked: User, by: User, now: datetime) -> User | None:
    ask_to_decide(approval_id=proposal.pk, asked=asked, by=by, now=now + LATER)
    return Approval.objects.get(pk=proposal.pk).asked


def test_the_proposer_asks_one_and_it_is_on_record(proposal: Approval, staff: Staff, now: datetime) -> None:
    assert ask(proposal, staff.paul, staff.ines, now) == staff.paul
    entry = LedgerEntry.objects.filter(stream=proposal.case.stream).latest("seq")
    assert (entry.payload["kind"], entry.payload["asked"]) == ("approval_asked", staff.paul.pk)


def test_who_was_asked_hands_it_on(proposal: Approval, staff: Staff, clara: User, now: datetime) -> None:
    with pytest.raises(NotForYou):
        ask(proposal, clara, staff.paul, now)
    ask(proposal, staff.paul, staff.ines, now)
    assert ask(proposal, clara, staff.paul, now) == clara


def test_another_counsel_may_still_decide(proposal: Approval, staff: Staff, clara: User, now: datetime) -> None:
    ask(proposal, clara, staff.ines, now)
    assert lives.approved(proposal, staff, now + LATER).state == ApprovalState.APPROVED


def test_only_who_could_decide_is_asked(
    proposal: Approval, staff: Staff, clara: User, now: datetime, last_year: datetime
) -> None:
    friend = make_staff("Fritz Friend", Role.COUNSEL, since=now + LATER - timedelta(hours=23), by=staff.ines)
    for nobody in (staff.ines, staff.analyst, friend):
        with pytest.raises(CannotBeAsked, match=nobody.name):
            ask(proposal, nobody, staff.ines, now)
    sealed = Compartment.objects.create(code="north", name="North")
    CompartmentMembership.objects.create(user=staff.ines, compartment=sealed, granted_at=last_year)
    Case.objects.filter(pk=proposal.case_id).update(compartment=sealed)
    with pytest.raises(CannotBeAsked):
        ask(proposal, clara, User.objects.get(pk=staff.ines.pk), now)
    assert Approval.objects.get(pk=proposal.pk).asked is None


def test_nobody_is_asked_of_what_no_longer_waits(proposal: Approval, staff: Staff, now: datetime) -> None:
    assert proposal.expires_at
    with pytest.raises(Expired):
        ask_to_decide(approval_id=proposal.pk, asked=staff.paul, by=staff.ines, now=proposal.expires_at)
    deciding.decline(approval_id=proposal.pk, decision="Too much.", by=staff.paul, now=now + LATER)
    with pytest.raises(NotApproved):
        ask(proposal, staff.paul, staff.ines, now)
