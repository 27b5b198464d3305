"""The agencies' pages: who is to be verified; what stands in sealed cases only is not there for others."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from cases.actions.agencies import find_or_add_agency, verify_agency
from cases.actions.opening import NewTarget, open_case
from cases.models import Agency, Case, Verification, VerificationMethod
from cases.states import Category, Channel, TargetKind
from intake.queries.agencies import address

pytestmark = pytest.mark.django_db

EVIDENCE = {"method": "call_back", "number_source": "the city's directory", "evidence": "It was her.", "days": "90"}


@pytest.fixture(autouse=True)
def _noon(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def as_analyst(client: Client, analyst: User) -> Client:
    client.force_login(analyst)
    return client


def asks(name: str, now: datetime, instrument: str = "us_subpoena", domain: str = "") -> Agency:
    """Return an agency of this name with one case."""
    agency = find_or_add_agency(name=name, country="US", kind="law_enforcement", email_domain=domain, now=now)
    open_case(
        instrument_code=instrument,
        agency=agency,
        targets=[NewTarget(TargetKind.ACCOUNT, "carla")],
        asked=[Category.SUBSCRIBER],
        channel=Channel.EMAIL,
        received_at=now,
        now=now,
    )
    return agency


def verified(agency: Agency, by: User, now: datetime, ago: int = 0, lasts: int = 365) -> Verification:
    return verify_agency(
        agency_id=agency.pk,
        method=VerificationMethod.SUPERVISOR,
        evidence="Known.",
        number_source="",
        by=by,
        now=now - timedelta(days=ago),
        lasts=timedelta(days=lasts),
    )


def test_those_to_verify_come_first_and_those_to_renew_before_the_others(
    as_analyst: Client, analyst: User, now: datetime
) -> None:
    verified(asks("Long verified", now), analyst, now)
    verified(asks("Ending soon", now), analyst, now, lasts=10)
    asks("To verify", now)
    names = [row["agency"].name for row in as_analyst.get("/agencies/").context["rows"]]
    assert names == ["To verify", "Ending soon", "Long verified"]


def test_an_agency_of_sealed_cases_only_is_on_no_page(as_analyst: Client, now: datetime) -> None:
    sealed = asks("Field Office", now, instrument="us_nsl", domain="field.example")
    for query in ("", "?q=Field", "?q=field.example", "?standing=to_verify"):
        html = as_analyst.get(f"/agencies/{query}").content.decode()
        assert "Field Office" not in html
        assert "No agency matches" in html
    for page in ("agency", "verify"):
        assert as_analyst.get(address(sealed, page)).status_code == 404
    assert as_analyst.post(address(sealed, "verify"), EVIDENCE).status_code == 404


def test_inside_the_compartment_it_is_there(client: Client, inside: User, now: datetime) -> None:
    sealed = asks("Field Office", now, instrument="us_nsl")
    client.force_login(inside)
    assert "Field Office" in client.get("/agencies/").content.decode()
    assert client.get(address(sealed)).status_code == 200


def test_sealed_cases_are_in_no_count_and_no_list_of_an_agency_that_is_known(as_analyst: Client, now: datetime) -> None:
    agency = asks("Field Office", now)
    asks("Field Office", now, instrument="us_nsl")
    [row] = as_analyst.get("/agencies/").context["rows"]
    assert row["open_cases"] == 1
    html = as_analyst.get(address(agency)).content.decode()
    shown, hidden = Case.objects.order_by("pk").values_list("reference", flat=True)
    assert shown in html
    assert hidden not in html


def test_no_page_says_when_an_agency_was_first_seen_nor_gives_its_key(as_analyst: Client, now: datetime) -> None:
    agency = asks("Field Office", now - timedelta(days=400), instrument="us_nsl")
    asks("Field Office", now)
    for path in ("/agencies/", address(agency)):
        html = as_analyst.get(path).content.decode()
        assert "2025" not in html
        assert f"/{agency.pk}/" not in html


def test_a_verification_is_recorded_with_who_when_and_until(as_analyst: Client, analyst: User, now: datetime) -> None:
    agency = asks("Springfield Police", now, domain="springfield.example")
    response = as_analyst.post(address(agency, "verify"), EVIDENCE, follow=True)
    verification = agency.verifications.get()
    assert (verification.verified_by, verification.verified_at) == (analyst, now)
    assert verification.expires_at == now + timedelta(days=90)
    html = response.content.decode()
    for words in ("Springfield Police is verified until", "Call back", "the city&#x27;s directory", "It was her."):
        assert words in html
    assert Agency.objects.get(pk=agency.pk).is_verified(now + timedelta(days=89))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number_source": " "}, "number_source"),
        ({"method": ""}, "method_0"),
        ({"method": "a hunch"}, "method_0"),
        ({"evidence": " "}, "evidence"),
        ({"days": "10000"}, "days"),
    ],
)
def test_a_verification_that_proves_nothing_is_refused(
    as_analyst: Client, now: datetime, changes: dict[str, str], field: str
) -> None:
    agency = asks("Springfield Police", now)
    html = as_analyst.post(address(agency, "verify"), {**EVIDENCE, **changes}).content.decode()
    assert f'href="#id_{field}"' in html
    assert not Verification.objects.exists()


def test_taking_back_is_asked_for_once_more_and_closes_the_guard(
    as_analyst: Client, analyst: User, now: datetime
) -> None:
    agency = asks("Springfield Police", now)
    verified(agency, analyst, now, ago=2)
    verified(agency, analyst, now, ago=1)
    path = _revoke(agency, 2)
    assert "Take back the verification of Springfield Police" in as_analyst.get(path).content.decode()
    assert agency.verifications.filter(revoked_at=None).count() == 2
    assert "Taken back" in as_analyst.post(path, follow=True).content.decode()
    assert agency.verifications.get(revoked_at=None).verified_at == now - timedelta(days=2)
    assert as_analyst.post(path).status_code == 404
    as_analyst.post(_revoke(agency, 1))
    assert not Agency.objects.get(pk=agency.pk).is_verified(now)


def _revoke(agency: Agency, number: int) -> str:
    return f"/agencies/revoke/{number}/US/law_enforcement/-/{agency.name}/"


def test_an_agency_can_be_verified_before_it_sends_anything(as_analyst: Client, now: datetime) -> None:
    said = {"name": "Met", "country": "GB", "kind": "law_enforcement", "email_domain": "Met.Police.UK", **EVIDENCE}
    response = as_analyst.post("/agencies/new/", said, follow=True)
    assert response.status_code == 200
    agency = Agency.objects.get()
    assert (agency.email_domain, agency.is_verified(now)) == ("met.police.uk", True)
    assert "Met" in as_analyst.get("/agencies/?q=met+gb").content.decode()


@pytest.mark.parametrize("name", ["A/B verify", "Bürgeramt “Süd” #3?", "new", "50% & more", "x" * 200])
def test_an_agency_may_be_called_anything(as_analyst: Client, now: datetime, name: str) -> None:
    agency = asks(name, now)
    assert as_analyst.get(address(agency)).status_code == 200
    assert as_analyst.get(address(agency, "verify")).status_code == 200


@pytest.mark.parametrize(
    ("who", "may_read", "may_verify"),
    [("ines", 200, 200), ("auditor", 200, 403), ("publisher", 403, 403), ("administrator", 403, 403)],
)
def test_each_role_gets_its_pages(
    client: Client, request: pytest.FixtureRequest, now: datetime, who: str, may_read: int, may_verify: int
) -> None:
    agency = asks("Springfield Police", now)
    client.force_login(request.getfixturevalue(who))
    assert client.get("/agencies/").status_code == may_read
    assert client.get(address(agency)).status_code == may_read
    assert client.get(address(agency, "verify")).status_code == may_verify
    assert client.get("/agencies/new/").status_code == may_verify
    assert client.post(_revoke(agency, 1)).status_code == (404 if may_verify == 200 else 403)


def test_the_list_costs_the_same_queries_however_long_it_is(
    as_analyst: Client, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        asks(f"Agency {number}", now)
    with django_assert_max_num_queries(10):
        assert "1 to 25 of 30" in as_analyst.get("/agencies/").content.decode()


def test_what_was_looked_up_of_a_domain_stands_on_the_page_and_marks_what_waits(
    as_analyst: Client, now: datetime
) -> None:
    agency = asks("Springfield Police", now, domain="springfield.example")
    assert "Nobody has looked it up" in as_analyst.get(address(agency)).content.decode()
    found = {**EVIDENCE, "domain_registered": "2026-09-01"}
    assert as_analyst.post(address(agency, "verify"), found).status_code == 302
    assert "1 Sep 2026" in as_analyst.get(address(agency)).content.decode()
    assert 'value="2026-09-01"' in as_analyst.get(address(agency, "verify")).content.decode()
    assert Case.objects.get().fraud_signals.get().code == "young_domain"


def test_without_a_domain_there_is_no_day_of_it(as_analyst: Client, now: datetime) -> None:
    agency = asks("Field Office", now)
    html = as_analyst.post(address(agency, "verify"), {**EVIDENCE, "domain_registered": "2026-09-01"}).content.decode()
    assert "No domain is known that this agency writes from." in html
