"""Whose the targets of a new case are: by the table at once, by the far end afterwards, or for a person to see."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import connection
from pytest_django.fixtures import Settings

from accounts.models import Compartment, CompartmentMembership, User
from cases.actions.compartments import seal
from cases.actions.installation import hold_installation
from cases.models import Case, Customer, HoldReason
from cases.states import TargetKind, TargetMatch
from intake.actions import owners
from intake.actions.directory import import_customers
from intake.actions.owners import AGAIN_AFTER, match_due
from intake.directory import connector
from intake.models import DirectoryEntry, DirectorySource
from tests import lives
from tests.intake.directory.customers import customer, write_csv
from tests.intake.directory.far_end import FarEnd, far_end

pytestmark = pytest.mark.django_db


@pytest.fixture
def far(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[FarEnd]:
    """A far end that this desk asks, without waiting between the tries."""
    monkeypatch.setattr(connector, "FIRST_WAIT", 0)
    with far_end() as found:
        settings.WRITDESK = replace(configured.WRITDESK, directory_url=found.url, directory_timeout=2)
        yield found


def named(now: datetime, *values: str, kind: TargetKind = TargetKind.ACCOUNT) -> Case:
    """Return a case whose targets belong to nobody known."""
    case = lives.received(now, customers=[lives.carla() for _ in values])
    for target, value in zip(case.targets.all(), values, strict=True):
        target.kind, target.value, target.customer = kind, value, None
        target.save()
    return case


def matches(case: Case) -> list[str]:
    return [target.match for target in case.targets.all()]


def known(value: str, now: datetime) -> Customer:
    carla = lives.carla()
    DirectoryEntry.objects.create(kind="account", value=value, customer=carla, source=DirectorySource.FILE, seen_at=now)
    return carla


def test_the_table_says_whose_it_is_and_that_it_is_nobodys(now: datetime) -> None:
    carla = known("carla", now)
    case = named(now, "carla", "dora")
    match_due(now=now)
    assert [target.customer for target in case.targets.all()] == [carla, None]
    assert matches(case) == [TargetMatch.FOUND, TargetMatch.NOT_FOUND]


def test_thousands_of_targets_are_looked_up_by_one_query(now: datetime) -> None:
    known("account-7", now)
    case = named(now, *(f"account-{number}" for number in range(300)))
    asked = []

    def note(execute: object, sql: str, params: object, many: bool, context: object) -> object:
        asked.append(sql)
        return execute(sql, params, many, context)  # type: ignore[operator]

    with connection.execute_wrapper(note):
        owners.match_from_table(case.pk, now=now)
    assert sum("intake_directoryentry" in sql for sql in asked) == 1


def test_where_there_is_no_directory_nothing_is_said(now: datetime) -> None:
    case = named(now, "carla")
    match_due(now=now)
    assert matches(case) == [TargetMatch.NOT_ASKED]


def test_the_far_end_is_asked_what_the_table_does_not_know(far: FarEnd, now: datetime) -> None:
    known("carla", now)
    case = named(now, "carla", "dora")
    far.names({"identifier": "C-2", "name": "Dora Field", "language": "fr"})
    match_due(now=now)
    assert far.asked == [{"kind": "account", "value": "dora"}]
    dora = Customer.objects.get(identifier="C-2")
    assert (dora.name, dora.language) == ("Dora Field", "fr")
    assert case.targets.get(value="dora").customer == dora


def test_what_it_said_is_kept_and_not_asked_again(far: FarEnd, now: datetime) -> None:
    far.names({"identifier": "C-2"})
    named(now, "dora")
    match_due(now=now)
    second = named(now, "dora")
    match_due(now=now)
    assert len(far.asked) == 1
    assert matches(second) == [TargetMatch.FOUND]


def test_several_customers_are_for_a_person_to_choose_from(far: FarEnd, now: datetime) -> None:
    far.names({"identifier": "C-2"}, {"identifier": "C-3"})
    case = named(now, "dora")
    match_due(now=now)
    assert (matches(case), case.targets.get().customer) == ([TargetMatch.SEVERAL], None)


def test_a_far_end_that_does_not_answer_is_seen_and_asked_again_later(far: FarEnd, now: datetime) -> None:
    case = named(now, "dora", "emil")
    far.says((503, b""))
    match_due(now=now)
    assert matches(case) == [TargetMatch.FAILED] * 2
    assert len(far.asked) == connector.TRIES  # it was not asked of Emil any more
    far.names({"identifier": "C-2"})
    match_due(now=now + AGAIN_AFTER - timedelta(seconds=1))
    assert matches(case) == [TargetMatch.FAILED] * 2
    match_due(now=now + AGAIN_AFTER)
    assert matches(case) == [TargetMatch.FOUND] * 2


def test_an_answer_that_is_none_fails_for_its_target_only(far: FarEnd, now: datetime) -> None:
    case = named(now, "dora", "emil")
    far.says((200, b"<html>"), (200, b'{"customers": [{"identifier": "C-3"}]}'))
    match_due(now=now)
    assert matches(case) == [TargetMatch.FAILED, TargetMatch.FOUND]


def test_the_far_end_is_never_asked_inside_a_transaction(
    far: FarEnd, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test's own transaction apart."""
    depth = len(connection.savepoint_ids)
    seen = []
    ask = connector.Directory.who_has

    def watched(directory: connector.Directory, name: tuple[str, str]) -> object:
        seen.append(len(connection.savepoint_ids) - depth)
        return ask(directory, name)

    monkeypatch.setattr(connector.Directory, "who_has", watched)
    named(now, "dora")
    match_due(now=now)
    assert seen == [0]


