"""The import of a test, and what Detective Osei sends."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache

from accounts.models import Compartment, CompartmentMembership, User
from cases.actions.agencies import find_or_add_agency, verify_agency
from cases.actions.opening import NATIONAL_SECURITY
from cases.models import Agency, Case, VerificationMethod
from intake.actions import importing
from intake.actions.importing import Summary, import_file
from tests.intake.files import write_csv

Import = Callable[..., Summary]
One = Callable[[Mapping[str, str]], Case]


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten rows at a time, so that a short file has several batches."""
    monkeypatch.setattr(importing, "ROWS", 10)


@pytest.fixture
def import_rows(db: None, tmp_path: Path, now: datetime) -> Import:
    """Import rows from a CSV file made of them."""

    def run(*rows: Mapping[str, str], dry_run: bool = False) -> Summary:
        return import_file(write_csv(tmp_path / "earlier.csv", rows), now=now, dry_run=dry_run)

    return run


@pytest.fixture
def imported(import_rows: Import) -> One:
    """Import one row and return its case."""

    def run(row: Mapping[str, str]) -> Case:
        import_rows(row)
        case: Case = Case.objects.get(provider_reference=row["reference"])
        return case

    return run


@pytest.fixture
def inside(analyst: User) -> User:
    """Ana, let into the compartment of national security."""
    compartment = Compartment.objects.get(code=NATIONAL_SECURITY)
    CompartmentMembership.objects.create(user=analyst, compartment=compartment, granted_at=analyst.date_joined)
    analyst.forget_grants()
    return analyst


@pytest.fixture
def verified_police(analyst: User, now: datetime) -> Agency:
    """Detective Osei's police, called back a month ago."""
    agency = find_or_add_agency(
        name="Springfield Police",
        country="US",
        kind="law_enforcement",
        email_domain="springfield.example",
        now=now,
    )
    verify_agency(
        agency_id=agency.pk,
        method=VerificationMethod.CALL_BACK,
        number_source="the city's directory",
        evidence="The desk sergeant knows Detective Osei.",
        by=analyst,
        now=now - timedelta(days=30),
    )
    agency.refresh_from_db()
    return agency
