"""Two people record the same hold at once: one stands, the other is told so."""

from datetime import datetime
from functools import partial

import pytest

from cases.actions.preservations import AlreadyKept, preserve
from tests import lives
from tests.adversarial.racing import at_once, one_behind_the_other
from tests.lives import Staff

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_at_the_same_moment_leave_one_hold(staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    keeping = partial(preserve, case_id=case.pk, rule="interim", confirmed=True, now=now)
    errors = at_once(partial(keeping, by=staff.analyst), partial(keeping, by=staff.ines))
    assert [type(error) for error in errors if error] == [AlreadyKept]
    assert case.preservations.count() == 1


def test_who_waits_for_the_case_sees_what_was_kept_meanwhile(staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    keeping = partial(preserve, case_id=case.pk, rule="interim", confirmed=True, now=now)
    errors = one_behind_the_other(case, partial(keeping, by=staff.analyst), partial(keeping, by=staff.ines))
    assert [type(error) for error in errors] == [type(None), AlreadyKept]
    assert case.preservations.count() == 1
