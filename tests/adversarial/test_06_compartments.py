"""Invariant 6. To who is outside its compartment a sealed case is no case at all: not one page, figure or word differs.

Every address of the site is asked, in both ways; one added later is found by walking the resolver.
"""

import logging
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.actions import end_compartment
from accounts.models import Compartment, Role, User
from cases.actions.opening import NATIONAL_SECURITY
from cases.models import Case
from cases.rules.instruments import INSTRUMENTS
from cases.states import Category
from cases.views.acts import ACTS
from config.celery import CLOCK, app
from tests import lives
from tests.adversarial import sealed
from tests.adversarial.addresses import addresses_with, every_address
from tests.fixtures.staff import make_staff
from tests.lives import Staff

pytestmark = pytest.mark.django_db

MISSING = lives.numbered_reference(1)
NO_DOCUMENT = "00000000-0000-4000-8000-000000000000"
FORM = {"text": "x", "reason": "x", "reply": "x", "seen": "0", "confirm": "yes", "email": "a@b.example"}
SECRETS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"')


@pytest.fixture(autouse=True)
def _the_hour(now: datetime) -> Iterator[None]:
    with time_machine.travel(now + timedelta(days=3), tick=False):
        yield


@pytest.fixture
def north(staff: Staff, last_year: datetime) -> Compartment:
    return sealed.compartment_of(staff, last_year)


def signed_in(name: str, *roles: Role, since: datetime) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(make_staff(name, *roles, since=since))
    return client


@pytest.fixture
def otto(last_year: datetime, db: None) -> Client:
    """Outside the compartment, and otherwise everything that one can be."""
    return signed_in("Otto Outside", *Role, since=last_year)


@pytest.fixture
def outsiders(last_year: datetime, db: None) -> list[Client]:
    """One person of each role, and a stranger."""
    return [*(signed_in(f"{role.title()} Outside", role, since=last_year) for role in Role), Client()]


def said(client: Client, method: str, path: str, *hidden: str) -> tuple[int, str, str]:
    """Return status, place and body of an answer, without what differs from one request to the next."""
    response = client.post(path, FORM) if method == "POST" else client.get(path)
    body = response.getvalue().decode()
    for word in hidden:
        body = body.replace(word, "…")
    location = response.headers.get("Location", "").replace(path, "…")
    return response.status_code, location, SECRETS.sub("", body)


