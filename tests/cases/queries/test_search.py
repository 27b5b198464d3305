"""Search: what a person types may be a reference, an agency's name or a target."""

from datetime import datetime

import pytest

from accounts.models import Compartment, User
from cases.models import Case
from cases.queries import queue
from cases.queries.queue import Place
from cases.queries.selection import Selection
from tests import lives

pytestmark = pytest.mark.django_db


def found(user: User, text: str, now: datetime) -> list[str]:
    return [case.reference for case in queue.page(user, Selection(text=text), Place(), now=now).cases]


@pytest.fixture
def oseis(now: datetime) -> Case:
    agency = lives.oseis_agency(now, name="FBI, Portland field office")
    case = lives.received(
        now, agency=agency, agency_reference="PDX-2026-17", customers=[lives.carla(identifier="Zebra-77")]
    )
    Case.objects.filter(pk=case.pk).update(provider_reference="old 12")
    return case


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("PDX-2026-17", id="the agency's reference"),
        pytest.param("old 12", id="our earlier reference"),
        pytest.param("portland", id="a word of the agency's name, in small letters"),
        pytest.param("FBI port", id="beginnings of words"),
        pytest.param("Zebra-77", id="a target"),
        pytest.param("Zeb", id="the beginning of a target"),
    ],
)
def test_a_case_is_found_by(text: str, oseis: Case, analyst: User, now: datetime) -> None:
    lives.received(now)
    assert found(analyst, text, now) == [oseis.reference]


def test_a_reference_is_found_as_people_type_it(oseis: Case, analyst: User, now: datetime) -> None:
    year, body = oseis.reference[:8], oseis.reference[8:]
    typed = f"{year.lower()}{body.lower().replace('0', 'o').replace('1', 'l')}"
    assert found(analyst, typed, now) == [oseis.reference]


def test_an_ended_case_is_found_too(staff: lives.Staff, now: datetime) -> None:
    case = lives.rejected(lives.in_review(lives.received(now), staff, now), staff, now)
    assert found(staff.analyst, case.reference, now) == [case.reference]


@pytest.mark.parametrize("text", ["nobody.example", "%", "_", "&", "a & !", "'", "\\", "WD-2026-", "():*", "ñ" * 200])
def test_what_names_nothing_finds_nothing(text: str, oseis: Case, analyst: User, now: datetime) -> None:
    assert found(analyst, text, now) == []


def test_nothing_finds_a_sealed_case_for_an_outsider(oseis: Case, analyst: User, now: datetime) -> None:
    Case.objects.filter(pk=oseis.pk).update(compartment=Compartment.objects.get(code="national-security"))
    for text in (oseis.reference, "PDX-2026-17", "old 12", "portland", "Zebra-77", "Zeb"):
        assert found(analyst, text, now) == []
