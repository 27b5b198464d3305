"""The queue's page, its export and what is done to several cases at once."""

import csv
from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Compartment, CompartmentMembership, User
from cases.models import Case
from cases.views.exporting import harmless
from tests import lives
from tests.cases.queries import volume
from tests.cases.views.conftest import As
from tests.config.shell.looking import faults_of_source
from tests.lives import Staff

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/?state=any&last=1",
    "/?q=fbi",
    "/?flag=unverified",
    "/?needs=failed&state=any",
    "/?country=US&assignee=mine",
]


@pytest.fixture
def compartment(ines: User, last_year: datetime) -> Compartment:
    """The compartment for national security, with Ines in it."""
    found = Compartment.objects.get(code="national-security")
    CompartmentMembership.objects.create(user=ines, compartment=found, granted_at=last_year)
    return found


@pytest.fixture
def as_ana(signed_in: As, analyst: User) -> Client:
    return signed_in(analyst)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("cases", [1, 300])
def test_a_page_costs_at_most_fifteen_queries_of_any_number_of_cases(
    path: str,
    cases: int,
    compartment: Compartment,
    ines: User,
    analyst: User,
    signed_in: As,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    volume.fill(cases, compartment=compartment, assignee=analyst.pk)
    for user in (analyst, ines):
        client = signed_in(user)
        with django_assert_max_num_queries(15):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_the_page_is_sound_html_without_inline_code(
    path: str, as_ana: Client, compartment: Compartment, analyst: User
) -> None:
    volume.fill(80, compartment=compartment, assignee=analyst.pk)
    assert faults_of_source(as_ana.get(path).content.decode()) == []


def test_what_is_due_first_comes_first_and_says_so(as_ana: Client, now: datetime) -> None:
    later = lives.received(now, return_date=datetime(2026, 12, 24).date())  # noqa: DTZ001 - a date
    sooner = lives.received(now, return_date=datetime(2026, 12, 2).date())  # noqa: DTZ001 - a date
    html = as_ana.get("/").content.decode()
    assert html.index(sooner.reference) < html.index(later.reference)
    assert html.index("Due in 72 hours") < html.index("Later")


def test_what_a_sender_says_of_danger_is_seen_until_somebody_has_looked(
    as_ana: Client, staff: Staff, now: datetime
) -> None:
    case = lives.received(now, danger_claimed=True)
    assert "Sender says: danger" in as_ana.get("/").content.decode()
    assert "Sender says: danger" in as_ana.get(case.get_absolute_url()).content.decode()
    lives.in_review(case, staff, now)
    assert "Sender says: danger" not in as_ana.get("/").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "state=nonsense",
        "agency=999999999999999999999999",
        "agency=-1",
        "agency=x",
        "q=%00",
        "q=" + "x" * 5000,
        "after=WD-2026-999999999",
        "after=%27;--",
        "before=" + "9" * 400,
        "last=&before=&after=",
        "needs=nothing",
        "country=%C3%9F",
        "flag[]=emergency",
    ],
)
def test_nonsense_in_the_address_is_left_out(query: str, as_ana: Client, now: datetime) -> None:
    case = lives.received(now)
    for page in ("/", "/queue.csv"):
        response = as_ana.get(f"{page}?{query}")
        assert response.status_code == 200
    assert case.pk


def test_an_empty_queue_says_what_comes_and_an_empty_filter_what_to_try(as_ana: Client) -> None:
    assert "Nothing is waiting" in as_ana.get("/").content.decode()
    assert "No case matches" in as_ana.get("/?state=closed").content.decode()


