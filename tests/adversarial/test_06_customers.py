"""Invariant 6. A customer first named in a sealed case is nobody outside its compartment: by number, name or error."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from accounts.models import Compartment, Role, User
from cases.actions.compartments import seal
from cases.actions.opening import NATIONAL_SECURITY, NewTarget, open_case
from cases.models import Case, Customer, Target
from cases.queries.beside import neighbours
from cases.states import Category, Channel, TargetKind
from intake.actions.directory import import_customers
from intake.actions.owners import match_due
from intake.directory import connector
from intake.models import DirectoryEntry, DirectorySource
from tests import lives
from tests.adversarial import sealed
from tests.fixtures.staff import make_staff
from tests.intake.directory.customers import customer, write_csv
from tests.intake.directory.far_end import FarEnd, far_end
from tests.lives import Staff

pytestmark = pytest.mark.django_db

ZULU = "zulu-account"
TYPED = {"identifier": ZULU, "language": "en", "country": "US", "timezone": "UTC", "role": "person"}


@pytest.fixture
def secrets(staff: Staff, last_year: datetime) -> Compartment:
    """The compartment of national security, with Ana, Ines and Paul in it."""
    compartment = Compartment.objects.get(code=NATIONAL_SECURITY)
    for user in (staff.analyst, staff.ines, staff.paul):
        sealed.join(user, compartment, last_year)
    return compartment


@pytest.fixture
def otto(last_year: datetime, db: None) -> User:
    return make_staff("Otto Outside", Role.ANALYST, Role.COUNSEL, since=last_year)


@pytest.fixture
def letter(secrets: Compartment, staff: Staff, now: datetime) -> Case:
    """A national security letter about an account whose customer Ana names."""
    case = naming(now, ZULU, instrument="us_nsl")
    match(staff.analyst, case, name="Zulu Inside", email="inside@customer.example")
    assert case.targets.get().customer == Customer.objects.get()
    return case


def naming(now: datetime, *accounts: str, instrument: str = "us_subpoena") -> Case:
    """Return a case that names accounts, as a person or the portal enters it."""
    return open_case(
        instrument_code=instrument,
        agency=lives.oseis_agency(now),
        targets=[NewTarget(TargetKind.ACCOUNT, account) for account in accounts],
        asked=[Category.SUBSCRIBER],
        channel=Channel.PORTAL,
        received_at=now,
        now=now,
    )


def post(user: User, case: Case, act: str, data: dict[str, str]) -> str:
    client = Client()
    client.force_login(user)
    return client.post(f"{case.get_absolute_url()}do/{act}/", data, follow=True).content.decode()


def match(user: User, case: Case, **said: str) -> str:
    return post(user, case, "match-customer", TYPED | said)


def owner(case: Case, value: str = ZULU) -> Customer | None:
    return case.targets.get(value=value).customer


def test_an_open_case_about_the_same_account_finds_nobody(letter: Case, now: datetime) -> None:
    assert owner(naming(now, ZULU)) is None


def test_another_case_of_the_compartment_finds_them(letter: Case, now: datetime) -> None:
    assert owner(naming(now, ZULU, instrument="us_nsl")) == owner(letter)


def test_who_enters_them_by_hand_outside_makes_a_customer_as_if_there_were_none(
    letter: Case, otto: User, staff: Staff, now: datetime
) -> None:
    case = naming(now, ZULU)
    page = match(otto, case, name="Zelda Outside")
    assert "Zelda Outside" in page
    assert "Zulu Inside" not in page
    outside, inside = owner(case), owner(letter)
    assert outside
    assert inside
    assert (outside.identifier, outside.compartment, inside.compartment) == (ZULU, None, letter.compartment)
    assert owner(naming(now, ZULU)) == outside
    assert owner(naming(now, ZULU, instrument="us_nsl")) == inside


def test_a_number_that_only_a_compartment_knows_costs_as_many_statements_as_one_that_nobody_has(
    letter: Case, otto: User, now: datetime
) -> None:
    asked = []
    for number in ("warming-up", "yankee-account", ZULU):
        case = naming(now, number)
        with CaptureQueriesContext(connection) as statements:
            match(otto, case, identifier=number)
        asked.append(len(statements))
    assert asked[1] == asked[2]


def test_a_number_of_a_compartment_is_no_customers_where_an_order_hits_others(
    letter: Case, otto: User, now: datetime
) -> None:
    case = lives.received(now, instrument="dsa_order_to_act", asked=())
    post(otto, case, "set-measures", {"kind": case.instrument.measures[0], "territories": "DE"})
    said = [
        post(otto, case, "check-collateral", {"what_1": "x", "customer_1": number, "told_1": "no", "reason_1": "x"})
        for number in (ZULU, "yankee-account")
    ]
    assert all("No customer has this number." in page for page in said)


def test_what_a_sealed_case_names_is_not_proposed_in_an_open_one_even_to_a_member(
    letter: Case, staff: Staff, now: datetime
) -> None:
    letter.targets.update(kind=TargetKind.DOMAIN, value="zulu.example")
    case = lives.received(now, instrument="dsa_order_to_act", asked=())
    case.targets.update(kind=TargetKind.DOMAIN, value="zulu.example")
    assert neighbours(staff.analyst, case) == []
    beside = naming(now, "someone", instrument="us_nsl")
    beside.targets.update(kind=TargetKind.DOMAIN, value="zulu.example")
    assert ZULU in [found.identifier for found in neighbours(staff.analyst, beside)]


@pytest.fixture
def far(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[FarEnd]:
    """A far end that is asked about sealed cases too."""
    monkeypatch.setattr(connector, "FIRST_WAIT", 0)
    with far_end() as found:
        settings.WRITDESK = replace(
            configured.WRITDESK, directory_url=found.url, directory_timeout=2, directory_for_sealed=True
        )
        yield found


def test_whom_the_far_end_named_for_a_sealed_case_is_nobody_outside_until_it_names_them_there(
    secrets: Compartment, far: FarEnd, now: datetime
) -> None:
    far.names({"identifier": ZULU, "name": "Zulu"})
    case = naming(now, "zulu@mail.example", instrument="us_nsl")
    match_due(now=now)
    assert owner(case, "zulu@mail.example")
    outside = naming(now, ZULU)
    assert owner(outside) is None
    match_due(now=now)
    found = owner(outside)
    assert found
    assert found.compartment is None
    assert found != owner(case, "zulu@mail.example")


def test_a_file_that_names_them_counts_them_as_new_and_keeps_them_one_person_inside(
    letter: Case, now: datetime, tmp_path: Path
) -> None:
    row = customer(identifier=ZULU, name="", accounts=f"{ZULU}; zulu-books", email="new@customer.example")
    file = write_csv(tmp_path / "customers.csv", [row])
    counts = import_customers(file, now=now)
    assert (counts.new, counts.changed, counts.unchanged) == (1, 0, 0)
    inside, outside = owner(letter), owner(naming(now, ZULU))
    assert inside
    assert outside
    assert (inside.name, inside.email) == ("Zulu Inside", "new@customer.example")
    assert (outside.name, outside.email) == ("", "new@customer.example")
    more = naming(now, ZULU, "zulu-books", instrument="us_nsl")
    match_due(now=now)
    assert {target.customer for target in more.targets.all()} == {inside}
    again = import_customers(file, now=now)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)


def test_sealing_takes_along_the_customers_of_whom_nothing_outside_tells(
    secrets: Compartment, staff: Staff, now: datetime
) -> None:
    alone, shared, listed = (lives.carla(identifier=number) for number in (ZULU, "shared", "listed"))
    case = lives.received(now, customers=[alone, shared, listed])
    lives.received(now, customers=[shared])
    DirectoryEntry.objects.create(kind="account", value="x", customer=listed, source=DirectorySource.FILE, seen_at=now)
    seal(case_id=case.pk, compartment=secrets, by=staff.ines, now=now)
    belongs = dict(Customer.objects.values_list("identifier", "compartment"))
    assert belongs == {ZULU: secrets.pk, "shared": None, "listed": None}


def test_the_database_gives_no_target_duty_or_hit_to_a_customer_of_another_compartment(
    letter: Case, now: datetime
) -> None:
    inside, case = owner(letter), lives.received(now, instrument="dsa_order_to_act", asked=())
    measure = case.measures.create(target=case.targets.get(), kind="block")
    attempts = (
        lambda: Target.objects.filter(case=case).update(customer=inside),
        lambda: case.duties.create(customer=inside, state="pending"),
        lambda: measure.affected.create(what="x", customer=inside, is_told=False, reason="x"),
    )
    for attempt in attempts:
        with pytest.raises(IntegrityError, match="may know"), transaction.atomic():
            attempt()


def test_customers_of_before_belong_to_the_compartment_where_they_stand_in_sealed_cases_only(
    secrets: Compartment, now: datetime
) -> None:
    alone, shared, listed = (lives.carla(identifier=number) for number in (ZULU, "shared", "listed"))
    lives.received(now, customers=[alone, shared, listed], instrument="us_nsl")
    lives.received(now, customers=[shared])
    DirectoryEntry.objects.create(kind="account", value="x", customer=listed, source=DirectorySource.FILE, seen_at=now)
    with connection.cursor() as cursor:
        cursor.execute(import_module("intake.migrations.0003_customers_of_compartments").KEEP_INSIDE)
    belongs = dict(Customer.objects.values_list("identifier", "compartment"))
    assert belongs == {ZULU: secrets.pk, "shared": None, "listed": None}
