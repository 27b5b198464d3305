"""After a reciprocal notice sent on 1 April 2026 the Government must apply for a nondisclosure order by 1 May.

The gag of a National Security Letter stays in force meanwhile.
"""

from datetime import date

import pytest

from accounts.models import Compartment, CompartmentMembership
from cases.actions import events
from cases.actions.clockwork import run_clocks
from cases.rules.clocks import clock_rule
from cases.rules.deadlines import deadline
from cases.states import ClockState
from tests import lives
from tests.lives import Staff
from tests.requirements.days import OFFICE, at

SENT = at("2026-04-01 09:00")


def test_the_government_has_thirty_days() -> None:
    found = deadline(clock_rule("nsl_reciprocal_notice"), SENT, OFFICE, "US")
    assert (found.last_day, found.source) == (date(2026, 5, 1), "18 USC 3511(b)(1)(B)")


@pytest.mark.django_db
def test_its_clock_starts_with_the_notice_and_the_gag_stands_whatever_comes(staff: Staff) -> None:
    inside = Compartment.objects.get(code="national-security")
    CompartmentMembership.objects.create(user=staff.ines, compartment=inside, granted_at=at("2025-01-01 00:00"))
    case = lives.received(at("2026-03-20 09:00"), instrument="us_nsl")
    clock = events.record_event(case_id=case.pk, rule="nsl_reciprocal_notice", event_at=SENT, by=staff.ines, now=SENT)
    assert clock.due_at == at("2026-05-02 00:00")
    run_clocks(now=at("2026-05-02 00:00"))
    assert case.clocks.get(pk=clock.pk).state == ClockState.OVER
    assert case.orders.get().in_force(at("2026-05-03 00:00"))
