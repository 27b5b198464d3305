"""Something is released while another request of the same sender is proven forged: one comes first, and it shows.

Either the data had left before anybody knew, and the case waits for a person all the same; or nothing leaves.
"""

from datetime import datetime, timedelta
from functools import partial

import pytest

from cases.actions import ending, productions
from cases.actions.changing import Refused
from cases.models import Approval, Case, Production
from cases.states import ApprovalState
from tests import lives
from tests.adversarial.racing import Deed, at_once, one_behind_the_other
from tests.lives import Staff

pytestmark = pytest.mark.django_db(transaction=True)

LATER = timedelta(days=15)
TURNS = 4


def ready(staff: Staff, now: datetime) -> tuple[Approval, Case]:
    """Return an approved answer, and another request of the same agency."""
    agency = lives.oseis_agency(now)
    case = lives.notified(lives.received(now, agency=agency), staff, now)
    approval = lives.approved(lives.answer_proposed(case, staff, now + LATER), staff, now + LATER)
    return approval, lives.received(now, agency=agency)


def releasing(approval: Approval, staff: Staff, at: datetime) -> Deed:
    return partial(productions.release, approval_id=approval.pk, by=staff.ines, now=at)


def exposing(case: Case, staff: Staff, at: datetime) -> Deed:
    return partial(ending.reject, case_id=case.pk, ground="forged", text="It is forged.", by=staff.ines, now=at)


def assert_sound(approval: Approval) -> None:
    approval.refresh_from_db()
    left = Production.objects.filter(approval=approval).exists()
    assert approval.state == (ApprovalState.EXECUTED if left else ApprovalState.VOID)
    assert approval.case.fraud_signals.filter(cleared_at=None).exists(), "a person looks at it either way"


@pytest.mark.parametrize("turn", range(TURNS))
def test_at_the_same_moment_one_of_them_comes_first(turn: int, staff: Staff, now: datetime) -> None:
    approval, forged = ready(staff, now)
    errors = at_once(releasing(approval, staff, now + LATER), exposing(forged, staff, now + LATER))
    assert all(error is None or isinstance(error, Refused) for error in errors)
    assert errors[1] is None
    assert_sound(approval)


def test_the_forgery_waits_for_a_release_that_has_begun(staff: Staff, now: datetime) -> None:
    approval, forged = ready(staff, now)
    deeds = (releasing(approval, staff, now + LATER), exposing(forged, staff, now + LATER))
    assert one_behind_the_other(approval.case, *deeds) == [None, None]
    assert_sound(approval)


def test_a_release_that_waits_for_the_forgery_is_refused(staff: Staff, now: datetime) -> None:
    approval, forged = ready(staff, now)
    deeds = (exposing(forged, staff, now + LATER), releasing(approval, staff, now + LATER))
    first, second = one_behind_the_other(approval.case, *deeds)
    assert first is None
    assert isinstance(second, Refused)
    assert not Production.objects.filter(approval=approval).exists()
