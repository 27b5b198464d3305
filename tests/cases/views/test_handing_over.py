"""How a part is handed over outside the e-Evidence system: what the forms ask, and the manifest for staff."""

import json
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import Compartment, User
from cases.models import Case, Production
from ledger.models import LedgerEntry
from tests.cases.views.conftest import As
from tests.lives import Staff
from tests.requirements.test_23_outside_the_system import by_hand, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(staff: Staff, now: datetime) -> Production:
    """A German court's certificate is answered with one file."""
    return released("eu_epoc", staff, now)


def test_the_forms_ask_and_the_page_shows_it(
    part: Production, signed_in: As, analyst: User, staff: Staff, now: datetime
) -> None:
    ana, address = signed_in(analyst), part.case.get_absolute_url()
    form = f"{address}do/deliver-by-hand/1/"
    html = ana.get(form).content.decode()
    assert "Inside the decentralised IT system" in html
    assert "Why it is not encrypted" in html
    refused = ana.post(form, {"recipient": "Judge Brandt", "means": "encrypted_medium"})
    assert refused.status_code == 409
    assert "or why not: Implementing Reg. (EU) 2025/1550 Annex 6.5, 6.6." in refused.content.decode()
    said = {"recipient": "Judge Brandt", "means": "encrypted_medium", "how": "DHL 4711", "encrypted": "yes"}
    assert ana.post(form, said).status_code == 302
    html = ana.get(address).content.decode()
    for words in ("On an encrypted medium, by courier", "DHL 4711", "Encrypted to the authority&#x27;s certificate"):
        assert words in html
    other = released("us_subpoena", staff, now).case.get_absolute_url()
    html = ana.get(f"{other}do/deliver-by-hand/1/").content.decode()
    assert "Inside the decentralised IT system" not in html
    assert "Why it is not encrypted" not in html


def test_staff_take_the_manifest_of_a_part_away_and_that_is_on_record(
    part: Production, signed_in: As, analyst: User, staff: Staff, now: datetime
) -> None:
    ana, address = signed_in(analyst), f"{part.case.get_absolute_url()}parts/1/manifest.json"
    assert address in ana.get(part.case.get_absolute_url()).content.decode()
    response = ana.get(address)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert json.loads(response.content) == part.manifest
    assert LedgerEntry.objects.get(stream="access:exports").payload["cases"] == 1
    by_hand(part, staff, now, "encrypted_medium")
    delivery = json.loads(ana.get(address).content)["delivery"]
    assert (delivery["means"], delivery["recipient"]) == ("encrypted_medium", "Judge Brandt")
    assert ana.get(address.replace("parts/1", "parts/2")).status_code == 404


def test_nobody_outside_its_compartment_takes_the_manifest_of_a_sealed_case(
    part: Production, client: Client, signed_in: As, analyst: User, publisher: User, staff: Staff
) -> None:
    address = f"{part.case.get_absolute_url()}parts/1/manifest.json"
    assert client.get(address).status_code == 302
    assert signed_in(publisher).get(address).status_code == 403
    Case.objects.filter(pk=part.case_id).update(compartment=Compartment.objects.create(name="East wing"))
    assert signed_in(analyst).get(address).status_code == 404
    assert not LedgerEntry.objects.filter(stream="access:exports").exists()