def test_a_sealed_case_shows_to_its_members_only(
    compartment: Compartment, signed_in: As, analyst: User, ines: User, now: datetime
) -> None:
    case = lives.received(now, instrument="us_nsl", agency_reference="SECRET-1")
    assert case.compartment_id == compartment.pk
    for path in ("/", f"/?q={case.reference}", "/?q=SECRET-1", f"/?agency={case.agency_id}", "/queue.csv?state=any"):
        outside, inside = (b"".join(signed_in(user).get(path)) for user in (analyst, ines))
        assert case.reference.encode() not in outside.replace(f"?q={case.reference}".encode(), b"").replace(
            f'value="{case.reference}"'.encode(), b""
        ).replace(f"“{case.reference}”".encode(), b"")
        assert case.reference.encode() in inside
    assert "No case is open." in signed_in(analyst).get("/").content.decode()
    assert "1 open case," in signed_in(ines).get("/").content.decode()


def test_the_export_holds_the_filter_and_no_formula(as_ana: Client, now: datetime) -> None:
    case = lives.received(now, agency_reference="=HYPERLINK(0)", agency=lives.oseis_agency(now, name="@SUM(A1)"))
    lives.received(now, instrument="us_search_warrant", asked=("content",))
    response = as_ana.get("/queue.csv?instrument=us_subpoena")
    assert response.headers["Content-Disposition"].startswith("attachment")
    header, row = csv.reader(b"".join(response).decode().splitlines())
    cells = dict(zip(header, row, strict=True))
    assert (cells["reference"], cells["agency"]) == (case.reference, "'@SUM(A1)")
    assert cells["agency_reference"] == "'=HYPERLINK(0)"


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_cell_that_begins_like_a_formula_is_harmless(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless(f"x{cell}") == f"x{cell}"


def test_ticked_cases_are_assigned_and_others_are_not(staff: Staff, signed_in: As, now: datetime) -> None:
    first, second, third = (lives.received(now) for _ in range(3))
    client = signed_in(staff.analyst)
    ticked = {"case": [first.reference, second.reference], "back": "/?state=received"}
    assert client.post("/assign/", {**ticked, "to": "me"}).headers["Location"] == "/?state=received"
    assert [lives.again(case).assignee for case in (first, second, third)] == [staff.analyst, staff.analyst, None]
    asked = client.post("/assign/", {**ticked, "to": "someone"})
    assert "Ines Counsel" in asked.content.decode()
    client.post("/assign/", {**ticked, "to": "colleague", "assignee": staff.ines.email})
    assert lives.again(second).assignee == staff.ines
    client.post("/assign/", {**ticked, "to": "none"})
    assert lives.again(first).assignee is None


def test_assigning_tells_nothing_of_a_sealed_case(
    compartment: Compartment, analyst: User, signed_in: As, now: datetime
) -> None:
    sealed = lives.received(now, instrument="us_nsl")
    client = signed_in(analyst)
    answers = []
    for reference in (sealed.reference, "WD-2026-000000000"):
        html = client.post("/assign/", {"case": reference, "to": "me"}, follow=True).content.decode()
        answers.append(html.replace(reference, "…"))
    assert "There is no such case." in answers[0]
    assert answers[0].count("There is no such case.") == answers[1].count("There is no such case.") == 1
    assert Case.objects.get(pk=sealed.pk).assignee is None


def test_a_page_to_go_back_to_is_ours(staff: Staff, signed_in: As, now: datetime) -> None:
    case = lives.received(now)
    for back in ("https://evil.example/", "//evil.example/?", "/\\evil.example/?"):
        sent = signed_in(staff.analyst).post("/assign/", {"case": case.reference, "to": "me", "back": back})
        assert sent.headers["Location"] == "/"


def test_people_without_a_part_in_cases_are_shown_where_theirs_is(
    publisher: User, administrator: User, signed_in: As, now: datetime
) -> None:
    case = lives.received(now)
    for user in (publisher, administrator):
        response = signed_in(user).get("/")
        assert response.status_code == 403
        assert "Your role has no part in cases" in response.content.decode()
        assert case.reference not in response.content.decode()
        assert signed_in(user).get("/queue.csv").status_code == 403
        assert signed_in(user).post("/assign/", {"case": case.reference, "to": "me"}).status_code == 403