def requests_of(case: Case, acts: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield method and path of everything that can be asked of the case, each with its like of no case."""
    row = {"number": 1, "digest": case.approvals.latest("pk").digest, "pk": NO_DOCUMENT, "name": acts[0]}
    for address in addresses_with("reference"):
        for name in acts if "name" in address.blanks else acts[:1]:
            there, nowhere = (row | {"reference": reference, "name": name} for reference in (case.reference, MISSING))
            yield "POST", address.filled(there), address.filled(nowhere)
        yield "GET", address.filled(there), address.filled(nowhere)


def assert_unknown(client: Client, case: Case, acts: list[str]) -> None:
    for method, path, other in requests_of(case, acts):
        there, nowhere = said(client, method, path, case.reference), said(client, method, other, MISSING)
        assert there == nowhere, f"{method} {path}"
        assert there[0] in (302, 403, 404, 405), f"{method} {path}"


def test_every_address_of_a_sealed_case_answers_as_for_one_that_does_not_exist(
    otto: Client, outsiders: list[Client], north: Compartment, staff: Staff, now: datetime
) -> None:
    case = sealed.sealed_case(staff, north, lives.oseis_agency(now), now)
    assert_unknown(otto, case, list(ACTS))
    for client in outsiders:
        assert_unknown(client, case, ["answer"])


# What the queue can be asked for, and where else a figure may stand.
QUESTIONS = [
    *(f"q={word}" for word in sealed.WORDS),
    "view=all",
    "need=failed",
    "need=passed",
    "state=challenged",
    "state=awaiting_agency",
    "flag=gagged",
    "instrument=us_subpoena",
    "country=US",
    "before=9",
]


def test_no_page_search_figure_or_export_differs_by_a_sealed_case(
    otto: Client, north: Compartment, staff: Staff, now: datetime, settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path
    agency = lives.oseis_agency(now, name="Portland Police Bureau", email_domain="ppb.example")
    lives.verified(lives.received(now, agency=agency), staff, now)
    agency.refresh_from_db()
    its = {"country": "US", "kind": agency.kind, "domain": agency.email_domain, "name": agency.name}
    pages = [address.filled(its) for address in every_address() if address.blanks <= its.keys()]
    pages += [f"{page}?{question}" for page in ("/", "/queue.csv", "/notices/") for question in QUESTIONS]
    without_it = [said(otto, "GET", page) for page in pages]
    sealed.sealed_case(staff, north, agency, now)
    assert list(tmp_path.iterdir()), "the customer's notice is in the outbox"
    assert differing(otto, pages, without_it) == []


def test_an_agency_that_stands_in_sealed_cases_only_is_not_there_even_when_it_is_verified(
    otto: Client, north: Compartment, staff: Staff, now: datetime
) -> None:
    its = {"country": "US", "kind": "intelligence", "domain": "zulu.example", "name": "Zulu Agency"}
    pages = [address.filled(its) for address in every_address() if address.name.startswith("intake:agenc")]
    without_it = [said(otto, "GET", page) for page in pages]
    agency = lives.oseis_agency(now, name="Zulu Agency", kind="intelligence", email_domain="zulu.example")
    sealed.sealed_case(staff, north, agency, now + timedelta(hours=1))
    assert differing(otto, pages, without_it) == []


def differing(client: Client, pages: list[str], before: list[tuple[int, str, str]]) -> list[str]:
    """Return the pages that answer otherwise now than they did before."""
    return [page for page, answer in zip(pages, before, strict=True) if said(client, "GET", page) != answer]


def test_a_member_sees_it_so_that_the_others_not_seeing_it_means_something(
    north: Compartment, staff: Staff, now: datetime
) -> None:
    case = sealed.sealed_case(staff, north, lives.oseis_agency(now), now)
    client = Client()
    client.force_login(staff.ines)
    assert case.reference in client.get("/").getvalue().decode()
    assert client.get(case.get_absolute_url()).status_code == 200
    assert case.reference in client.get("/queue.csv").getvalue().decode()
    assert "zulu" in client.get(case.get_absolute_url()).getvalue().decode().lower()


def test_no_log_line_names_a_sealed_case_or_its_target(
    north: Compartment, staff: Staff, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    case = sealed.sealed_case(staff, north, lives.oseis_agency(now), now)
    client = Client(raise_request_exception=False)
    client.force_login(staff.ines)
    client.get(case.get_absolute_url())
    client.post(f"{case.get_absolute_url()}do/reject/", {"ground": "overbroad", "text": sealed.TARGET})
    assert client.get(f"{case.get_absolute_url()}do/nothing-known/").status_code == 404  # which Django writes down
    assert client.post(case.get_absolute_url()).status_code == 405  # and this
    assert "Not Found" in caplog.text
    written = "\n".join([*caplog.messages, *(str(record.args) for record in caplog.records)]).lower()
    assert not [word for word in sealed.WORDS if word.lower() in written]


def test_no_task_that_the_clock_starts_carries_an_argument() -> None:
    """What stands in a broker can be read by whoever runs it: tasks look for their work themselves."""
    assert all(not row.get("args") and not row.get("kwargs") for row in app.conf.beat_schedule.values())
    assert {row["task"] for row in app.conf.beat_schedule.values()} == {job.task for job in CLOCK}


@pytest.mark.parametrize("code", sorted(code for code, kind in INSTRUMENTS.items() if kind.national_security))
def test_a_national_security_case_is_born_in_its_compartment(code: str, now: datetime) -> None:
    compels = [Category(category) for category in INSTRUMENTS[code].compels][:1]
    case = lives.received(now, instrument=code, asked=compels)
    assert case.compartment == Compartment.objects.get(code=NATIONAL_SECURITY)
    outsider = make_staff("Otto Outside", Role.ANALYST, Role.COUNSEL, Role.AUDITOR, since=now)
    assert not Case.objects.visible_to(outsider).exists()


def test_who_left_the_compartment_is_outside_from_that_moment(
    north: Compartment, staff: Staff, administrator: User, now: datetime
) -> None:
    case = sealed.sealed_case(staff, north, lives.oseis_agency(now), now)
    client = Client()
    client.force_login(staff.paul)
    assert client.get(case.get_absolute_url()).status_code == 200
    end_compartment(user=staff.paul, compartment=north, by=administrator, at=now + timedelta(days=3))
    assert client.get(case.get_absolute_url()).status_code == 404
