"""An order not to tell comes while the answer is being approved; a request is taken back while it is being produced.

One wins, the other is refused in plain words, and the ledger tells in which order it was. Each pair is done in both
orders by real threads, the second reading whatever it reads before the first has committed; and at once, many times.
"""

from datetime import datetime, timedelta
from functools import partial

import pytest

from cases.actions import deciding, ending, productions
from cases.actions.changing import Refused
from cases.models import Approval, Case, LetterKind, Production
from cases.states import ApprovalKind, ApprovalState, CaseState, DutyState, Outcome
from ledger.models import LedgerEntry
from tests import lives
from tests.adversarial.racing import Deed, at_once, one_behind_the_other
from tests.lives import Staff

pytestmark = pytest.mark.django_db(transaction=True)

LATER = timedelta(days=15)
TURNS = 5


@pytest.fixture
def later(now: datetime) -> datetime:
    """When every window is over."""
    return now + LATER


def proposal(staff: Staff, now: datetime, kind: ApprovalKind = ApprovalKind.ANSWER) -> Approval:
    case = lives.notified(lives.received(now), staff, now)
    return lives.answer_proposed(case, staff, now + LATER, kind=kind)


def approving(approval: Approval, staff: Staff, at: datetime) -> Deed:
    return partial(
        deciding.approve, approval_id=approval.pk, digest=approval.digest, decision="Agreed.", by=staff.paul, now=at
    )


def releasing(approval: Approval, staff: Staff, at: datetime) -> Deed:
    return partial(productions.release, approval_id=approval.pk, by=staff.ines, now=at)


def ordering(case: Case, staff: Staff, at: datetime) -> Deed:
    return partial(lives.brandts_order, case, staff, at)


def withdrawing(case: Case, staff: Staff, at: datetime) -> Deed:
    return partial(ending.withdraw, case_id=case.pk, reason="Osei called: solved.", by=staff.analyst, now=at)


def told_by_ledger(case: Case, *kinds: str) -> list[str]:
    """Return which of these kinds of entries the ledger holds, in its order."""
    entries = LedgerEntry.objects.filter(stream=case.stream, payload__kind__in=kinds).order_by("seq")
    return [str(entry.payload["kind"]) for entry in entries]


def state_of(approval: Approval) -> str:
    return Approval.objects.get(pk=approval.pk).state


ORDER_OR_APPROVAL = ("order_recorded", "approval_decided", "approvals_voided", "produced")


def test_an_order_recorded_first_refuses_the_approval(staff: Staff, now: datetime, later: datetime) -> None:
    approval = proposal(staff, now)
    case = approval.case
    recorded, refused = one_behind_the_other(case, ordering(case, staff, later), approving(approval, staff, later))
    assert recorded is None
    assert isinstance(refused, Refused)
    assert str(refused) == "This no longer waits for anyone."
    assert told_by_ledger(case, *ORDER_OR_APPROVAL) == ["approvals_voided", "order_recorded"]
    assert Approval.objects.get(pk=approval.pk).void_because == "order_recorded"


def test_an_approval_given_first_falls_with_the_order_and_releases_nothing(
    staff: Staff, now: datetime, later: datetime
) -> None:
    approval = proposal(staff, now)
    case = approval.case
    raised = one_behind_the_other(case, approving(approval, staff, later), ordering(case, staff, later))
    assert raised == [None, None]
    assert told_by_ledger(case, *ORDER_OR_APPROVAL) == ["approval_decided", "approvals_voided", "order_recorded"]
    with pytest.raises(Refused):
        productions.release(approval_id=approval.pk, by=staff.ines, now=later)
    assert not Production.objects.exists()


def test_an_order_recorded_first_refuses_the_release_and_the_ledger_has_no_production(
    staff: Staff, now: datetime, later: datetime
) -> None:
    approval = lives.approved(proposal(staff, now), staff, later)
    case = approval.case
    recorded, refused = one_behind_the_other(case, ordering(case, staff, later), releasing(approval, staff, later))
    assert recorded is None
    assert isinstance(refused, Refused)
    assert "produced" not in told_by_ledger(case, *ORDER_OR_APPROVAL)
    assert case.duties.get().told_before


def test_a_release_first_is_told_in_the_ledger_before_the_order(staff: Staff, now: datetime, later: datetime) -> None:
    approval = lives.approved(proposal(staff, now), staff, later)
    case = approval.case
    raised = one_behind_the_other(case, releasing(approval, staff, later), ordering(case, staff, later))
    assert raised == [None, None]
    assert told_by_ledger(case, "produced", "order_recorded") == ["produced", "order_recorded"]
    assert case.duties.get(kind="outcome").state == DutyState.WITHHELD


