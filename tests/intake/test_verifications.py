"""A verification that ends closes the guard by itself; the hourly job writes it down once."""

from datetime import datetime, timedelta

import pytest

from accounts.models import User
from cases.actions.agencies import verify_agency
from cases.models import Agency, VerificationMethod
from intake.actions.verifications import note_lapsed
from ledger.models import LedgerEntry

pytestmark = pytest.mark.django_db

A_YEAR = timedelta(days=365)


def lapses() -> int:
    return LedgerEntry.objects.filter(payload__kind="verification_lapsed").count()


def test_the_guard_closes_in_the_moment_before_any_job_has_run(verified_police: Agency, now: datetime) -> None:
    end = now - timedelta(days=30) + A_YEAR
    assert verified_police.is_verified(end - timedelta(microseconds=1))
    assert not verified_police.is_verified(end)


def test_an_end_is_written_down_once(verified_police: Agency, now: datetime) -> None:
    assert note_lapsed(now=now) == 0
    later = now + A_YEAR
    assert [note_lapsed(now=later), note_lapsed(now=later)] == [1, 0]
    assert lapses() == 1
    assert Agency.objects.get().verified_until is None


def test_a_night_without_the_job_forgets_nothing(verified_police: Agency, now: datetime) -> None:
    assert note_lapsed(now=now + 3 * A_YEAR) == 1


def test_what_was_renewed_does_not_end(verified_police: Agency, analyst: User, now: datetime) -> None:
    verify_agency(
        agency_id=verified_police.pk,
        method=VerificationMethod.IN_PERSON,
        evidence="She came by.",
        number_source="",
        by=analyst,
        now=now,
    )
    assert note_lapsed(now=now + A_YEAR - timedelta(days=1)) == 0
    assert lapses() == 0
