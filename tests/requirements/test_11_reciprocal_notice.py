"""Requirement 11. NSL reciprocal notice sent 2026-04-01 → Government must apply by 2026-05-01; default task "invoke
3511 review" on every NSL with a gag.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Compartment, CompartmentMembership, User
from cases.actions import judicial_reviews, nondisclosure
from cases.actions.changing import CaseNotFound, NotForYou, Refused
from cases.actions.clockwork import run_clocks
from cases.actions.judicial_reviews import NoSuchReview
from cases.models import Case
from cases.queries import needs
from cases.rules.judicial_review import judicial_review
from cases.states import ClockState
from tests import lives
from tests.lives import Staff
from tests.requirements.reading import page_of

pytestmark = pytest.mark.django_db

APRIL_1, MAY_1 = date(2026, 4, 1), date(2026, 5, 1)


@pytest.fixture
def now() -> datetime:
    """The evening of 1 April 2026 in UTC: it is the same day in Los Angeles."""
    return datetime(2026, 4, 1, 20, tzinfo=UTC)


@pytest.fixture
def letter(staff: Staff, last_year: datetime, now: datetime) -> Case:
    """A National Security Letter, silent by law, that Ana, Ines and Paul may know of."""
    sealed = Compartment.objects.get(code="national-security")
    for user in (staff.analyst, staff.ines, staff.paul):
        CompartmentMembership.objects.create(user=user, compartment=sealed, granted_at=last_year)
    return lives.received(now - timedelta(days=3), instrument="us_nsl")


def ask(case: Case, staff: Staff, now: datetime) -> None:
    judicial_reviews.ask_for_review(order_id=case.orders.get().pk, notified_on=APRIL_1, by=staff.ines, now=now)


def test_notified_on_1_april_the_government_applies_by_1_may(letter: Case, staff: Staff, now: datetime) -> None:
    ask(letter, staff, now)
    clock = letter.clocks.get(rule="nsl_reciprocal_notice")
    assert clock.due_at == datetime.fromisoformat("2026-05-02T00:00:00-07:00")
    assert "due 1 May 2026: 30 days from notice sent on 1 April" in clock.explanation
    assert clock.source == "18 USC 3511(b)(1)(B)"


def test_every_letter_with_a_gag_shows_as_its_next_thing_to_invoke_review(
    letter: Case, staff: Staff, now: datetime
) -> None:
    assert "Next: invoke judicial review of this gag (18 USC 3511(b)(1)(B))." in page_of(letter, staff.ines, now)
    assert needs.cases(staff.ines, "gags", now=now) == {letter.pk}
    ask(letter, staff, now)
    html = page_of(letter, staff.ines, now)
    assert "Next: invoke judicial review" not in html
    assert "the Government applies by Fri 1 May 2026, 18 USC 3511(b)(1)(B)" in html
    assert needs.cases(staff.ines, "gags", now=now) == set()


def test_the_gag_stays_in_force_meanwhile_and_when_the_government_applies(
    letter: Case, staff: Staff, now: datetime
) -> None:
    ask(letter, staff, now)
    order = letter.orders.get()
    assert order.in_force(now)
    judicial_reviews.record_application(
        order_id=order.pk, applied_on=APRIL_1, by=staff.ines, now=now + timedelta(hours=1)
    )
    assert letter.clocks.get(rule="nsl_reciprocal_notice").state == ClockState.MET
    run_clocks(now=now + timedelta(days=60))
    assert letter.orders.get().in_force(now + timedelta(days=60))
    assert "The gag stays in force meanwhile" in page_of(letter, staff.ines, now + timedelta(days=60))


def test_a_government_that_stays_silent_lifts_nothing_by_itself(letter: Case, staff: Staff, now: datetime) -> None:
    ask(letter, staff, now)
    after = datetime(2026, 5, 2, 12, tzinfo=UTC)
    run_clocks(now=after)
    assert letter.orders.get().in_force(after)
    assert "The Government did not apply in its time" in page_of(letter, staff.ines, after)


@pytest.mark.parametrize(
    ("asked_on", "applied_on", "today", "state"),
    [
        pytest.param(None, None, APRIL_1, "to_ask", id="nothing done yet"),
        pytest.param(APRIL_1, None, MAY_1, "government_to_apply", id="its last day"),
        pytest.param(APRIL_1, None, date(2026, 5, 2), "government_silent", id="the day after"),
        pytest.param(APRIL_1, MAY_1, date(2026, 5, 2), "before_the_court", id="it applied"),
    ],
)
def test_a_review_stands(asked_on: date | None, applied_on: date | None, today: date, state: str) -> None:
    found = judicial_review("us_2709c", asked_on=asked_on, apply_until=MAY_1, applied_on=applied_on, today=today)
    assert found
    assert found.state == state


def test_a_courts_order_has_no_such_review(staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    order = lives.brandts_order(case, staff, now)
    assert judicial_review("us_2705b", asked_on=None, apply_until=None, applied_on=None, today=APRIL_1) is None
    with pytest.raises(NoSuchReview):
        judicial_reviews.ask_for_review(order_id=order.pk, notified_on=APRIL_1, by=staff.ines, now=now)


def test_review_is_asked_for_once_by_counsel_while_the_gag_binds(letter: Case, staff: Staff, now: datetime) -> None:
    order = letter.orders.get()
    with pytest.raises(NotForYou):
        judicial_reviews.ask_for_review(order_id=order.pk, notified_on=APRIL_1, by=staff.analyst, now=now)
    with pytest.raises(Refused, match="between the receipt"):
        judicial_reviews.ask_for_review(order_id=order.pk, notified_on=date(2026, 4, 2), by=staff.ines, now=now)
    with pytest.raises(Refused, match="No review was asked"):
        judicial_reviews.record_application(order_id=order.pk, applied_on=APRIL_1, by=staff.ines, now=now)
    ask(letter, staff, now)
    with pytest.raises(Refused, match="asked for already"):
        ask(letter, staff, now)
    with pytest.raises(Refused, match="after it was notified"):
        judicial_reviews.record_application(order_id=order.pk, applied_on=date(2026, 3, 31), by=staff.ines, now=now)
    nondisclosure.lift_order(order_id=order.pk, reason="The FBI lifted it.", by=staff.ines, now=now)
    with pytest.raises(Refused, match="does not bind"):
        judicial_reviews.record_application(
            order_id=order.pk, applied_on=APRIL_1, by=staff.ines, now=now + timedelta(hours=1)
        )


def test_who_may_not_know_of_the_letter_finds_none(letter: Case, staff: Staff, now: datetime) -> None:
    CompartmentMembership.objects.filter(user=staff.paul).update(ended_at=now)
    outside = User.objects.get(pk=staff.paul.pk)
    with pytest.raises(CaseNotFound):
        judicial_reviews.ask_for_review(order_id=letter.orders.get().pk, notified_on=APRIL_1, by=outside, now=now)
    assert needs.cases(outside, "gags", now=now) == set()
