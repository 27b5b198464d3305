"""Which keys seal what: the key-encryption key wraps a scope's key, from which its document keys follow."""

import hmac
import os
from collections.abc import Mapping
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import connection, transaction
from django.utils.translation import gettext as _

from vault import keyring
from vault.keyring import KEY_BYTES, Kek, Keyring
from vault.models import KeyEncryptionKey, KeyScope

NONCE_BYTES = 12
REGISTERING = 0x57_44_4B_45_59  # "WDKEY": the advisory lock under which the database learns of a key


class OtherKeys(Exception):
    """What the database holds was sealed under a key that this machine does not have."""

    def __init__(self, ids: list[str]) -> None:
        sentence = _("This database was sealed under key %(ids)s, which this machine does not have: set WRITDESK_KEK.")
        super().__init__(sentence % {"ids": ", ".join(ids)})


class ScopeDestroyed(Exception):
    """The scope's key was destroyed, and with it everything sealed or committed under it."""


class ScopeKeyDamaged(Exception):
    """The wrapped key is not the one that was stored for this scope."""


def refuse_other_keys() -> None:
    """Raise OtherKeys or BadKey unless this machine has every key that the database was sealed under.

    An empty database accepts the keys of the first machine that asks; with none set, that machine makes one.
    Called when a server, a worker or a command starts.
    """
    primary()


def primary() -> Kek:
    """Return the key that new scope keys are wrapped under, known to the database. Raises OtherKeys, BadKey.

    Asked anew each time, so that a process that started before a rotation does not go on with the old key.
    """
    ring, known = keyring.load(), _registered_and_needed()
    if ring.primary and ring.primary.id in known and not unheld(ring, known):
        return ring.primary
    return _register()


def registered() -> dict[str, str]:
    """Return the check values of the keys that the database was sealed under, by key id."""
    return dict(KeyEncryptionKey.objects.values_list("id", "check_value"))


def _registered_and_needed() -> dict[str, str]:
    """Return what registered returns; until the transaction ends, a rotation does not finish with any of these keys."""
    shared = KeyEncryptionKey.objects.raw("SELECT id, check_value FROM vault_keyencryptionkey FOR KEY SHARE")
    return {key.id: key.check_value for key in shared}


def unheld(ring: Keyring, known: Mapping[str, str]) -> list[str]:
    """Return the ids of the known keys that are not in the ring."""
    return sorted(
        key_id
        for key_id, check_value in known.items()
        if (kek := ring.by_id.get(key_id)) is None or not hmac.compare_digest(kek.check_value, check_value)
    )


@transaction.atomic
def _register() -> Kek:
    # Two machines with different keys may start on the empty database at once. The second one waits, and is refused.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REGISTERING])
    keyring.forget()
    ring, known = keyring.load(), registered()
    if missing := unheld(ring, known):
        raise OtherKeys(missing)
    kek = ring.primary or keyring.make()
    KeyEncryptionKey.objects.get_or_create(id=kek.id, defaults={"check_value": kek.check_value})
    return kek


def wrap(secret: bytes, *, scope_id: UUID, kek: Kek) -> bytes:
    """Return a scope's key as the database keeps it; it unwraps for that scope only."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(kek.secret).encrypt(nonce, secret, scope_id.bytes)


def unwrap(scope: KeyScope) -> bytes:
    """Return a scope's key. Raises ScopeDestroyed, OtherKeys, ScopeKeyDamaged."""
    if scope.wrapped_key is None or scope.kek_id is None:
        raise ScopeDestroyed(_("The keys of these documents were destroyed: nobody can read them any more."))
    kek = keyring.load().by_id.get(scope.kek_id)
    if kek is None:
        keyring.forget()
        kek = keyring.load().by_id.get(scope.kek_id)
    if kek is None:
        raise OtherKeys([scope.kek_id])
    wrapped = bytes(scope.wrapped_key)
    try:
        return AESGCM(kek.secret).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], scope.pk.bytes)
    except InvalidTag:
        raise ScopeKeyDamaged(_("The stored key of these documents was changed.")) from None


def document_key(secret: bytes, document_id: UUID) -> bytes:
    """Return the key of one document of the scope with that key."""
    return _derive(secret, salt=document_id.bytes, info=b"writdesk vault: document")


def commitment_key(secret: bytes) -> bytes:
    """Return the key of the commitments of the scope with that key."""
    return _derive(secret, salt=None, info=b"writdesk vault: commitment")


def _derive(secret: bytes, *, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(secret)
