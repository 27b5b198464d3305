"""What an import holds is released by an operator: one by one or all at once, and only what they may know of."""

from datetime import datetime

import pytest
from django.test import Client

from accounts.models import User
from cases.actions import clockwork
from cases.actions.changing import NotForYou
from cases.actions.imports import release_held
from cases.models import Case, NoticeDuty
from cases.states import DutyState
from ledger.models import LedgerEntry
from tests.intake.conftest import Import
from tests.intake.files import GAGGED, LETTER, OPEN, row

pytestmark = pytest.mark.django_db

PATH = "/imports/held/"


@pytest.fixture
def held(import_rows: Import) -> list[Case]:
    """An open request, a silent answer whose order ended in 2018, and an open letter of national security."""
    ended = {**GAGGED, "nondisclosure_until": "2018-12-31"}
    letter = row(reference="3", **{**LETTER, **OPEN})
    import_rows(row(reference="1", **OPEN), row(reference="2", **ended), letter, row(reference="4"))
    return list(Case.objects.filter(is_held=True).order_by("provider_reference"))


def still_held() -> set[str]:
    return set(Case.objects.filter(is_held=True).values_list("provider_reference", flat=True))


@pytest.mark.parametrize("who", ["ines", "administrator"])
def test_an_operator_releases_the_ones_ticked(
    client: Client, held: list[Case], request: pytest.FixtureRequest, who: str
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert "1 case is released." in client.post(PATH, {"reference": held[0].reference}, follow=True).content.decode()
    assert still_held() == {"2", "3"}


@pytest.mark.parametrize("who", ["ines", "administrator"])
def test_all_are_released_after_asking_once_more_but_for_those_sealed(
    client: Client, held: list[Case], request: pytest.FixtureRequest, who: str
) -> None:
    client.force_login(request.getfixturevalue(who))
    page = client.get(PATH).content.decode()
    assert held[0].reference in page
    assert held[2].reference not in page
    assert "Release 2 cases?" in client.post(PATH, {"ask": "all"}).content.decode()
    assert still_held() == {"1", "2", "3"}
    assert "2 cases are released." in client.post(PATH, {"all": "yes"}, follow=True).content.decode()
    assert still_held() == {"3"}
    assert "Nothing is held" in client.get(PATH).content.decode()


def test_a_sealed_case_is_not_released_by_its_reference_either(
    client: Client, held: list[Case], administrator: User
) -> None:
    client.force_login(administrator)
    client.post(PATH, {"reference": held[2].reference})
    assert still_held() == {"1", "2", "3"}


def test_nothing_ticked_releases_nothing(client: Client, held: list[Case], ines: User) -> None:
    client.force_login(ines)
    assert "Tick the cases" in client.post(PATH, follow=True).content.decode()
    assert still_held() == {"1", "2", "3"}


def test_what_was_due_happens_by_itself_once_released_and_not_before(
    held: list[Case], ines: User, now: datetime
) -> None:
    duty = NoticeDuty.objects.get(case=held[1])
    clockwork.run_clocks(now=now)
    duty.refresh_from_db()
    assert duty.state == DutyState.WITHHELD
    release_held(by=ines, now=now)
    clockwork.run_clocks(now=now)
    duty.refresh_from_db()
    assert (duty.state, duty.due_at, duty.is_held) == (DutyState.PENDING, now, False)


def test_the_ledger_says_who_released_each(held: list[Case], ines: User, now: datetime) -> None:
    assert release_held(by=ines, now=now) == 2
    assert release_held(by=ines, now=now) == 0
    entries = LedgerEntry.objects.filter(payload__kind="import_released").order_by("stream")
    assert [(entry.stream, entry.payload["by"]) for entry in entries] == [
        (case.stream, ines.pk) for case in sorted(held[:2], key=lambda case: case.stream)
    ]


def test_others_release_nothing(client: Client, held: list[Case], analyst: User, auditor: User, now: datetime) -> None:
    for user in (analyst, auditor):
        client.force_login(user)
        assert client.post(PATH, {"all": "yes"}).status_code == 403
        with pytest.raises(NotForYou):
            release_held(by=user, now=now)
    assert still_held() == {"1", "2", "3"}
