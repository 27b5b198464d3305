"""The data is preserved before the customer is told: no notice while its preservation is not confirmed."""

from datetime import datetime

import pytest

from cases.actions import conflict, preservations
from cases.actions.changing import Refused
from cases.states import CaseState
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db


def test_the_case_does_not_come_to_its_notices_before_the_data_is_known_to_be_kept(staff: Staff, now: datetime) -> None:
    case = lives.in_conflict_check(lives.received(now), staff, now)
    conflict.assess(case_id=case.pk, finding=lives.NO_CONFLICT, by=staff.ines, now=now)
    hold = preservations.preserve(case_id=case.pk, rule="interim", confirmed=False, by=staff.analyst, now=now)
    with pytest.raises(Refused, match="Preserve the data"):
        conflict.clear_conflict(case_id=case.pk, by=staff.ines, now=now)
    assert not case.duties.filter(due_at__isnull=False).exists()
    preservations.confirm(preservation_id=hold.pk, by=staff.analyst, now=now)
    conflict.clear_conflict(case_id=case.pk, by=staff.ines, now=now)
    assert lives.again(case).state == CaseState.NOTICE_PENDING
    assert case.duties.get().due_at == now
