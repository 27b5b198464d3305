"""A new key-encryption key: every scope's key is wrapped anew, no document is touched."""

import threading
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from tests.vault.conftest import OUR_KEK
from vault import actions, keyring, keys
from vault.actions import rotation
from vault.keyring import Kek
from vault.models import KeyEncryptionKey, KeyScope
from vault.storage import sealed_documents

NEW = Kek(b"n" * 32)

pytestmark = pytest.mark.django_db


@pytest.fixture
def scopes(now: datetime) -> list[KeyScope]:
    return KeyScope.objects.bulk_create(actions.prepare_scopes(7, now=now))


@pytest.fixture
def announced(scopes: list[KeyScope], monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator has put the new key in the environment, and kept the old one as an earlier one."""
    monkeypatch.setenv(keyring.CURRENT, NEW.text())
    monkeypatch.setenv(keyring.PREVIOUS, OUR_KEK.text())


def rotate(*arguments: str) -> str:
    said = StringIO()
    call_command("rotate_kek", *arguments, stdout=said)
    return said.getvalue()


def wrapped_under() -> dict[str, int]:
    ids = list(KeyScope.objects.exclude(kek=None).values_list("kek_id", flat=True))
    return {key_id: ids.count(key_id) for key_id in set(ids) if key_id}


def test_every_scope_keeps_its_key_under_the_new_one(announced: None, scopes: list[KeyScope]) -> None:
    before = {scope.pk: keys.unwrap(scope) for scope in scopes}
    assert NEW.id in rotate()
    assert {scope.pk: keys.unwrap(scope) for scope in KeyScope.objects.all()} == before
    assert wrapped_under() == {NEW.id: 7}


def test_documents_stay_as_they_are_and_open(
    scopes: list[KeyScope], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = actions.store([b"text"], scope=scopes[0], name="a", by_id=None, now=now)
    sealed = sealed_documents().open(document.storage_name).read()
    monkeypatch.setenv(keyring.CURRENT, NEW.text())
    monkeypatch.setenv(keyring.PREVIOUS, OUR_KEK.text())
    rotate()
    monkeypatch.delenv(keyring.PREVIOUS)
    document.refresh_from_db()
    assert b"".join(actions.read(document)) == b"text"
    assert sealed_documents().open(document.storage_name).read() == sealed


def test_afterwards_a_machine_with_the_old_key_alone_is_refused(
    announced: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    rotate()
    assert list(keys.registered()) == [NEW.id]
    monkeypatch.setenv(keyring.CURRENT, OUR_KEK.text())
    with pytest.raises(keys.OtherKeys):
        keys.refuse_other_keys()


def test_doing_it_again_changes_nothing(announced: None) -> None:
    rotate()
    wrapped = list(KeyScope.objects.order_by("pk").values_list("wrapped_key", flat=True))
    rotate()
    assert list(KeyScope.objects.order_by("pk").values_list("wrapped_key", flat=True)) == wrapped


def test_stopped_in_the_middle_it_goes_on_from_there(announced: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)
    for batch, _done in enumerate(rotation.rewrap_all(keys.primary())):
        if batch == 1:
            break
    assert wrapped_under() == {OUR_KEK.id: 3, NEW.id: 4}
    assert set(keys.registered()) == {OUR_KEK.id, NEW.id}
    assert all(keys.unwrap(scope) for scope in KeyScope.objects.all())
    rotate()
    assert wrapped_under() == {NEW.id: 7}
    assert set(keys.registered()) == {NEW.id}


def test_destroyed_scopes_stay_destroyed(announced: None, scopes: list[KeyScope], now: datetime) -> None:
    actions.destroy_scope(KeyScope.objects.get(pk=scopes[0].pk), now)
    rotate()
    assert wrapped_under() == {NEW.id: 6}


def test_without_the_old_key_the_new_one_is_refused(scopes: list[KeyScope], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(keyring.CURRENT, NEW.text())
    with pytest.raises(CommandError, match=OUR_KEK.id):
        rotate()
    assert wrapped_under() == {OUR_KEK.id: 7}


def test_a_machine_that_keeps_its_keys_in_files_makes_a_new_one(keys_from_files: None, now: datetime) -> None:
    scope = actions.new_scope(now=now)
    first = keyring.load().primary
    rotate()
    second = keyring.load().primary
    assert first
    assert second
    assert first.id != second.id
    assert wrapped_under() == {second.id: 1}
    assert keyring.load().by_id[first.id] == first
    assert keys.unwrap(KeyScope.objects.get()) == keys.unwrap(scope)


def test_a_machine_killed_after_making_its_new_key_makes_no_third_one(keys_from_files: None, now: datetime) -> None:
    actions.new_scope(now=now)
    keyring.replace(NEW)
    rotate()
    assert keyring.load().primary == NEW
    assert wrapped_under() == {NEW.id: 1}


def test_a_key_of_the_operators_own_is_taken_from_a_file(keys_from_files: None, now: datetime, tmp_path: Path) -> None:
    actions.new_scope(now=now)
    (tmp_path / "new").write_text(NEW.text())
    rotate("--new-key-file", str(tmp_path / "new"))
    rotate("--new-key-file", str(tmp_path / "new"))
    assert keyring.load().primary == NEW
    assert wrapped_under() == {NEW.id: 1}


@pytest.mark.parametrize(
    ("content", "reason"), [pytest.param("short", "32 bytes", id="no key"), pytest.param(None, "No such", id="no file")]
)
def test_a_file_without_a_key_changes_nothing(
    content: str | None, reason: str, keys_from_files: None, scopes: list[KeyScope], tmp_path: Path
) -> None:
    if content:
        (tmp_path / "new").write_text(content)
    with pytest.raises(CommandError, match=reason):
        rotate("--new-key-file", str(tmp_path / "new"))
    assert KeyEncryptionKey.objects.count() == 1


def test_a_key_in_a_file_beside_one_in_the_environment_is_a_misunderstanding(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="put the new one there"):
        rotate("--new-key-file", str(tmp_path / "new"))


def test_a_server_that_started_before_the_rotation_uses_the_new_key_from_its_next_scope_on(
    keys_from_files: None, now: datetime
) -> None:
    actions.new_scope(now=now)
    before = keyring.load()
    rotate()
    after = keyring.load()
    assert before.primary
    assert after.primary
    with pytest.MonkeyPatch.context() as patch:
        # The first answer is what the server still has in memory.
        answers = iter([before])
        real = keyring.load
        patch.setattr(keyring, "load", lambda: next(answers, None) or real())
        assert actions.new_scope(now=now).kek_id == after.primary.id


@pytest.mark.django_db(transaction=True)
def test_a_scope_that_is_being_opened_under_the_old_key_is_waited_for(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.refuse_other_keys()
    KeyEncryptionKey.objects.create(id=NEW.id, check_value=NEW.check_value)
    monkeypatch.setenv(keyring.PREVIOUS, NEW.text())

    def finish() -> None:
        for _done in rotation.rewrap_all(NEW):
            pass
        connection.close()

    rotating = threading.Thread(target=finish)
    with transaction.atomic():
        actions.new_scope(now=now)
        rotating.start()
        rotating.join(timeout=0.3)
        assert rotating.is_alive()
    rotating.join()
    assert wrapped_under() == {NEW.id: 1}
    assert set(keys.registered()) == {NEW.id}
