"""A scope's life: a key of its own, until that key is destroyed."""

import os
import uuid
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from ledger.actions import append
from vault import keys
from vault.keyring import KEY_BYTES, Kek
from vault.ledger_kinds import SCOPE_DESTROYED
from vault.models import Document, KeyScope, ShredEntry
from vault.storage import sealed_documents

RandomBytes = Callable[[int], bytes]


def new_scope(*, now: datetime, random_bytes: RandomBytes = os.urandom) -> KeyScope:
    """Return a new scope with a key of its own. Raises vault.keys.OtherKeys, vault.keyring.BadKey."""
    [scope] = prepare_scopes(1, now=now, random_bytes=random_bytes)
    scope.save(force_insert=True)
    return scope


def prepare_scopes(count: int, *, now: datetime, random_bytes: RandomBytes = os.urandom) -> list[KeyScope]:
    """Return so many new scopes, not saved yet: for writers of many rows, who copy them in themselves.

    Another source of random_bytes makes ids, keys and so commitments repeatable: for demonstration data only.
    """
    kek = keys.primary()
    return [_prepared(kek, now, random_bytes) for _scope in range(count)]


def _prepared(kek: Kek, now: datetime, random_bytes: RandomBytes) -> KeyScope:
    scope_id, secret = uuid.UUID(bytes=random_bytes(16), version=4), random_bytes(KEY_BYTES)
    wrapped = keys.wrap(secret, scope_id=scope_id, kek=kek)
    return KeyScope(id=scope_id, kek_id=kek.id, wrapped_key=wrapped, created_at=now)


@transaction.atomic
def destroy_scope(scope: KeyScope, now: datetime, *, by_id: int | None = None, stream: str | None = None) -> None:
    """Destroy the scope's key: its documents and commitments are gone for everyone, for good.

    The sealed files are deleted after the commit, or else by the next sweep. A dump or replica from before still has
    the wrapped key: the shred list is for whoever restores it. Raises vault.keys.ScopeDestroyed if it was done before.
    """
    locked = KeyScope.objects.select_for_update().get(pk=scope.pk)
    if locked.destroyed_at:
        raise keys.ScopeDestroyed(f"{locked.pk}: {locked.destroyed_at:%Y-%m-%d}")
    stored = list(Document.objects.filter(scope=locked).values_list("storage_name", flat=True))
    KeyScope.objects.filter(pk=locked.pk).update(kek=None, wrapped_key=None, destroyed_at=now)
    Document.objects.filter(scope=locked).update(name="", sha256="", sha512="")
    ShredEntry.objects.create(scope_id=locked.pk, destroyed_at=now)
    if stream:
        append(stream=stream, kind=SCOPE_DESTROYED, at=now, by=by_id, scope=str(locked.pk), documents=len(stored))
    scope.refresh_from_db()
    transaction.on_commit(lambda: _delete(stored), robust=True)


def _delete(names: list[str]) -> None:
    storage = sealed_documents()
    for name in names:
        storage.delete(name)
