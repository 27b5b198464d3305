"""Requirement 18. Disclosure to counsel or helpers logs that the gag was explained (2709(c)(2)(C))."""

from datetime import date, datetime, timedelta

import pytest

from cases.actions import briefings
from cases.actions.briefings import DutyNotExplained
from cases.actions.changing import Refused
from cases.models import BriefingCapacity, Case, SilenceBriefing
from ledger.models import LedgerEntry
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def gagged(staff: Staff, now: datetime) -> Case:
    return lives.withheld(lives.received(now), staff, now, last_day=date(2026, 12, 3))


def tell_bob(
    case: Case, staff: Staff, now: datetime, *, explained: bool = True, person: str = "Bob Barrister"
) -> SilenceBriefing:
    return briefings.brief(
        order_id=case.orders.get().pk,
        person=person,
        capacity=BriefingCapacity.COUNSEL,
        reason="To advise us on the order.",
        explained=explained,
        by=staff.analyst,
        now=now,
    )


def test_who_was_told_in_what_capacity_why_and_by_whom_is_on_record(gagged: Case, staff: Staff, now: datetime) -> None:
    told = tell_bob(gagged, staff, now)
    assert (told.person, told.capacity, told.reason) == ("Bob Barrister", "counsel", "To advise us on the order.")
    assert (told.briefed_by, told.briefed_at) == (staff.analyst, now)


def test_the_ledger_says_that_the_duty_was_explained_and_names_nobody(
    gagged: Case, staff: Staff, now: datetime
) -> None:
    tell_bob(gagged, staff, now)
    entry = LedgerEntry.objects.get(stream=gagged.stream, payload__kind="silence_explained")
    assert entry.payload["capacity"] == "counsel"
    assert "Bob" not in str(entry.payload)
    assert "advise" not in str(entry.payload)


def test_telling_without_explaining_is_refused_and_leaves_no_trace(gagged: Case, staff: Staff, now: datetime) -> None:
    with pytest.raises(DutyNotExplained):
        tell_bob(gagged, staff, now, explained=False)
    assert not SilenceBriefing.objects.exists()


def test_somebody_has_a_name(gagged: Case, staff: Staff, now: datetime) -> None:
    with pytest.raises(Refused, match="who was told"):
        tell_bob(gagged, staff, now, person=" ")


def test_once_the_silence_is_over_nobody_is_bound_by_it(gagged: Case, staff: Staff, now: datetime) -> None:
    with pytest.raises(Refused, match="does not bind now"):
        tell_bob(gagged, staff, now + timedelta(days=30))
