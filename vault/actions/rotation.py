"""Wrapping every scope's key under the current key-encryption key. Documents are not touched."""

from collections.abc import Iterator

from django.db import transaction

from vault import keys
from vault.keyring import Kek
from vault.models import KeyEncryptionKey, KeyScope

BATCH = 500


def under_earlier_keys(kek: Kek) -> int:
    """Return how many scopes are not under this key yet."""
    return KeyScope.objects.filter(destroyed_at=None).exclude(kek_id=kek.id).count()


def in_progress(kek: Kek) -> bool:
    """Whether the database still knows another key than this one."""
    return KeyEncryptionKey.objects.exclude(pk=kek.id).exists()


def rewrap_all(kek: Kek) -> Iterator[int]:
    """Wrap all scopes' keys under this key, batch by batch; yields the size of each batch when it is committed.

    Stopped anywhere, it goes on from there when called again. At the end the database forgets the earlier keys, and
    machines that have nothing newer refuse to start. Raises vault.keys.OtherKeys.
    """
    while done := _rewrap(kek):
        yield done
    yield _forget_earlier(kek)


@transaction.atomic
def _forget_earlier(kek: Kek) -> int:
    # Waits for whoever is opening a scope under an earlier key right now (see keys.primary).
    earlier = list(KeyEncryptionKey.objects.exclude(pk=kek.id).select_for_update())
    total = 0
    while done := _rewrap(kek):
        total += done
    KeyEncryptionKey.objects.filter(pk__in=[key.pk for key in earlier]).delete()
    return total


@transaction.atomic
def _rewrap(kek: Kek) -> int:
    left = KeyScope.objects.filter(destroyed_at=None).exclude(kek_id=kek.id)
    scopes = list(left.select_for_update(no_key=True)[:BATCH])
    for scope in scopes:
        scope.wrapped_key = keys.wrap(keys.unwrap(scope), scope_id=scope.pk, kek=kek)
        scope.kek_id = kek.id
    KeyScope.objects.bulk_update(scopes, ["wrapped_key", "kek"])
    return len(scopes)