def test_a_sealed_case_is_not_shown_to_the_far_end(far: FarEnd, now: datetime, ines: User) -> None:
    case = sealed(named(now, "dora"), ines, now)
    match_due(now=now)
    assert (far.asked, matches(case)) == ([], [TargetMatch.NOT_FOUND])


def test_a_sealed_case_is_shown_to_it_where_the_operator_says_so_and_leaves_nothing(
    far: FarEnd, settings: Settings, now: datetime, ines: User
) -> None:
    settings.WRITDESK = replace(settings.WRITDESK, directory_for_sealed=True)
    far.names({"identifier": "C-2"})
    case = sealed(named(now, "dora"), ines, now)
    match_due(now=now)
    assert matches(case) == [TargetMatch.FOUND]
    assert not DirectoryEntry.objects.exists()


def sealed(case: Case, by: User, now: datetime) -> Case:
    compartment = Compartment.objects.create(code="grand-jury", name="Grand jury")
    CompartmentMembership.objects.create(user=by, compartment=compartment, granted_at=now)
    by.forget_grants()
    seal(case_id=case.pk, compartment=compartment, by=by, now=now)
    return case


def test_a_held_import_is_looked_up_when_it_is_released(now: datetime) -> None:
    known("carla", now)
    case = named(now, "carla")
    Case.objects.filter(pk=case.pk).update(is_held=True)
    match_due(now=now)
    assert matches(case) == [TargetMatch.NOT_ASKED]
    Case.objects.filter(pk=case.pk).update(is_held=False)
    match_due(now=now)
    assert matches(case) == [TargetMatch.FOUND]


def test_a_customer_who_comes_with_a_file_is_found_then(now: datetime, tmp_path: Path) -> None:
    known("somebody else", now)
    case = named(now, "carla")
    match_due(now=now)
    assert matches(case) == [TargetMatch.NOT_FOUND]
    import_customers(write_csv(tmp_path / "a.csv", [customer()]), now=now)
    match_due(now=now)
    assert matches(case) == [TargetMatch.FOUND]
    assert case.targets.get().customer == Customer.objects.get(identifier="C-1001")


def test_one_run_does_not_ask_for_ever(far: FarEnd, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owners, "AT_ONCE", 2)
    monkeypatch.setattr(owners, "IN_ONE_RUN", 4)
    case = named(now, *(f"account-{number}" for number in range(7)))
    match_due(now=now)
    assert matches(case).count(TargetMatch.NOT_FOUND) == 4
    match_due(now=now)
    assert matches(case).count(TargetMatch.NOT_FOUND) == 7


def test_a_held_installation_asks_nobody(far: FarEnd, now: datetime) -> None:
    case = named(now, "dora")
    hold_installation(because=HoldReason.RESTORED, now=now)
    match_due(now=now)
    assert (far.asked, matches(case)) == ([], [TargetMatch.NOT_ASKED])