def test_an_order_and_an_approval_at_once_never_end_in_a_release(staff: Staff, now: datetime, later: datetime) -> None:
    for _turn in range(TURNS):
        approval = proposal(staff, now)
        raised = at_once(ordering(approval.case, staff, later), approving(approval, staff, later))
        assert raised[0] is None
        assert raised[1] is None or isinstance(raised[1], Refused)
        assert state_of(approval) == ApprovalState.VOID
        with pytest.raises(Refused):
            productions.release(approval_id=approval.pk, by=staff.ines, now=later)


ENDS = ("produced", "case_answered", "case_withdrawn")


def test_a_withdrawal_first_refuses_the_release(staff: Staff, now: datetime, later: datetime) -> None:
    approval = lives.approved(proposal(staff, now), staff, later)
    case = approval.case
    withdrawn, refused = one_behind_the_other(case, withdrawing(case, staff, later), releasing(approval, staff, later))
    assert withdrawn is None
    assert isinstance(refused, Refused)
    assert str(refused) == "This case is in “Withdrawn” now. Look at it again."
    assert told_by_ledger(case, *ENDS) == ["case_withdrawn"]
    assert not Production.objects.exists()


def test_a_release_first_refuses_the_withdrawal(staff: Staff, now: datetime, later: datetime) -> None:
    approval = lives.approved(proposal(staff, now), staff, later)
    case = approval.case
    released, refused = one_behind_the_other(case, releasing(approval, staff, later), withdrawing(case, staff, later))
    assert released is None
    assert isinstance(refused, Refused)
    assert str(refused) == "This case is in “Answered” now. Look at it again."
    assert told_by_ledger(case, *ENDS) == ["produced", "case_answered"]
    assert lives.again(case).outcome == Outcome.ANSWERED


def test_a_part_that_left_first_is_demanded_back_and_stays_counted(
    staff: Staff, now: datetime, later: datetime
) -> None:
    approval = lives.approved(proposal(staff, now, ApprovalKind.PRODUCE_PART), staff, later)
    case = approval.case
    raised = one_behind_the_other(case, releasing(approval, staff, later), withdrawing(case, staff, later))
    assert raised == [None, None]
    found = lives.again(case)
    assert (found.state, found.outcome) == (CaseState.WITHDRAWN, Outcome.ANSWERED_PARTIAL)
    assert case.letters.get().kind == LetterKind.RETURN_DEMAND
    assert told_by_ledger(case, *ENDS) == ["produced", "case_withdrawn"]


def test_a_withdrawal_first_refuses_the_part_and_demands_nothing(staff: Staff, now: datetime, later: datetime) -> None:
    approval = lives.approved(proposal(staff, now, ApprovalKind.PRODUCE_PART), staff, later)
    case = approval.case
    withdrawn, refused = one_behind_the_other(case, withdrawing(case, staff, later), releasing(approval, staff, later))
    assert withdrawn is None
    assert isinstance(refused, Refused)
    assert not case.letters.exists()
    assert lives.again(case).outcome == Outcome.WITHDRAWN


def test_a_withdrawal_first_refuses_the_approval(staff: Staff, now: datetime, later: datetime) -> None:
    approval = proposal(staff, now)
    case = approval.case
    withdrawn, refused = one_behind_the_other(case, withdrawing(case, staff, later), approving(approval, staff, later))
    assert withdrawn is None
    assert str(refused) == "This no longer waits for anyone."
    assert state_of(approval) == ApprovalState.VOID


def test_of_a_withdrawal_and_a_release_at_once_one_wins_and_the_ledger_says_which(
    staff: Staff, now: datetime, later: datetime
) -> None:
    for _turn in range(TURNS):
        approval = lives.approved(proposal(staff, now), staff, later)
        case = approval.case
        raised = at_once(withdrawing(case, staff, later), releasing(approval, staff, later))
        assert [type(error) is type(None) for error in raised].count(True) == 1
        assert all(isinstance(error, Refused) for error in raised if error)
        withdrawn = raised[0] is None
        assert told_by_ledger(case, *ENDS) == (["case_withdrawn"] if withdrawn else ["produced", "case_answered"])
        assert case.productions.exists() is not withdrawn
