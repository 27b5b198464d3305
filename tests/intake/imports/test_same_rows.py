"""The fast writer writes what the actions would have written."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.forms.models import model_to_dict

from cases import tally
from cases.actions.agencies import find_or_add_agency, find_or_add_officer
from cases.actions.opening import NewTarget, open_case
from cases.models import Agency, Case, Officer
from cases.states import Category, Channel, TargetKind
from ledger.models import LedgerEntry
from ledger.projection import compare
from ledger.verification import verify
from tests.intake.conftest import Import
from tests.intake.files import GAGGED, LETTER, OPEN, row

# Its own: the file's reference, and that an operator releases it.
OWN = {"id", "reference", "provider_reference", "is_held"}

TARGETS = [
    NewTarget(TargetKind.ACCOUNT, "carla"),
    NewTarget(TargetKind.ACCOUNT, "kim"),
    NewTarget(TargetKind.DOMAIN, "carla.example"),
    NewTarget(TargetKind.IP, "192.0.2.7"),
    NewTarget(TargetKind.URL, "https://carla.example/a"),
    NewTarget(TargetKind.PHONE, "+33 1 00"),
]


def plain(instance: Any, *without: str) -> dict[str, Any]:
    return {name: value for name, value in model_to_dict(instance).items() if name not in without}


def rows_of(case: Case) -> dict[str, Any]:
    """Return everything that hangs on the case, without the keys."""
    return {
        "targets": [plain(target, "id", "case") for target in case.targets.all()],
        "clocks": [plain(clock, "id", "case") for clock in case.clocks.all()],
        "orders": [plain(order, "id", "case") for order in case.orders.all()],
        "duties": [plain(duty, "id", "case") for duty in case.duties.all()],
    }


def payloads(case: Case) -> list[dict[str, Any]]:
    entries = LedgerEntry.objects.filter(stream=case.stream).order_by("seq")
    return [{k: v for k, v in entry.payload.items() if k not in ("reference", "order")} for entry in entries]


@pytest.mark.parametrize("instrument", ["us_subpoena", "us_preservation", "us_pen_register", "us_nsl", "eu_epoc"])
def test_an_open_row_is_the_case_that_an_action_opens(import_rows: Import, now: datetime, instrument: str) -> None:
    said = row(instrument=instrument, received_at="2026-11-20T08:00:00Z", **OPEN)
    import_rows(said)
    imported = Case.objects.get()
    agency = find_or_add_agency(
        name=said["agency_name"], country="US", kind="law_enforcement", email_domain="agency.example", now=now
    )
    opened = open_case(
        instrument_code=instrument,
        agency=agency,
        officer=find_or_add_officer(agency=agency, name="", email="osei@agency.example"),
        targets=TARGETS,
        asked=[Category.SUBSCRIBER, Category.TRAFFIC],
        channel=Channel.EMAIL,
        received_at=imported.received_at,
        now=now,
    )
    opened = Case.objects.get(pk=opened.pk)
    opened.customer_country = "FR"  # which only a file says
    assert plain(imported, *OWN) == plain(opened, *OWN)
    assert rows_of(imported) == rows_of(opened)
    assert payloads(imported) == payloads(opened)
    assert (Agency.objects.count(), Officer.objects.count()) == (1, 1)


@pytest.mark.parametrize("changes", [GAGGED, OPEN, {**GAGGED, **OPEN, "notice": "withheld_nondisclosure"}, {}])
def test_the_counts_on_the_case_are_those_of_its_targets(import_rows: Import, changes: dict[str, str]) -> None:
    import_rows(row(**changes))
    case = Case.objects.get()
    assert tally.kept(case) == tally.count(case)


@pytest.mark.django_db(transaction=True)
def test_the_ledger_of_an_import_is_whole_and_its_facts_follow(import_rows: Import) -> None:
    import_rows(row(), row(reference="2", **GAGGED), row(reference="3", **OPEN), row(reference="4", **LETTER))
    assert verify().first_break is None
    comparison = compare()
    assert (comparison.missing, comparison.surplus) == (0, 0)


def test_text_goes_through_unchanged_whatever_is_in_it(imported: Callable[[dict[str, str]], Case]) -> None:
    strange = 'tab\there \\N {"a"} =HYPERLINK("x") Zoë 中'
    case = imported(row(agency_name=strange, accounts=strange, nondisclosure_basis=strange))
    assert case.agency.name == strange
    assert case.targets.get(kind="account").value == strange
    assert case.orders.get().provision == strange


def test_only_the_import_marks_a_case_as_imported(import_rows: Import) -> None:
    import_rows(row())
    with connection.cursor() as cursor:  # as after the import's transaction
        cursor.execute("SELECT set_config('writdesk.importing', '', true)")
    case = Case.objects.get()
    case.pk, case.reference, case.provider_reference = None, "WD-2018-00000000A", "MINE"
    with pytest.raises(IntegrityError, match="only the import marks a case as imported"):
        Case.objects.bulk_create([case])
