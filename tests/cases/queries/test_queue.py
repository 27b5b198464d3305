"""The queue: due first, in pages, never more than a person may know, at the same cost of any number of cases."""

from datetime import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Compartment, CompartmentMembership, User
from cases.models import Case
from cases.queries import needs, queue
from cases.queries.counting import CAP, capped, figure
from cases.queries.queue import Place
from cases.queries.selection import ANY_STATE, Selection
from cases.states import OPEN
from tests.cases.queries import volume

pytestmark = pytest.mark.django_db

CASES = 400


@pytest.fixture
def compartment(ines: User, last_year: datetime) -> Compartment:
    """The compartment for national security, with Ines in it."""
    found = Compartment.objects.get(code="national-security")
    CompartmentMembership.objects.create(user=ines, compartment=found, granted_at=last_year)
    return found


@pytest.fixture
def many(compartment: Compartment, analyst: User) -> None:
    volume.fill(CASES, compartment=compartment, assignee=analyst.pk)


def walk(user: User, selection: Selection, now: datetime) -> list[Case]:
    """Return every case of a selection, page after page."""
    found: list[Case] = []
    place = Place()
    while True:
        page = queue.page(user, selection, place, now=now, size=30)
        found += page.cases
        if not page.has_next:
            return found
        place = Place(after=found[-1].reference)


SELECTIONS = {
    "open": Selection(),
    "any state": Selection(state=ANY_STATE),
    "closed": Selection(state="closed"),
    "instrument": Selection(instrument="eu_epoc"),
    "country": Selection(country="DE"),
    "emergency": Selection(flag="emergency"),
    "do not tell": Selection(flag="gagged"),
    "objection": Selection(flag="objection", state=ANY_STATE),
    "held": Selection(flag="held", state=ANY_STATE),
    "not verified": Selection(flag="unverified"),
    "mine": Selection(assignee="mine"),
    "no one's": Selection(assignee="none"),
    "soon": Selection(due="soon"),
    "combined": Selection(state="received", country="US", flag="gagged", assignee="none"),
    "sealed instrument": Selection(instrument="us_nsl", state=ANY_STATE),
}


@pytest.mark.parametrize("who", ["analyst", "ines"])
@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS.keys())
def test_the_pages_hold_every_case_of_the_selection_once_and_in_order(
    who: str, selection: Selection, many: None, now: datetime, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    visible = Case.objects.visible_to(user).filter(selection.condition(user, now)).order_by("queue_at", "id")
    assert [case.pk for case in walk(user, selection, now)] == list(visible.values_list("pk", flat=True))


def test_the_last_page_is_the_end_and_leads_back_to_the_start(many: None, analyst: User, now: datetime) -> None:
    forwards = [case.pk for case in walk(analyst, Selection(), now)]
    backwards: list[int] = []
    place = Place(is_last=True)
    while True:
        page = queue.page(analyst, Selection(), place, now=now, size=30)
        backwards = [case.pk for case in page.cases] + backwards
        if not page.has_previous:
            break
        place = Place(before=page.cases[0].reference)
    assert backwards == forwards


def test_a_place_that_the_person_may_not_know_is_the_start(many: None, analyst: User, now: datetime) -> None:
    sealed = Case.objects.exclude(compartment=None).filter(state__in=OPEN).order_by("-queue_at")[0]
    start = queue.page(analyst, Selection(), Place(), now=now)
    assert queue.page(analyst, Selection(), Place(after=sealed.reference), now=now) == start
    assert queue.page(analyst, Selection(), Place(after="WD-2026-999999999"), now=now) == start


def test_sealed_cases_are_in_no_count_of_an_outsider(many: None, analyst: User, ines: User, now: datetime) -> None:
    of_sealed = {"sealed": Selection(instrument="us_nsl", state=ANY_STATE)}
    assert queue.counts(analyst, of_sealed, now=now) == {"sealed": 0}
    assert queue.counts(ines, of_sealed, now=now) == {"sealed": CASES // 20}


def test_what_needs_a_person_is_counted_and_listed_for_who_may_know(
    many: None, analyst: User, ines: User, now: datetime
) -> None:
    for user in (analyst, ines):
        counts = capped(needs.waiting(user, now=now))
        failed = Case.objects.visible_to(user).filter(duties__state="failed")
        assert counts["failed"] == failed.count() > 0
        selection = Selection(state=ANY_STATE, needs="failed")
        assert {case.pk for case in walk(user, selection, now)} == set(failed.values_list("pk", flat=True))


def test_people_without_a_part_in_cases_see_none(
    many: None, publisher: User, administrator: User, now: datetime
) -> None:
    for user in (publisher, administrator):
        assert queue.page(user, Selection(state=ANY_STATE), Place(), now=now).cases == []
        assert set(capped(needs.waiting(user, now=now)).values()) == {0}


def test_counting_stops_at_the_cap(many: None, analyst: User, now: datetime) -> None:
    (number,) = queue.counts(analyst, {"all": Selection(state=ANY_STATE)}, now=now).values()
    assert (number, figure(number), figure(7)) == (CAP + 1, "100+", "7")


def test_a_page_reads_the_cases_in_two_statements(
    many: None, analyst: User, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    queue.page(analyst, Selection(), Place(), now=now)
    with django_assert_num_queries(2):
        page = queue.page(analyst, Selection(country="US"), Place(is_last=True), now=now)
        assert [(case.agency.name, case.assignee) for case in page.cases]
