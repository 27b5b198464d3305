"""The agency's page of a delivery, over HTTP: the code opens it once, and whatever is not open looks the same."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from accounts import guesses
from cases.actions import deliveries
from cases.actions.deliveries import Handed
from cases.delivery_codes import spoken
from cases.models import Case, Delivery
from ledger.models import LedgerEntry
from tests import lives
from tests.cases.views.conftest import As
from tests.config.shell.looking import faults_of_source
from tests.lives import Staff

pytestmark = pytest.mark.django_db

CONTENT = b"Carla Moreau, since 2019"


@pytest.fixture
def case(now: datetime) -> Case:
    return lives.received(now, agency_reference="PPB-26-118")


@pytest.fixture
def handed(case: Case, staff: Staff, now: datetime) -> Iterator[Handed]:
    cache.clear()
    handed = lives.delivered_by_link(case, staff, now)
    with time_machine.travel(handed.delivery.available_at + timedelta(hours=1), tick=False):
        yield handed


@pytest.fixture
def address(handed: Handed) -> str:
    return f"/delivery/{handed.token}/"


@pytest.fixture
def let_in(client: Client, handed: Handed, address: str) -> Client:
    """Osei's browser, in which the code was given."""
    assert client.post(address, {"code": spoken(handed.code)}).status_code == 302
    return client


def test_before_the_code_the_page_says_nothing_of_any_case(client: Client, case: Case, address: str) -> None:
    html = client.get(address).content.decode()
    assert "Enter the code" in html
    assert faults_of_source(html) == []
    for words in (case.reference, case.agency.name, "PPB-26-118", "subscriber.csv", "Osei"):
        assert words not in html
    for path in ("files/1/", "manifest.json"):
        assert client.get(f"{address}{path}").headers["Location"] == address


def test_with_the_code_the_files_are_fetched_checked_and_confirmed(let_in: Client, case: Case, address: str) -> None:
    html = let_in.get(address).content.decode()
    assert faults_of_source(html) == []
    for words in (case.reference, "PPB-26-118", "subscriber.csv", "Detective Osei"):
        assert words in html
    file = let_in.get(f"{address}files/1/")
    assert b"".join(file) == CONTENT
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in file.headers["Cache-Control"]
    manifest = json.loads(let_in.get(f"{address}manifest.json").content)
    assert manifest["delivery"]["means"] == "link"
    assert manifest["files"][0]["sha512"] in html
    assert "Thank you" in let_in.post(f"{address}receipt/", follow=True).content.decode()
    assert Delivery.objects.get().receipt_at
    assert let_in.get(f"{address}files/2/").status_code == 404


def test_another_browser_needs_a_code_of_its_own(let_in: Client, handed: Handed, address: str) -> None:
    other = Client()
    assert "Enter the code" in other.get(address).content.decode()
    response = other.post(address, {"code": handed.code})
    assert response.status_code == 422
    assert "was used before" in response.content.decode()
    assert other.get(f"{address}files/1/").status_code == 302
    assert other.post(f"{address}receipt/").status_code == 302
    assert Delivery.objects.get().receipt_at is None


def test_what_the_browser_keeps_opens_no_other_delivery(let_in: Client, handed: Handed, staff: Staff) -> None:
    other = deliveries.deliver_by_link(
        production_id=handed.delivery.production_id,
        recipient="Osei",
        days=30,
        by=staff.ines,
        now=handed.delivery.available_at,
    )
    Delivery.objects.filter(pk=other.delivery.pk).update(
        opened_at=Delivery.objects.get(pk=handed.delivery.pk).opened_at
    )
    let_in.cookies["delivery"]["path"] = "/"
    assert "Enter the code" in let_in.get(f"/delivery/{other.token}/").content.decode()


def test_wrong_codes_are_counted_and_the_fifth_closes_it(
    client: Client, case: Case, handed: Handed, address: str
) -> None:
    for _ in range(5):
        assert client.post(address, {"code": "0000-0000-0000"}).status_code == 422
    assert client.get(address).status_code == 404
    assert client.post(address, {"code": handed.code}).status_code == 404
    assert LedgerEntry.objects.filter(stream=case.stream, payload__kind="delivery_code_wrong").count() == 5


def test_guessed_ended_and_taken_back_look_alike(client: Client, handed: Handed, address: str, staff: Staff) -> None:
    delivery = handed.delivery
    assert delivery.expires_at
    guessed = client.get("/delivery/" + "x" * 43 + "/")
    with time_machine.travel(delivery.expires_at, tick=False):
        ended = client.get(address)
    deliveries.revoke(delivery_id=delivery.pk, because="order", by=staff.ines, now=delivery.available_at)
    revoked = client.get(address)
    assert guessed.status_code == ended.status_code == revoked.status_code == 404
    assert guessed.content == ended.content == revoked.content
    assert [client.post(f"{address}receipt/").status_code, client.get(f"{address}files/1/").status_code] == [404, 404]


def test_who_guesses_too_often_gets_no_answer_for_a_while(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "ALLOWED", 3)
    for _ in range(3):
        assert client.get("/delivery/guessed/").status_code == 404
    assert client.get(address).status_code == 429


def test_no_page_is_kept_and_the_token_leaves_in_no_referer(let_in: Client, address: str) -> None:
    for path in ("", "manifest.json"):
        headers = let_in.get(address + path).headers
        assert headers["Cache-Control"] == "no-store, private"
        assert headers["Referrer-Policy"] == "strict-origin"
        assert "noindex" in headers["X-Robots-Tag"]
    cookie = let_in.cookies["delivery"]
    assert (cookie["path"], cookie["samesite"], bool(cookie["httponly"])) == (address, "Strict", True)


def test_the_page_speaks_french(client: Client, address: str) -> None:
    html = client.get(address, headers={"Accept-Language": "fr"}).content.decode()
    assert "Saisissez le code" in html


def test_staff_see_address_and_code_once(
    case: Case, staff: Staff, signed_in: As, now: datetime, settings: Settings
) -> None:
    lives.delivered_by_link(case, staff, now)
    client = signed_in(staff.analyst)
    made = client.post(f"/cases/{case.reference}/do/deliver-by-link/1/", {"recipient": "Osei", "days": "30"})
    html = made.content.decode()
    assert faults_of_source(html) == []
    assert f"{settings.WRITDESK.public_url}/delivery/" in html
    assert "no-store" in made.headers["Cache-Control"]
    token = html.split("/delivery/")[1].split("/")[0]
    shown = client.get(f"/cases/{case.reference}/").content.decode()
    assert token not in shown
    assert "Link with a one-time code: Osei" in shown


def test_the_panel_shows_the_part_and_what_became_of_it(
    case: Case, staff: Staff, signed_in: As, handed: Handed
) -> None:
    html = signed_in(staff.ines).get(f"/cases/{case.reference}/").content.decode()
    assert faults_of_source(html) == []
    for words in ("Part 1", "subscriber.csv", "Link with a one-time code: Detective Osei", "Take the link back"):
        assert words in html
