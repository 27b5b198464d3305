"""The board of withheld notices: why, until when, what is overdue; each until it has an outcome."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Compartment, User
from cases.actions import nondisclosure
from cases.actions.clockwork import run_clocks
from cases.models import Case
from notifications import withheld
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def ending(staff: Staff, now: datetime) -> Case:
    """Silent through 3 December."""
    return lives.withheld(lives.received(now), staff, now, last_day=date(2026, 12, 3))


@pytest.fixture
def endless(staff: Staff, now: datetime) -> Case:
    """Silent without end, looked at again in a year."""
    return lives.withheld(lives.received(now), staff, now)


def references(user: User, now: datetime, view: str = "") -> list[str]:
    return [duty.case.reference for duty in withheld.board(user, now, view)]


def test_what_ends_first_comes_first_and_what_has_no_end_by_its_review(
    ending: Case, endless: Case, staff: Staff, now: datetime
) -> None:
    later = lives.withheld(lives.received(now), staff, now, last_day=date(2027, 2, 1))
    assert references(staff.ines, now) == [ending.reference, later.reference, endless.reference]
    assert references(staff.ines, now, "soon") == [ending.reference]
    assert references(staff.ines, now, "open") == [endless.reference]
    assert references(staff.ines, now, "nonsense") == references(staff.ines, now)


def test_a_row_says_its_last_day_or_when_it_is_looked_at_again(
    ending: Case, endless: Case, staff: Staff, now: datetime
) -> None:
    first, second = (withheld.as_shown(duty, now) for duty in withheld.board(staff.ines, now))
    assert (first.last_day, first.look_again, first.is_overdue) == (date(2026, 12, 3), None, False)
    assert (second.last_day, second.look_again, second.is_overdue) == (None, date(2027, 11, 30), False)


def test_an_order_whose_review_has_come_is_overdue(endless: Case, staff: Staff, now: datetime) -> None:
    assert references(staff.ines, now, "overdue") == []
    endless.orders.update(review_date=now.date())
    assert references(staff.ines, now, "overdue") == [endless.reference]
    assert withheld.as_shown(withheld.board(staff.ines, now)[0], now).is_overdue


def test_what_was_lifted_is_overdue_until_the_clock_has_come(endless: Case, staff: Staff, now: datetime) -> None:
    nondisclosure.lift_order(order_id=endless.orders.get().pk, reason="Lifted.", by=staff.ines, now=now)
    assert references(staff.ines, now, "overdue") == [endless.reference]
    run_clocks(now=now)
    assert references(staff.ines, now) == []


@pytest.mark.parametrize(
    ("hours", "overdue"), [pytest.param(-1, False, id="an hour before"), pytest.param(0, True, id="at its end")]
)
def test_what_we_put_off_is_overdue_from_the_hour_of_its_end(
    hours: int, overdue: bool, endless: Case, staff: Staff, now: datetime
) -> None:
    until = now + 3 * DAY
    endless.duties.update(order=None, basis="emergency", withheld_until=until)
    at = until + timedelta(hours=hours)
    assert references(staff.ines, at, "overdue") == ([endless.reference] if overdue else [])
    assert withheld.as_shown(withheld.board(staff.ines, at)[0], at).is_overdue is overdue


def test_a_sealed_case_shows_to_its_members_only(ending: Case, staff: Staff, now: datetime) -> None:
    Case.objects.filter(pk=ending.pk).update(compartment=Compartment.objects.create(code="circle", name="Circle"))
    assert references(staff.ines, now) == []


def test_the_page_shows_it_at_the_same_cost_for_any_number(
    ending: Case,
    staff: Staff,
    now: datetime,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(staff.ines)
    for _number in range(3):
        lives.withheld(lives.received(now), staff, now)
    with django_assert_max_num_queries(9):
        html = client.get("/notices/withheld/").content.decode()
    assert ending.reference in html
    assert html.count("18 USC 2705(b)") == 4, "once a row"
    assert "no end known" in html


def test_an_empty_board_says_so_and_others_do_not_see_it(client: Client, staff: Staff, publisher: User) -> None:
    client.force_login(staff.ines)
    assert "Nothing is withheld here" in client.get("/notices/withheld/").content.decode()
    client.force_login(publisher)
    assert client.get("/notices/withheld/").status_code == 403


def test_counsel_reads_what_it_will_say_once_silence_has_ended(ending: Case, staff: Staff, client: Client) -> None:
    client.force_login(staff.ines)
    assert f"/notices/{ending.reference}/1/preview/" in client.get("/notices/withheld/").content.decode()
    said = client.get(f"/notices/{ending.reference}/1/preview/mail.html").content.decode()
    assert "We were forbidden to tell you earlier" in said
    assert "Thursday 3 December 2026" in said
    assert not ending.messages.exists()
    assert not ending.customer_links.exists()


def test_of_one_without_a_known_end_the_page_says_what_is_missing(endless: Case, staff: Staff, client: Client) -> None:
    client.force_login(staff.ines)
    page = client.get(f"/notices/{endless.reference}/1/preview/").content.decode()
    assert "silence" in page
    assert client.get(f"/notices/{endless.reference}/1/preview/mail.html").status_code == 404
