"""Roles and compartments are given by an administrator, never to oneself, and each change is in the ledger."""

from datetime import datetime

import pytest

from accounts import actions
from accounts.models import Compartment, Role, User, received_from
from ledger.models import LedgerEntry

pytestmark = pytest.mark.django_db


def told() -> list[dict[str, object]]:
    """What the ledger says about staff, oldest first."""
    return list(LedgerEntry.objects.filter(stream="staff").order_by("seq").values_list("payload", flat=True))


@pytest.fixture
def compartment() -> Compartment:
    return Compartment.objects.get(code="national-security")


def test_a_role_is_given_and_ended_on_the_record(analyst: User, administrator: User, now: datetime) -> None:
    actions.grant_role(user=analyst, role=Role.PUBLISHER, by=administrator, at=now)
    assert analyst.has_role(Role.PUBLISHER)
    actions.end_role(user=analyst, role=Role.PUBLISHER, by=administrator, at=now)
    assert not analyst.has_role(Role.PUBLISHER)
    given, ended = told()
    assert (given["kind"], given["by"], given["user"]) == ("role_granted", administrator.pk, analyst.pk)
    assert (ended["kind"], ended["role"]) == ("role_ended", "publisher")


def test_a_compartment_is_opened_and_closed_on_the_record(
    ines: User, administrator: User, compartment: Compartment, now: datetime
) -> None:
    actions.grant_compartment(user=ines, compartment=compartment, by=administrator, at=now)
    assert ines.compartment_ids == {compartment.pk}
    actions.end_compartment(user=ines, compartment=compartment, by=administrator, at=now)
    assert ines.compartment_ids == frozenset()
    assert [entry["kind"] for entry in told()] == ["compartment_granted", "compartment_ended"]


def test_counsel_cannot_give_a_role(analyst: User, ines: User, now: datetime) -> None:
    with pytest.raises(actions.AdministratorNeeded):
        actions.grant_role(user=analyst, role=Role.COUNSEL, by=ines, at=now)
    assert told() == []


def test_whoever_was_administrator_a_moment_ago_cannot_give_a_role(
    analyst: User, administrator: User, now: datetime
) -> None:
    assert administrator.has_role(Role.ADMINISTRATOR)
    administrator.role_grants.update(ended_at=now)
    with pytest.raises(actions.AdministratorNeeded):
        actions.grant_role(user=analyst, role=Role.COUNSEL, by=administrator, at=now)


def test_an_administrator_cannot_give_themselves_anything(
    administrator: User, compartment: Compartment, now: datetime
) -> None:
    with pytest.raises(actions.NotForYourself):
        actions.grant_role(user=administrator, role=Role.COUNSEL, by=administrator, at=now)
    with pytest.raises(actions.NotForYourself):
        actions.grant_compartment(user=administrator, compartment=compartment, by=administrator, at=now)


def test_nor_to_a_second_account_of_theirs(administrator: User, now: datetime) -> None:
    second = User.objects.create_user("ada.two@provider.example", "Ada", person=administrator.person)
    with pytest.raises(actions.NotForYourself):
        actions.grant_role(user=second, role=Role.COUNSEL, by=administrator, at=now)


def test_what_is_held_cannot_be_given_again(ines: User, administrator: User, now: datetime) -> None:
    with pytest.raises(actions.AlreadyHeld):
        actions.grant_role(user=ines, role=Role.COUNSEL, by=administrator, at=now)


def test_what_is_not_held_cannot_be_ended(
    ines: User, administrator: User, compartment: Compartment, now: datetime
) -> None:
    with pytest.raises(actions.NotHeld):
        actions.end_role(user=ines, role=Role.AUDITOR, by=administrator, at=now)
    with pytest.raises(actions.NotHeld):
        actions.end_compartment(user=ines, compartment=compartment, by=administrator, at=now)


def test_the_last_administrator_stays(administrator: User, ines: User, now: datetime) -> None:
    with pytest.raises(actions.LastAdministrator):
        actions.end_role(user=administrator, role=Role.ADMINISTRATOR, by=administrator, at=now)
    actions.grant_role(user=ines, role=Role.ADMINISTRATOR, by=administrator, at=now)
    actions.end_role(user=administrator, role=Role.ADMINISTRATOR, by=administrator, at=now)
    assert not administrator.has_role(Role.ADMINISTRATOR)


def test_a_role_given_again_later_is_a_new_grant(analyst: User, administrator: User, now: datetime) -> None:
    actions.end_role(user=analyst, role=Role.ANALYST, by=administrator, at=now)
    actions.grant_role(user=analyst, role=Role.ANALYST, by=administrator, at=now)
    assert analyst.role_grants.filter(role=Role.ANALYST).count() == 2


def test_who_gave_what_since_when_can_be_asked(
    analyst: User, administrator: User, last_year: datetime, now: datetime
) -> None:
    assert not received_from(analyst, administrator, since=last_year)
    actions.grant_role(user=analyst, role=Role.COUNSEL, by=administrator, at=now)
    assert received_from(analyst, administrator, since=last_year)


def test_nothing_is_changed_when_the_ledger_cannot_be_written(
    analyst: User, administrator: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_entry: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions, "append", fail)
    with pytest.raises(RuntimeError):
        actions.grant_role(user=analyst, role=Role.COUNSEL, by=administrator, at=now)
    assert not analyst.role_grants.filter(role=Role.COUNSEL).exists()
