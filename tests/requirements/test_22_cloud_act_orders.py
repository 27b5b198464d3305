"""Requirement 22: an order under an agreement is blocked.

For a US person or somebody in the United States, without a specific identifier, and without an agreement in force on
the day of receipt.
"""

from contextlib import suppress
from datetime import UTC, datetime

import pytest

from cases.actions import letters, review
from cases.actions.changing import Refused
from cases.actions.customers import match_customer
from cases.actions.review import RuleStands
from cases.models import Answer, Case, Customer
from cases.rules.review import items
from cases.states import CaseState
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db


def order(staff: Staff, now: datetime, *, country: str = "GB", code: str = "cloud_act_uk", **anne: object) -> Case:
    anne = {"country": "GB", "nationality": "GB", "is_us_person": False, **anne}
    case = lives.received(
        now, instrument=code, customers=[lives.carla(**anne)], agency=lives.oseis_agency(now, country=country)
    )
    return lives.in_review(case, staff, now)


def passed(case: Case, staff: Staff, now: datetime) -> bool:
    """Answer everything that no rule answers with yes, authorise, and try to pass."""
    for item in items(case.instrument_code, case.agency_country):
        if not case.review_answers.filter(item=item.code, answered_by=None).exists():
            review.answer_item(case_id=case.pk, item=item.code, answer=Answer.YES, note="", by=staff.ines, now=now)
    lives.authorise(case, staff, now)
    with suppress(Refused):
        review.pass_review(case_id=case.pk, by=staff.ines, now=now)
    return bool(lives.again(case).state == CaseState.CONFLICT_CHECK)


def test_an_order_about_anne_in_london_passes(staff: Staff, now: datetime) -> None:
    assert passed(order(staff, now), staff, now)


@pytest.mark.parametrize(
    ("changed", "item"),
    [
        pytest.param({"is_us_person": True}, "not_us_person", id="a US person"),
        pytest.param({"country": "US"}, "not_us_person", id="in the United States"),
    ],
)
def test_nobody_in_or_of_the_united_states_is_a_target(
    changed: dict[str, object], item: str, staff: Staff, now: datetime
) -> None:
    anne = lives.carla(**{"country": "GB", "is_us_person": False, **changed})
    case = order(staff, now)
    match_customer(case_id=case.pk, target_ids=[case.targets.get().pk], customer=anne, by=staff.analyst, now=now)
    assert case.review_answers.get(item=item).answer == "no"
    assert not passed(case, staff, now)
    with pytest.raises(RuleStands):
        review.answer_item(case_id=case.pk, item=item, answer=Answer.YES, note="I insist.", by=staff.ines, now=now)
    offer = letters.offer_for(case)
    assert offer
    assert offer.kind == "mlat_redirect"


@pytest.mark.parametrize(
    ("received", "country", "code", "passes"),
    [
        pytest.param(datetime(2022, 10, 2, 18, tzinfo=UTC), "GB", "cloud_act_uk", False, id="UK, a day before"),
        pytest.param(datetime(2022, 10, 3, 18, tzinfo=UTC), "GB", "cloud_act_uk", True, id="UK, in force"),
        pytest.param(datetime(2024, 1, 30, 18, tzinfo=UTC), "AU", "cloud_act_au", False, id="Australia, a day before"),
        pytest.param(datetime(2024, 1, 31, 18, tzinfo=UTC), "AU", "cloud_act_au", True, id="Australia, in force"),
        pytest.param(datetime(2026, 3, 2, 18, tzinfo=UTC), "CA", "cloud_act_uk", False, id="a country without one"),
    ],
)
def test_the_agreement_is_in_force_on_the_day_of_receipt(
    received: datetime, country: str, code: str, passes: bool, now: datetime, staff: Staff
) -> None:
    case = order(staff, now, country=country, code=code)
    type(case).objects.filter(pk=case.pk).update(received_at=received)
    assert passed(case, staff, now) is passes


def test_what_nobody_knows_a_person_answers_and_a_no_ends_the_review(staff: Staff, now: datetime) -> None:
    case = order(staff, now, is_us_person=None)
    assert not case.review_answers.filter(item="not_us_person").exists()
    review.answer_item(
        case_id=case.pk, item="not_us_person", answer=Answer.NO, note="She holds a green card.", by=staff.ines, now=now
    )
    with pytest.raises(Refused, match="This ends the review"):
        review.pass_review(case_id=case.pk, by=staff.ines, now=now)


def test_an_order_that_identifies_nothing_is_blocked(staff: Staff, now: datetime) -> None:
    case = order(staff, now)
    case.targets.update(kind="other", value="everyone who wrote to the ministry")
    review.authorise(case_id=case.pk, categories=case.asked, reason="", by=staff.ines, now=now)
    assert not case.review_answers.filter(item="specific").exists()
    review.answer_item(
        case_id=case.pk, item="specific", answer=Answer.NO, note="It names nobody.", by=staff.ines, now=now
    )
    with pytest.raises(Refused, match="This ends the review"):
        review.pass_review(case_id=case.pk, by=staff.ines, now=now)
    assert Customer.objects.exists()
