"""The same request, come twice: told once, counted once."""

from datetime import datetime

import pytest

from accounts.models import Compartment
from cases.actions.changing import CaseNotFound
from cases.actions.duplicates import NotADuplicate, mark_duplicate
from cases.models import Case
from cases.states import CaseState
from ledger.models import LedgerEntry
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db


def twice(now: datetime, **second: object) -> tuple[Case, Case]:
    """Return a request of Detective Osei, and the same as it came by another channel."""
    carla, agency = lives.carla(), lives.oseis_agency(now)
    fields = {"customers": [carla], "agency": agency}
    return lives.received(now, **fields), lives.received(now, **fields | second)  # type: ignore[arg-type]


def test_a_duplicate_ends_and_counts_with_its_original_only(staff: Staff, now: datetime) -> None:
    original, copy = twice(now)
    mark_duplicate(case_id=copy.pk, original_id=original.pk, by=staff.ines, now=now)
    copy = lives.again(copy)
    assert (copy.state, copy.rejection_ground) == (CaseState.REJECTED, "duplicate")
    assert not copy.duties.exists()
    assert LedgerEntry.objects.filter(stream=copy.stream, payload__fact__name="duplicate").exists()


@pytest.mark.parametrize(
    ("second", "why"),
    [
        pytest.param({"asked": ["identification", "subscriber"]}, "does not", id="it asks for more"),
        pytest.param({"customers": []}, "does not", id="it names somebody else"),
        pytest.param({"instrument": "us_court_order"}, "same kind", id="by another kind of request"),
    ],
)
def test_what_asks_for_anything_else_is_no_duplicate(
    staff: Staff, now: datetime, second: dict[str, object], why: str
) -> None:
    if second.get("customers") == []:
        second = {"customers": [lives.carla(name="Carlo")]}
    original, other = twice(now, **second)
    with pytest.raises(NotADuplicate, match=why):
        mark_duplicate(case_id=other.pk, original_id=original.pk, by=staff.ines, now=now)


def test_two_requests_are_not_each_others_duplicates(staff: Staff, now: datetime) -> None:
    original, copy = twice(now)
    mark_duplicate(case_id=copy.pk, original_id=original.pk, by=staff.ines, now=now)
    with pytest.raises(NotADuplicate, match="stands for itself"):
        mark_duplicate(case_id=original.pk, original_id=copy.pk, by=staff.ines, now=now)


def test_an_original_that_one_may_not_know_of_is_none(staff: Staff, now: datetime) -> None:
    original, copy = twice(now)
    Case.objects.filter(pk=original.pk).update(compartment=Compartment.objects.create(code="north", name="North"))
    with pytest.raises(CaseNotFound):
        mark_duplicate(case_id=copy.pk, original_id=original.pk, by=staff.ines, now=now)
