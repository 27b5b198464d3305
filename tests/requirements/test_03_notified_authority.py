"""With a notified enforcing authority nothing is produced before the end of the ten days, unless it confirms.

A refusal on record blocks for good.
"""

from datetime import timedelta

import pytest

from cases.actions import events
from cases.actions.changing import Refused
from cases.models import Case
from cases.rules.clocks import clock_rule
from cases.rules.deadlines import deadline
from cases.rules.enforcing_authority import producible_from
from cases.rules.nondisclosure import UNTIL_LIFTED
from tests import lives
from tests.lives import Staff
from tests.requirements.days import OFFICE, at

RECEIVED = at("2026-09-04 14:20")
LAST_MOMENT = at("2026-09-15 00:00")  # the end of 14 September
CONFIRMED = at("2026-09-08 11:00")


def test_it_may_be_produced_from_the_end_of_14_september_or_a_confirmation_and_never_after_a_refusal() -> None:
    found = deadline(clock_rule("epoc_answer_notified"), RECEIVED, OFFICE, "US")
    assert found.not_before_at == found.due_at == LAST_MOMENT
    assert producible_from(found.not_before_at, confirmed_at=None, refused_at=None) == LAST_MOMENT
    assert producible_from(found.not_before_at, confirmed_at=CONFIRMED, refused_at=None) == CONFIRMED
    assert producible_from(found.not_before_at, confirmed_at=CONFIRMED, refused_at=CONFIRMED) == UNTIL_LIFTED


def ready(staff: Staff) -> Case:
    agency = lives.oseis_agency(RECEIVED, country="DE", kind="court")
    case = lives.received(RECEIVED, instrument="eu_epoc", agency=agency, authority_notified=True)
    return lives.notice_pending(case, staff, RECEIVED)


@pytest.mark.django_db
def test_production_waits_for_the_last_second_of_14_september(staff: Staff) -> None:
    case = ready(staff)
    with pytest.raises(Refused, match="not before the end of, and due, 14 September 2026"):
        lives.answer_proposed(case, staff, LAST_MOMENT - timedelta(seconds=1))
    lives.answer_proposed(case, staff, LAST_MOMENT)


@pytest.mark.django_db
def test_a_confirmation_frees_it_earlier(staff: Staff) -> None:
    case = ready(staff)
    with pytest.raises(Refused, match="not before the end of"):
        lives.answer_proposed(case, staff, CONFIRMED)
    events.record_authority_answer(case_id=case.pk, refused=False, by=staff.ines, now=CONFIRMED)
    assert lives.answer_proposed(lives.again(case), staff, CONFIRMED).state == "proposed"


@pytest.mark.django_db
def test_a_refusal_blocks_for_good_also_after_a_confirmation(staff: Staff) -> None:
    case = ready(staff)
    for refused in (False, True):
        events.record_authority_answer(case_id=case.pk, refused=refused, by=staff.ines, now=CONFIRMED)
    with pytest.raises(Refused, match="for good"):
        lives.answer_proposed(lives.again(case), staff, LAST_MOMENT + timedelta(days=300))
