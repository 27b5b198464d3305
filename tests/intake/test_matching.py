"""What arrives and may concern a case holds that case's notices until a person has looked (invariant 2)."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import Compartment, User
from cases.actions.nondisclosure import look_at_hold
from cases.actions.opening import NewTarget, open_case
from cases.models import Agency, Case, NoticeDuty
from cases.silence import why_silent
from cases.states import Category, Channel, TargetKind
from intake.matching import named_references
from tests.intake.conftest import Import
from tests.intake.files import GAGGED, row
from tests.intake.sending import file, send

pytestmark = pytest.mark.django_db

Open = Callable[..., Case]


@pytest.fixture
def open_one(verified_police: Agency, now: datetime) -> Open:
    """Open a case about Carla, as it stood before anything else arrived."""

    def run(instrument: str = "us_subpoena", agency_reference: str = "SP-1", target: str = "carla") -> Case:
        return open_case(
            instrument_code=instrument,
            agency=verified_police,
            targets=[NewTarget(TargetKind.ACCOUNT, target)],
            asked=[Category.SUBSCRIBER],
            channel=Channel.EMAIL,
            received_at=now,
            now=now,
            agency_reference=agency_reference,
        )

    return run


def why_held(case: Case) -> list[str]:
    return list(case.incoming_holds.filter(looked_at=None).values_list("because", flat=True))


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        pytest.param({"agency_reference": "SP-1", "targets": "kim"}, ["agency_reference"], id="the agency's reference"),
        pytest.param({"agency_reference": "", "targets": "carla"}, ["target"], id="a target, from a verified agency"),
        pytest.param(
            {"agency_reference": "", "targets": "carla", "officer_email": "osei@mallory.example"},
            [],
            id="a target, from nobody knows whom",
        ),
        pytest.param({"agency_reference": "SP-2", "targets": "kim"}, [], id="nothing in common"),
        pytest.param({"agency_reference": "", "targets": "kim"}, [], id="two empty references are not the same"),
    ],
)
def test_what_arrives_holds_the_cases_that_it_may_concern(
    client: Client, open_one: Open, changes: dict[str, str], because: list[str]
) -> None:
    case = open_one()
    send(client, file(), **changes)
    assert why_held(case) == because


@pytest.mark.parametrize(
    ("sender", "because"),
    [
        pytest.param({}, ["agency_reference"], id="from the agency itself, it may be this case"),
        pytest.param({"officer_email": "osei@mallory.example"}, [], id="from another, it says nothing"),
    ],
)
def test_a_reference_without_a_digit_names_no_case_of_another_agency(
    client: Client, open_one: Open, sender: dict[str, str], because: list[str]
) -> None:
    case = open_one(agency_reference="n/a")
    send(client, file(), agency_reference="n/a", targets="kim", **sender)
    assert why_held(case) == because


@pytest.mark.parametrize("place", ["our_reference", "message", "agency_reference"])
def test_our_reference_is_found_wherever_it_is_written(client: Client, open_one: Open, place: str) -> None:
    case = open_one()
    send(client, file(), **{"targets": "kim", "agency_reference": "", place: f"see {case.reference.lower()}, please"})
    assert why_held(case) == ["reference"]


def test_a_held_case_is_silent_until_somebody_has_looked(
    client: Client, open_one: Open, analyst: User, now: datetime
) -> None:
    case = open_one()
    duty = NoticeDuty(case=case)
    assert why_silent(case, duty, now) is None
    send(client, file(), agency_reference="SP-1")
    assert "nobody has looked" in str(why_silent(case, duty, now))
    look_at_hold(hold_id=case.incoming_holds.get().pk, by=analyst, now=now)
    assert why_silent(case, duty, now) is None


def test_a_case_in_which_nothing_can_leave_any_more_is_not_held(client: Client, import_rows: Import) -> None:
    import_rows(row(accounts="carla"), row(reference="2", **GAGGED))
    closed, silent = Case.objects.order_by("provider_reference")[::-1]
    named = f"{closed.reference} {silent.reference}"
    send(client, file(), message=named, targets="kim")
    assert (why_held(closed), why_held(silent)) == ([], ["reference"])


def test_the_new_case_itself_is_not_held_by_what_brought_it(client: Client, open_one: Open) -> None:
    open_one()
    send(client, file(), agency_reference="SP-1")
    assert why_held(Case.objects.latest("pk")) == []


def test_a_sealed_request_shows_nowhere_outside_its_compartment(client: Client, open_one: Open) -> None:
    ordinary, sealed = open_one(), open_one("us_nsl")
    before = ordinary.incoming_holds.count()
    send(client, file(), instrument="us_nsl", agency_reference="SP-1", targets="carla", message=ordinary.reference)
    assert (ordinary.incoming_holds.count(), why_held(sealed)) == (before, ["agency_reference"])


def test_what_arrives_in_the_open_holds_a_sealed_case_too(client: Client, open_one: Open) -> None:
    sealed = open_one()
    compartment = Compartment.objects.create(code="mergers", name="Mergers")
    Case.objects.filter(pk=sealed.pk).update(compartment=compartment)
    send(client, file(), agency_reference="SP-1")
    assert why_held(sealed) == ["agency_reference"]


def test_references_are_read_as_people_write_them() -> None:
    assert named_references("Re: wd-2026-oo1iil234 and WD-2026-7K3M9QXA7.", "nothing") == {
        "WD-2026-001111234",
        "WD-2026-7K3M9QXA7",
    }
    assert named_references("WD-2026-7K3M9QXA7X", "WD-2026-7K3") == set()
