"""Documents kept and read again."""

import hashlib
import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import InMemoryStorage
from django.db import transaction
from pytest_django.fixtures import Settings

from accounts.models import User
from ledger.models import LedgerEntry
from tests.vault.conftest import DOCUMENT_ID, pdf, received
from vault import actions
from vault.actions.sweep import sweep_orphans
from vault.commitments import commit
from vault.content_types import UNKNOWN
from vault.models import Document, KeyScope
from vault.sealing import SegmentRefused
from vault.storage import sealed_documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def scope(now: datetime) -> KeyScope:
    return actions.new_scope(now=now)


def test_a_kept_document_is_recorded_with_what_is_known_of_it(scope: KeyScope, ines: User, now: datetime) -> None:
    upload = received(pdf(), "../order\u202e.pdf")
    document = actions.keep(upload, scope=scope, by_id=ines.pk, now=now)
    document.refresh_from_db()
    assert (document.name, document.size, document.content_type) == ("order.pdf", len(pdf()), "application/pdf")
    assert document.sha256 == upload.sha256
    assert document.sha512 == hashlib.sha512(pdf()).hexdigest()
    assert (document.created_at, document.created_by, document.scope) == (now, ines, scope)
    assert "order" not in document.storage_name


def test_what_we_made_ourselves_is_kept_whatever_it_is(scope: KeyScope, now: datetime) -> None:
    pieces = [b"\x00\x01", b"", b"\x02" * 3_000_000]
    document = actions.store(iter(pieces), scope=scope, name="production.bin", by_id=None, now=now)
    assert b"".join(actions.read(document)) == b"".join(pieces)
    assert document.content_type == UNKNOWN
    assert actions.store([b"a"], scope=scope, name="a", by_id=None, now=now, document_id=DOCUMENT_ID).pk == DOCUMENT_ID
    nothing = actions.store([], scope=scope, name="none.txt", by_id=None, now=now)
    assert b"".join(actions.read(nothing)) == b""


def test_a_document_from_before_the_longer_hash_gets_it_from_its_bytes(scope: KeyScope, now: datetime) -> None:
    document = actions.store([b"Ca", b"rla"], scope=scope, name="a.txt", by_id=None, now=now)
    Document.objects.update(sha512="")
    document.refresh_from_db()
    actions.take_sha512(document)
    assert Document.objects.get().sha512 == hashlib.sha512(b"Carla").hexdigest()


def test_the_ledger_names_the_document_by_its_commitment_and_not_by_its_hash(scope: KeyScope, now: datetime) -> None:
    document = actions.keep(received(pdf()), scope=scope, by_id=None, now=now, stream="case:7")
    payload = LedgerEntry.objects.get(stream="case:7").payload
    assert payload["kind"] == "document_kept"
    assert (payload["document"], payload["size"]) == (str(document.pk), document.size)
    assert payload["digest"] == commit(scope, document.sha256)
    assert document.sha256 not in str(payload)


def test_without_a_stream_nothing_goes_to_the_ledger(scope: KeyScope, now: datetime) -> None:
    actions.keep(received(pdf()), scope=scope, by_id=None, now=now)
    assert not LedgerEntry.objects.exists()


def test_a_document_lies_as_well_in_a_storage_that_has_no_files(
    settings: Settings, scope: KeyScope, now: datetime
) -> None:
    settings.STORAGES = {**settings.STORAGES, "vault": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    data = pdf() * 2000
    document = actions.store([data], scope=scope, name="order.pdf", by_id=None, now=now)
    assert isinstance(sealed_documents(), InMemoryStorage)
    assert b"".join(actions.read(document)) == data
    assert data[:50] not in sealed_documents().open(document.storage_name).read()


def test_a_document_reads_from_anywhere(scope: KeyScope, now: datetime) -> None:
    data = bytes(range(256)) * 8192
    document = actions.store([data], scope=scope, name="log.bin", by_id=None, now=now)
    with actions.open_document(document) as reader:
        reader.seek(-10, io.SEEK_END)
        assert reader.read() == data[-10:]


def test_a_document_swapped_for_another_one_of_its_case_is_refused(scope: KeyScope, now: datetime) -> None:
    one, other = (actions.store([text], scope=scope, name="a", by_id=None, now=now) for text in (b"one", b"other"))
    one.storage_name = other.storage_name
    with pytest.raises(SegmentRefused):
        next(actions.read(one))


def test_a_document_that_is_not_in_the_storage_says_so(scope: KeyScope, now: datetime) -> None:
    document = actions.store([b"text"], scope=scope, name="a", by_id=None, now=now)
    sealed_documents().delete(document.storage_name)
    with pytest.raises(actions.DocumentMissing, match=str(document.pk)):
        next(actions.read(document))


def test_files_are_for_this_user_only(scope: KeyScope, var_dir: Path, now: datetime) -> None:
    document = actions.store([b"text"], scope=scope, name="a", by_id=None, now=now)
    assert (var_dir / "vault" / document.storage_name).stat().st_mode & 0o777 == 0o600


def test_when_the_record_fails_the_stored_bytes_go(scope: KeyScope, now: datetime) -> None:
    with pytest.raises(ValueError, match="nobody"), transaction.atomic():
        actions.store([b"text"], scope=scope, name="a", by_id="nobody", now=now)  # type: ignore[arg-type]
    assert sealed_documents().listdir("")[1] == []


def test_what_a_failed_request_left_is_swept_after_a_day_and_nothing_else(scope: KeyScope, now: datetime) -> None:
    with transaction.atomic():
        actions.store([b"text"], scope=scope, name="lost", by_id=None, now=now)
        transaction.set_rollback(True)
    kept = actions.store([b"text"], scope=scope, name="kept", by_id=None, now=now)
    stored_at = sealed_documents().get_modified_time(kept.storage_name)
    assert sweep_orphans(now=stored_at + timedelta(hours=23)) == 0
    assert sweep_orphans(now=stored_at + timedelta(hours=25)) == 1
    assert sealed_documents().listdir("")[1] == [kept.storage_name]


def test_what_a_destroyed_scope_left_is_swept_too(scope: KeyScope, now: datetime) -> None:
    document = actions.store([b"text"], scope=scope, name="kept", by_id=None, now=now)
    stored_at = sealed_documents().get_modified_time(document.storage_name)
    actions.destroy_scope(scope, now)
    assert sweep_orphans(now=stored_at + timedelta(days=2)) == 1


def test_the_sweep_of_a_vault_that_was_never_used_finds_nothing(now: datetime) -> None:
    assert sweep_orphans(now=now) == 0
    assert not Document.objects.exists()
