"""A database belongs to the machines that have the keys it was sealed under."""

import contextlib
import threading
from datetime import datetime

import pytest
from django.core.checks import run_checks
from django.db import IntegrityError, connection, transaction

from tests.vault.conftest import OUR_KEK
from vault import keyring, keys
from vault.actions import new_scope
from vault.checks import check_database
from vault.keyring import Kek
from vault.keys import OtherKeys, ScopeKeyDamaged
from vault.models import KeyEncryptionKey, KeyScope

THEIRS = Kek(b"t" * 32)

pytestmark = pytest.mark.django_db


def test_an_empty_database_learns_the_first_machines_key_and_nothing_of_its_secret() -> None:
    keys.refuse_other_keys()
    known = KeyEncryptionKey.objects.get()
    assert (known.id, known.check_value) == (OUR_KEK.id, OUR_KEK.check_value)
    assert OUR_KEK.secret.hex() not in known.id + known.check_value


def test_a_second_machine_with_another_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    keys.refuse_other_keys()
    monkeypatch.setenv(keyring.CURRENT, THEIRS.text())
    with pytest.raises(OtherKeys, match=OUR_KEK.id):
        keys.refuse_other_keys()
    assert KeyEncryptionKey.objects.count() == 1


def test_a_second_machine_without_a_key_is_refused_and_makes_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keys.refuse_other_keys()
    monkeypatch.delenv(keyring.CURRENT)
    with pytest.raises(OtherKeys):
        keys.refuse_other_keys()
    assert not (keyring.directory() / "kek").exists()
    assert capsys.readouterr().err == ""


def test_a_machine_that_is_refused_opens_no_scope_either(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    new_scope(now=now)
    monkeypatch.setenv(keyring.CURRENT, THEIRS.text())
    with pytest.raises(OtherKeys):
        new_scope(now=now)


def test_a_machine_with_the_earlier_key_may_bring_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    keys.refuse_other_keys()
    monkeypatch.setenv(keyring.CURRENT, THEIRS.text())
    monkeypatch.setenv(keyring.PREVIOUS, OUR_KEK.text())
    keys.refuse_other_keys()
    assert set(keys.registered()) == {OUR_KEK.id, THEIRS.id}


def test_a_key_that_only_bears_the_right_id_is_refused() -> None:
    KeyEncryptionKey.objects.create(id=OUR_KEK.id, check_value=THEIRS.check_value)
    with pytest.raises(OtherKeys):
        keys.refuse_other_keys()


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        pytest.param(THEIRS, ["refused", "started"], id="with other keys one is refused"),
        pytest.param(OUR_KEK, ["started", "started"], id="with the same key both start"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_two_machines_start_on_an_empty_database_at_once(
    second: Kek, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rings = {"first": OUR_KEK, "second": second}
    monkeypatch.setattr(
        keyring,
        "load",
        lambda: keyring.Keyring(kek := rings[threading.current_thread().name], {kek.id: kek}),
    )
    both_found_it_empty = threading.Barrier(2)
    read = keys.registered

    def registered() -> dict[str, str]:
        known = read()
        with contextlib.suppress(threading.BrokenBarrierError):
            both_found_it_empty.wait(timeout=0.3)
        return known

    monkeypatch.setattr(keys, "registered", registered)
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def start() -> None:
        together.wait()
        try:
            keys.refuse_other_keys()
            outcomes.append("started")
        except OtherKeys:
            outcomes.append("refused")
        finally:
            connection.close()

    machines = [threading.Thread(target=start, name=name) for name in rings]
    for machine in machines:
        machine.start()
    for machine in machines:
        machine.join()
    assert sorted(outcomes) == expected


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_a_scope_under_a_key_that_it_does_not_know(now: datetime) -> None:
    with pytest.raises(IntegrityError):
        KeyScope.objects.create(kek_id=THEIRS.id, wrapped_key=b"w" * 60, created_at=now)


def test_a_wrapped_key_does_not_open_for_another_scope(now: datetime) -> None:
    one, other = new_scope(now=now), new_scope(now=now)
    assert keys.unwrap(one) != keys.unwrap(other)
    one.wrapped_key = other.wrapped_key
    with pytest.raises(ScopeKeyDamaged):
        keys.unwrap(one)


def test_the_check_says_nothing_on_the_machine_of_the_database() -> None:
    assert check_database(databases=["default"]) == []
    keys.refuse_other_keys()
    assert check_database(databases=["default"]) == []


def test_the_check_names_the_missing_key_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    keys.refuse_other_keys()
    monkeypatch.setenv(keyring.CURRENT, THEIRS.text())
    [error] = check_database(databases=["default"])
    assert error.id == "vault.E002"
    assert OUR_KEK.id in error.msg
    assert "\n" not in error.msg


def test_the_check_names_a_key_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(keyring.CURRENT, "x")
    assert [error.id for error in check_database(databases=["default"])] == ["vault.E001"]


def test_the_check_is_one_of_djangos_database_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    keys.refuse_other_keys()
    monkeypatch.setenv(keyring.CURRENT, THEIRS.text())
    found = run_checks(tags=["database"], databases=["default"])
    assert "vault.E002" in {message.id for message in found}


def test_a_rolled_back_first_use_is_done_again(now: datetime) -> None:
    with transaction.atomic():
        keys.refuse_other_keys()
        transaction.set_rollback(True)
    assert new_scope(now=now).kek_id == OUR_KEK.id
