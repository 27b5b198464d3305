"""Looking again at an order without end."""

from datetime import date, datetime, timedelta

import pytest

from cases.actions import nondisclosure, order_reviews
from cases.actions.changing import NotForYou, Refused
from cases.actions.order_reviews import NothingToReview
from cases.models import Case
from cases.queries import needs
from cases.states import DutyState
from ledger.models import LedgerEntry
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

A_YEAR_ON = date(2027, 11, 30)


@pytest.fixture
def gagged(staff: Staff, now: datetime) -> Case:
    return lives.withheld(lives.received(now), staff, now)


def review(
    case: Case, staff: Staff, now: datetime, *, next_date: date = A_YEAR_ON, finding: str = "It goes on."
) -> None:
    order_reviews.record_review(
        order_id=case.orders.get().pk, finding=finding, next_date=next_date, by=staff.ines, now=now
    )


def test_a_review_moves_the_next_one_and_leaves_the_notice_withheld(gagged: Case, staff: Staff, now: datetime) -> None:
    review(gagged, staff, now)
    order, duty = gagged.orders.get(), gagged.duties.get()
    assert (order.review_date, duty.review_date, duty.state) == (A_YEAR_ON, A_YEAR_ON, DutyState.WITHHELD)
    row = order.reviews.get()
    assert (row.reviewed_date, row.finding, row.recorded_by) == (now.date(), "It goes on.", staff.ines)


def test_the_ledger_tells_of_it_without_its_words(gagged: Case, staff: Staff, now: datetime) -> None:
    review(gagged, staff, now, finding="Carla is still watched.")
    entry = LedgerEntry.objects.get(stream=gagged.stream, payload__kind="order_reviewed")
    assert entry.payload["next"] == "2027-11-30"
    assert "Carla" not in str(entry.payload)


def test_a_review_that_is_due_waits_on_the_first_page_until_it_is_made(
    gagged: Case, staff: Staff, now: datetime
) -> None:
    a_year_on = now + timedelta(days=365)
    assert needs.cases(staff.ines, "order_reviews", now=a_year_on - timedelta(days=1)) == set()
    assert needs.cases(staff.ines, "order_reviews", now=a_year_on) == {gagged.pk}
    review(gagged, staff, a_year_on, next_date=date(2028, 11, 30))
    assert needs.cases(staff.ines, "order_reviews", now=a_year_on) == set()


@pytest.mark.parametrize(
    "next_date",
    [pytest.param(date(2026, 11, 30), id="today"), pytest.param(date(2027, 12, 1), id="more than a year on")],
)
def test_the_next_day_is_one_to_come_within_a_year(gagged: Case, staff: Staff, now: datetime, next_date: date) -> None:
    with pytest.raises(Refused, match="at the latest"):
        review(gagged, staff, now, next_date=next_date)


def test_an_order_that_ends_by_itself_or_was_lifted_is_not_reviewed(staff: Staff, now: datetime) -> None:
    ends = lives.withheld(lives.received(now), staff, now, last_day=date(2026, 12, 3))
    with pytest.raises(NothingToReview):
        review(ends, staff, now)
    lifted = lives.withheld(lives.received(now), staff, now)
    nondisclosure.lift_order(order_id=lifted.orders.get().pk, reason="Lifted.", by=staff.ines, now=now)
    with pytest.raises(NothingToReview):
        review(lifted, staff, now)


def test_it_is_counsel_who_looks_and_says_what_they_found(gagged: Case, staff: Staff, now: datetime) -> None:
    with pytest.raises(Refused, match="what was found"):
        review(gagged, staff, now, finding=" ")
    with pytest.raises(NotForYou):
        order_reviews.record_review(
            order_id=gagged.orders.get().pk, finding="x", next_date=A_YEAR_ON, by=staff.analyst, now=now
        )
