"""A scope's key, and its end."""

import random
from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from ledger.models import LedgerEntry
from tests.vault.conftest import pdf, received
from vault import actions, keys
from vault.commitments import commit
from vault.keys import ScopeDestroyed
from vault.models import Document, KeyScope, ShredEntry
from vault.storage import sealed_documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def scope(now: datetime) -> KeyScope:
    return actions.new_scope(now=now)


@pytest.fixture
def document(scope: KeyScope, now: datetime) -> Document:
    return actions.keep(received(pdf(), "order.pdf"), scope=scope, by_id=None, now=now)


def test_the_key_of_a_scope_is_stored_wrapped_only(scope: KeyScope) -> None:
    assert len(keys.unwrap(scope)) == 32
    assert keys.unwrap(scope) not in bytes(scope.wrapped_key or b"")


def test_prepared_scopes_are_real_ones_once_written(now: datetime) -> None:
    prepared = actions.prepare_scopes(3, now=now)
    assert not KeyScope.objects.exists()
    KeyScope.objects.bulk_create(prepared)
    assert len({commit(scope, "text") for scope in KeyScope.objects.all()}) == 3


def test_demonstration_data_has_the_same_ids_and_commitments_each_time(now: datetime) -> None:
    once, again = (actions.prepare_scopes(2, now=now, random_bytes=random.Random(7).randbytes) for _time in range(2))  # noqa: S311
    assert [scope.pk for scope in once] == [scope.pk for scope in again]
    assert [commit(scope, "text") for scope in once] == [commit(scope, "text") for scope in again]
    assert once[0].pk != once[1].pk


def test_a_commitment_holds_for_its_scope_and_text_alone(scope: KeyScope, now: datetime) -> None:
    assert commit(scope, "Carla") == commit(KeyScope.objects.get(), "Carla")
    assert len(commit(scope, "Carla")) == 64
    assert commit(scope, "Carla") != commit(scope, "Carlo")
    assert commit(scope, "Carla") != commit(actions.new_scope(now=now), "Carla")


def test_when_the_key_is_destroyed_documents_and_commitments_are_gone(
    scope: KeyScope, document: Document, now: datetime
) -> None:
    actions.destroy_scope(scope, now)
    for stale in (scope, KeyScope.objects.get()):
        with pytest.raises(ScopeDestroyed):
            commit(stale, "Carla")
    kept = Document.objects.get()
    with pytest.raises(ScopeDestroyed):
        next(actions.read(kept))
    assert (kept.name, kept.sha256, kept.sha512) == ("", "", "")
    assert KeyScope.objects.get().wrapped_key is None
    assert KeyScope.objects.get().destroyed_at == now


def test_a_destroyed_scope_is_on_the_shred_list(scope: KeyScope, now: datetime) -> None:
    actions.destroy_scope(scope, now)
    assert list(ShredEntry.objects.values_list("scope_id", "destroyed_at")) == [(scope.pk, now)]


def test_the_sealed_files_are_deleted_once_the_destruction_is_certain(
    scope: KeyScope,
    document: Document,
    now: datetime,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.destroy_scope(scope, now)
        assert sealed_documents().exists(document.storage_name)
    assert not sealed_documents().exists(document.storage_name)


def test_a_scope_is_destroyed_once(scope: KeyScope, now: datetime) -> None:
    actions.destroy_scope(scope, now)
    with pytest.raises(ScopeDestroyed):
        actions.destroy_scope(scope, now)
    assert ShredEntry.objects.count() == 1


def test_nothing_can_be_kept_in_a_destroyed_scope_not_even_by_who_holds_an_older_copy(
    scope: KeyScope, now: datetime
) -> None:
    older = KeyScope.objects.get()
    actions.destroy_scope(scope, now)
    with pytest.raises(ScopeDestroyed):
        actions.keep(received(pdf()), scope=older, by_id=None, now=now)
    assert not Document.objects.exists()
    assert sealed_documents().listdir("")[1] == []


def test_the_ledger_says_that_a_key_was_destroyed_and_by_whom(
    scope: KeyScope, document: Document, administrator: User, now: datetime
) -> None:
    actions.destroy_scope(scope, now, by_id=administrator.pk, stream="system")
    payload = LedgerEntry.objects.get(stream="system").payload
    assert payload["kind"] == "scope_destroyed"
    assert (payload["scope"], payload["documents"], payload["by"]) == (str(scope.pk), 1, administrator.pk)


def refused_by_the_database(statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_destroyed_scope_never_gets_a_key_again(scope: KeyScope, now: datetime) -> None:
    actions.destroy_scope(scope, now)
    refused_by_the_database("UPDATE vault_keyscope SET destroyed_at = now()")


def test_a_scope_cannot_lose_its_key_without_saying_so(scope: KeyScope) -> None:
    refused_by_the_database("UPDATE vault_keyscope SET wrapped_key = NULL")
    refused_by_the_database("UPDATE vault_keyscope SET destroyed_at = now()")
    refused_by_the_database("DELETE FROM vault_keyscope")


def test_the_shred_list_forgets_nothing(scope: KeyScope, now: datetime) -> None:
    actions.destroy_scope(scope, now)
    refused_by_the_database("DELETE FROM vault_shredentry")
    refused_by_the_database("UPDATE vault_shredentry SET destroyed_at = now()")
