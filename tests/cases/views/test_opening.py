"""Who looked at a sealed case, and who tried to, stands in the ledger. Requirement 18 of docs/law.md."""

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Compartment, Role, User
from cases.actions.access import EXPORTS, NOWHERE
from cases.models import Case
from ledger.models import LedgerEntry
from tests import lives
from tests.adversarial import sealed
from tests.cases.views.conftest import As
from tests.fixtures.staff import make_staff
from tests.lives import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def north(staff: Staff, last_year: datetime) -> Compartment:
    return sealed.compartment_of(staff, last_year)


@pytest.fixture
def case(staff: Staff, north: Compartment, now: datetime) -> Case:
    return sealed.sealed_case(staff, north, lives.oseis_agency(now), now)


@pytest.fixture
def otto(last_year: datetime, db: None) -> User:
    return make_staff("Otto Outside", Role.ANALYST, Role.COUNSEL, Role.AUDITOR, since=last_year)


def looks(stream: str) -> list[tuple[str, str, int]]:
    """Return what the stream says, in order: the kind of look, at what, by whom."""
    found = LedgerEntry.objects.filter(stream=stream).order_by("seq")
    return [(entry.payload["kind"], entry.payload.get("what", ""), entry.payload["by"]) for entry in found]


def test_each_look_at_a_sealed_case_is_written_down(case: Case, ines: User, signed_in: As) -> None:
    client = signed_in(ines)
    client.get(case.get_absolute_url())
    client.get(f"{case.get_absolute_url()}do/reject/")
    client.get(f"{case.get_absolute_url()}submission/")
    assert looks(case.access_stream) == [
        ("sealed_looked_at", what, ines.pk) for what in ("page", "reject", "submission")
    ]


def test_looking_at_an_ordinary_case_writes_nothing(ines: User, signed_in: As, now: datetime) -> None:
    case = lives.received(now)
    signed_in(ines).get(case.get_absolute_url())
    assert looks(case.access_stream) == []


def test_who_may_not_know_of_it_is_written_down_too(case: Case, otto: User, signed_in: As) -> None:
    client = signed_in(otto)
    for address in ("", "do/reject/", "submission/"):
        assert client.get(f"{case.get_absolute_url()}{address}").status_code == 404
    assert looks(case.access_stream) == [("access_refused", what, otto.pk) for what in ("page", "reject", "submission")]


def test_a_reference_of_no_case_costs_as_many_statements_as_one_of_a_sealed_case(
    case: Case, otto: User, signed_in: As
) -> None:
    client, nowhere = signed_in(otto), lives.numbered_reference(9)
    client.get(f"/cases/{nowhere}/")
    with CaptureQueriesContext(connection) as missing:
        client.get(f"/cases/{nowhere}/")
    client.get(case.get_absolute_url())
    with CaptureQueriesContext(connection) as hidden:
        client.get(case.get_absolute_url())
    assert len(missing) == len(hidden)
    assert looks(NOWHERE) == [("access_refused", "page", otto.pk)] * 2


def test_a_member_without_the_role_who_tries_is_written_down(case: Case, analyst: User, signed_in: As) -> None:
    assert signed_in(analyst).get(f"{case.get_absolute_url()}do/reject/").status_code == 403
    assert looks(case.access_stream)[-1] == ("access_refused", "reject", analyst.pk)


def test_whoever_works_no_cases_and_tries_is_written_down(case: Case, publisher: User, signed_in: As) -> None:
    client = signed_in(publisher)
    for address in ("", "do/reject/", "do/nothing-known/"):
        assert client.get(f"{case.get_absolute_url()}{address}").status_code == 403
    tried = [("access_refused", what, publisher.pk) for what in ("page", "reject", "unknown")]
    assert looks(case.access_stream) == tried


def test_an_export_says_in_the_ledger_how_many_cases_and_which_sealed_ones(
    case: Case, ines: User, otto: User, signed_in: As, now: datetime
) -> None:
    lives.received(now)
    for person in (otto, ines):
        signed_in(person).get("/queue.csv")
    exports = LedgerEntry.objects.filter(stream=EXPORTS).order_by("seq")
    counted = [(entry.payload["by"], entry.payload["cases"], entry.payload["sealed"]) for entry in exports]
    assert counted == [(otto.pk, 1, 0), (ines.pk, 1, 1)]
    assert looks(case.access_stream) == [("sealed_looked_at", "export", ines.pk)]


def test_reading_a_case_does_not_count_as_a_change_of_it(case: Case, staff: Staff, signed_in: As) -> None:
    """Else a form that one person has open would be refused because another looked."""
    form = signed_in(staff.ines).get(f"{case.get_absolute_url()}do/record-order/").content.decode()
    signed_in(staff.paul).get(case.get_absolute_url())
    again = signed_in(staff.ines).get(f"{case.get_absolute_url()}do/record-order/").content.decode()
    seen = 'name="seen" value="'
    assert form.split(seen)[1].split('"')[0] == again.split(seen)[1].split('"')[0]


def test_a_refusal_leaves_the_visitor_nothing_to_tell_apart(case: Case, otto: User, signed_in: As) -> None:
    client: Client = signed_in(otto)
    hidden = client.get(case.get_absolute_url()).content.decode().replace(case.reference, "…")
    missing = lives.numbered_reference(9)
    assert hidden == client.get(f"/cases/{missing}/").content.decode().replace(missing, "…")


def test_members_see_on_the_page_who_looked_and_who_was_refused(
    case: Case, otto: User, ines: User, signed_in: As
) -> None:
    signed_in(otto).get(case.get_absolute_url())
    page = signed_in(ines).get(case.get_absolute_url()).content.decode()
    looks_panel = page[page.index("Who looked") :]
    assert "Refused: page." in looks_panel
    assert "Otto Outside" in looks_panel
