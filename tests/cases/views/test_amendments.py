"""The forms that change what is asked, and that end a request which came twice."""

from datetime import datetime

import pytest
from django.test import Client

from accounts.models import User
from cases.states import CaseState
from tests import lives
from tests.cases.views.conftest import As
from tests.cases.views.test_acts import do
from tests.lives import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_ines(signed_in: As, ines: User) -> Client:
    return signed_in(ines)


@pytest.fixture
def as_ana(signed_in: As, analyst: User) -> Client:
    return signed_in(analyst)


def test_what_is_asked_changes_by_a_form(staff: Staff, as_ana: Client, now: datetime) -> None:
    case = lives.in_review(lives.received(now, customers=[lives.carla(), lives.carla()]), staff, now)
    dropped = case.targets.latest("pk")
    asks = {"asked": ["subscriber", "identification"], "add": "www.example.org\naccount: 4711", "reason": "Amended."}
    do(as_ana, case, "amend", **asks, drop=f"{dropped.kind}:{dropped.value}")
    kinds = list(case.targets.order_by("pk").values_list("kind", flat=True))
    assert (lives.again(case).asked, kinds) == (["subscriber", "identification"], ["account", "domain", "account"])


def test_a_target_named_twice_changes_nothing_and_keeps_what_was_typed(
    staff: Staff, as_ana: Client, now: datetime
) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    value = case.targets.get().value
    html = do(as_ana, case, "amend", 409, asked="subscriber", add=f"account: {value}", reason="Amended.")
    assert "is named twice" in html
    assert case.targets.count() == 1


def test_a_duplicate_is_ended_by_the_reference_of_the_other_case(staff: Staff, as_ines: Client, now: datetime) -> None:
    agency, carla = lives.oseis_agency(now), lives.carla()
    original, twin = (lives.received(now, agency=agency, customers=[carla]) for _ in range(2))
    assert "There is no such case." in do(as_ines, twin, "mark-duplicate", 422, original="WD-2026-000000000")
    do(as_ines, twin, "mark-duplicate", original=original.reference.lower())
    assert (lives.again(twin).state, lives.again(twin).rejection_ground) == (CaseState.REJECTED, "duplicate")


def test_a_sealed_case_cannot_be_named_as_the_original_by_who_may_not_know_of_it(
    staff: Staff, as_ines: Client, now: datetime
) -> None:
    case = lives.received(now)
    hidden = lives.received(now, instrument="us_nsl")
    assert "There is no such case." in do(as_ines, case, "mark-duplicate", 422, original=hidden.reference)
