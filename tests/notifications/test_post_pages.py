"""The queue of letters on paper: what stands in it, for whom, and what is told of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role, User
from cases.models import Case
from notifications import paper
from notifications.states import MessageState
from tests import lives
from tests.adversarial import sealed
from tests.fixtures.staff import make_staff
from tests.lives import Staff
from tests.notifications.post import by_post, letter_by_post, on_paper, printed, words

pytestmark = pytest.mark.django_db

ROOT = "/notices/post/"


@pytest.fixture(autouse=True)
def _fixed(now: datetime) -> Iterator[None]:
    if not paper.is_possible():
        pytest.fail("The library Pango is missing: run `make fonts` to install it.")
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def ana(client: Client, staff: Staff) -> Client:
    client.force_login(staff.analyst)
    return client


def test_letters_go_from_view_to_view(ana: Client, staff: Staff, now: datetime) -> None:
    case = by_post(staff, now)
    other = lives.in_review(lives.received(now), staff, now)
    letter_by_post(other, staff, now)
    page = ana.get(ROOT).content.decode()
    assert case.reference in page
    assert "County Police<br>2 High Street" in page
    keys = [on_paper(one).key for one in (case, other)]
    answer = ana.post(f"{ROOT}print/", {"letter": keys})
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert case.reference in words(answer.content)
    assert other.reference in words(answer.content)
    assert "Nothing is to be printed" in ana.get(ROOT).content.decode()
    again = ana.post(f"{ROOT}print/", {"letter": keys, "again": "yes"})
    assert again["Content-Type"] == "application/pdf"
    page = ana.post(f"{ROOT}posted/", {"letter": keys, "posted_on": "2026-11-30"}, follow=True).content.decode()
    assert "2 letters noted as posted." in page
    assert "Nothing waits to be posted" in page
    assert case.reference in ana.get(f"{ROOT}?view=posted").content.decode()
    page = ana.post(f"{ROOT}came-back/", {"letter": keys[:1]}, follow=True).content.decode()
    assert "1 letter noted." in page
    assert on_paper(case).state == MessageState.FAILED


def test_what_is_printed_and_must_not_leave_says_stop_and_asks_before_it_is_noted(
    ana: Client, staff: Staff, now: datetime
) -> None:
    case = by_post(staff, now)
    printed(case, staff, now)
    assert "Do not post" not in ana.get(f"{ROOT}?view=printed").content.decode()
    lives.brandts_order(case, staff, now)
    page = ana.get(f"{ROOT}?view=printed").content.decode()
    assert "Do not post" in page
    assert "an order, something not looked at" in page
    said = {"letter": on_paper(case).key, "posted_on": "2026-11-30"}
    answer = ana.post(f"{ROOT}posted/", said)
    assert answer.status_code == 409
    assert "They had left before anybody knew" in answer.content.decode()
    assert on_paper(case).state == MessageState.CLAIMED
    ana.post(f"{ROOT}posted/", said | {"left_already": "on"})
    assert on_paper(case).state == MessageState.SENT
    assert case.duties.get().told_before


def test_what_may_not_be_printed_is_told(ana: Client, staff: Staff, now: datetime) -> None:
    case = by_post(staff, now)
    lives.brandts_order(case, staff, now)
    page = ana.post(f"{ROOT}print/", {"letter": on_paper(case).key}, follow=True).content.decode()
    assert f"{case.reference}: Nothing may leave" in page


def test_not_posted_after_all(ana: Client, staff: Staff, now: datetime) -> None:
    case = by_post(staff, now)
    printed(case, staff, now)
    ana.post(f"{ROOT}put-back/", {"letter": on_paper(case).key})
    assert case.reference in ana.get(ROOT).content.decode()


@pytest.mark.parametrize("day", ["", "tomorrow", "2026-12-31", "2026-11-01", "0001-01-01"])
def test_a_wrong_day_changes_nothing(day: str, ana: Client, staff: Staff, now: datetime) -> None:
    case = by_post(staff, now)
    printed(case, staff, now)
    answer = ana.post(f"{ROOT}posted/", {"letter": on_paper(case).key, "posted_on": day})
    assert answer.status_code in (302, 422)
    assert on_paper(case).state == MessageState.CLAIMED


@pytest.mark.parametrize("act", ["print", "posted", "put-back", "came-back"])
@pytest.mark.parametrize("letter", ["", "x", "0" * 32, "%00", "'" * 32])
def test_what_is_no_letter_of_the_list_is_none(act: str, letter: str, ana: Client) -> None:
    answer = ana.post(f"{ROOT}{act}/", {"letter": letter, "posted_on": "2026-11-30"}, follow=True)
    assert answer.status_code in (200, 422)


def test_an_auditor_reads_and_others_do_not(
    client: Client, staff: Staff, publisher: User, last_year: datetime, now: datetime
) -> None:
    case = by_post(staff, now)
    auditor = make_staff("Olga Auditor", Role.AUDITOR, since=last_year)
    client.force_login(auditor)
    page = client.get(ROOT).content.decode()
    assert case.reference in page
    assert 'type="checkbox"' not in page
    for act in ("print", "posted", "put-back", "came-back"):
        assert client.post(f"{ROOT}{act}/", {"letter": on_paper(case).key}).status_code == 403
    client.force_login(publisher)
    assert client.get(ROOT).status_code == 403


def test_a_sealed_case_is_in_no_list_of_those_outside(
    client: Client, staff: Staff, last_year: datetime, now: datetime
) -> None:
    case = by_post(staff, now)
    Case.objects.filter(pk=case.pk).update(compartment=sealed.compartment_of(staff, last_year))
    outsider = make_staff("Otto Outside", Role.ANALYST, Role.COUNSEL, since=last_year)
    client.force_login(outsider)
    assert case.reference not in client.get(ROOT).content.decode()
    answer = client.post(f"{ROOT}print/", {"letter": on_paper(case).key}, follow=True)
    assert case.reference not in answer.content.decode()
    assert on_paper(case).state == MessageState.PLANNED
    client.force_login(staff.analyst)
    assert case.reference in client.get(ROOT).content.decode()


def test_what_waits_or_was_posted_costs_the_same_for_any_number_and_what_is_printed_asks_its_rules(
    ana: Client, staff: Staff, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    cases = [by_post(staff, now) for _number in range(4)]
    with django_assert_max_num_queries(12):
        assert ana.get(ROOT).content.decode().count("data-row") == 4
    for case in cases:
        printed(case, staff, now)
    with django_assert_max_num_queries(12 + 4 * len(cases)):
        ana.get(f"{ROOT}?view=printed")
    ana.post(f"{ROOT}posted/", {"letter": [on_paper(case).key for case in cases], "posted_on": "2026-11-30"})
    with django_assert_max_num_queries(12):
        assert ana.get(f"{ROOT}?view=posted").content.decode().count("data-row") == 4


def test_without_pango_the_page_says_so_and_nothing_breaks(
    ana: Client, staff: Staff, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = by_post(staff, now)
    monkeypatch.setattr(paper, "is_possible", lambda: False)
    assert "the library Pango is missing" in ana.get(ROOT).content.decode()
    answer = ana.post(f"{ROOT}print/", {"letter": on_paper(case).key}, follow=True)
    assert "the library Pango is missing" in answer.content.decode()
    assert on_paper(case).state == MessageState.PLANNED


def test_it_lists_thirty_days_of_what_was_posted(ana: Client, staff: Staff, now: datetime) -> None:
    case = by_post(staff, now)
    printed(case, staff, now)
    ana.post(f"{ROOT}posted/", {"letter": on_paper(case).key, "posted_on": "2026-11-30"})
    with time_machine.travel(now + timedelta(days=31), tick=False):
        ana.force_login(staff.analyst)
        assert "Nothing was posted" in ana.get(f"{ROOT}?view=posted").content.decode()
