"""Invariant 6. Whoever opens a sealed case, or is refused it, stands in the ledger: at every address that names a case.

The addresses are found by walking the resolver: a view added later that forgets it fails here.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db.models import QuerySet
from django.test import Client

from accounts.models import Compartment, Role, User
from cases.actions.access import NOWHERE
from cases.models import Case
from ledger.models import LedgerEntry
from tests import lives
from tests.adversarial import sealed
from tests.adversarial.addresses import Address, addresses_with
from tests.fixtures.staff import make_staff
from tests.lives import Staff

pytestmark = pytest.mark.django_db

MISSING = lives.numbered_reference(1)
NO_DOCUMENT = "00000000-0000-4000-8000-000000000000"
NOT_ALLOWED = 405
LOOKED, REFUSED = "sealed_looked_at", "access_refused"
ADDRESSES = list(addresses_with("reference"))


@pytest.fixture(autouse=True)
def _the_hour(now: datetime) -> Iterator[None]:
    with time_machine.travel(now + timedelta(days=3), tick=False):
        yield


@pytest.fixture
def case(staff: Staff, last_year: datetime, now: datetime) -> Case:
    north = sealed.compartment_of(staff, last_year)
    return sealed.sealed_case(staff, north, lives.oseis_agency(now), now)


@pytest.fixture
def nora(case: Case, last_year: datetime) -> User:
    """Inside the compartment, and an auditor: she reads and does nothing."""
    nora = make_staff("Nora Auditor", Role.AUDITOR, since=last_year)
    sealed.join(nora, Compartment.objects.get(code="north"), last_year)
    return nora


@pytest.fixture
def otto(last_year: datetime, db: None) -> User:
    return make_staff("Otto Outside", *Role, since=last_year)


@pytest.fixture
def petra(last_year: datetime, db: None) -> User:
    return make_staff("Petra Publisher", Role.PUBLISHER, since=last_year)


def looks() -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(payload__kind__in=[LOOKED, REFUSED])


def visited(address: Address, case: Case, reference: str, user: User) -> list[tuple[str, int, str]]:
    """Ask for the address in both ways; return what was written for those that it knows: where, by whom, the kind."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    blanks = {
        "reference": reference,
        "number": 1,
        "digest": case.approvals.latest("pk").digest,
        "pk": NO_DOCUMENT,
        "name": "reject" if address.name == "cases:act" else "decide-objection",
    }
    before = list(looks().values_list("pk", flat=True))
    asked = [client.get(address.filled(blanks)), client.post(address.filled(blanks))]
    known = [response for response in asked if response.status_code != NOT_ALLOWED]
    found = [(entry.stream, entry.payload["by"], entry.payload["kind"]) for entry in looks().exclude(pk__in=before)]
    assert len(found) >= len(known) > 0, f"{address.name}: {len(found)} entries for {len(known)} visits"
    return found


# One case for all addresses: to make it takes longer than to visit them.


def test_a_member_who_opens_it_is_written_down(case: Case, staff: Staff) -> None:
    for address in ADDRESSES:
        written = visited(address, case, case.reference, staff.ines)
        assert set(written) == {(case.access_stream, staff.ines.pk, LOOKED)}, address.name


def test_a_member_who_may_not_do_it_is_written_down(case: Case, nora: User) -> None:
    for address in ADDRESSES:
        written = visited(address, case, case.reference, nora)
        assert {entry[:2] for entry in written} == {(case.access_stream, nora.pk)}, address.name


def test_whoever_is_outside_and_tries_is_written_down_as_often_as_for_no_case(
    case: Case, otto: User, petra: User
) -> None:
    for address in ADDRESSES:
        for outsider in (otto, petra):
            hidden = visited(address, case, case.reference, outsider)
            assert set(hidden) == {(case.access_stream, outsider.pk, REFUSED)}, address.name
            missing = visited(address, case, MISSING, outsider)
            assert missing == [(NOWHERE, outsider.pk, REFUSED)] * len(hidden), address.name


def test_cases_ticked_in_the_queue_are_written_down_too(case: Case, otto: User) -> None:
    client = Client()
    client.force_login(otto)
    client.post("/assign/", {"case": [case.reference, MISSING], "to": "me"})
    written = {(entry.stream, entry.payload["kind"], entry.payload["what"]) for entry in looks()}
    assert written == {(stream, REFUSED, "assign") for stream in (case.access_stream, NOWHERE)}


def test_a_case_named_as_the_original_of_a_duplicate_is_written_down_too(case: Case, otto: User, now: datetime) -> None:
    other = lives.received(now)
    client = Client()
    client.force_login(otto)
    for reference in (case.reference, MISSING):
        client.post(f"{other.get_absolute_url()}do/mark-duplicate/", {"original": reference})
    written = {(entry.stream, entry.payload["kind"], entry.payload["what"]) for entry in looks()}
    assert written == {(stream, REFUSED, "mark-duplicate") for stream in (case.access_stream, NOWHERE)}
