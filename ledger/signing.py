"""The Ed25519 key that signs checkpoints, and the public keys that a verification believes."""

import base64
import os
import sys
from binascii import Error as NotBase64
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

SEED = "WRITDESK_LEDGER_KEY"  # base64 of the 32 bytes of the private key's seed
BELIEVED = "WRITDESK_LEDGER_PUBLIC_KEYS"  # base64, separated by commas: keys used before, or of the desk being audited


def signing_key() -> Ed25519PrivateKey:
    """Return the key of the environment, or the one under var/keys/, made with a line on standard error if missing.

    Raises ImproperlyConfigured where the variable or the file does not hold a key.
    """
    path = _key_file()
    if SEED not in os.environ and not path.exists():
        _make(path)
    key = _existing_key()
    if key is None:
        raise ImproperlyConfigured(_("%(path)s disappeared while it was read.") % {"path": path})
    return key


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """Return the 32 bytes of the public key."""
    return key.public_key().public_bytes_raw()


def believed_keys() -> frozenset[bytes]:
    """Return the public keys whose signature counts: our own, if there is one, and those the environment lists."""
    listed = [word.strip() for word in os.environ.get(BELIEVED, "").split(",") if word.strip()]
    keys = {_decoded(word, BELIEVED) for word in listed}
    if own := _existing_key():
        keys.add(public_bytes(own))
    return frozenset(keys)


def is_signed(message: bytes, signature: bytes, public_key: bytes) -> bool:
    """Return whether the signature is that key's over the message."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _key_file() -> Path:
    return Path(settings.VAR_DIR) / "keys" / "ledger.key"


def _existing_key() -> Ed25519PrivateKey | None:
    if SEED in os.environ:
        return Ed25519PrivateKey.from_private_bytes(_decoded(os.environ[SEED], SEED))
    path = _key_file()
    if not path.exists():
        return None
    return Ed25519PrivateKey.from_private_bytes(_decoded(path.read_text(), str(path)))


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    seed = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw())
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_bytes(seed + b"\n")
    try:
        os.link(draft, path)  # unlike a rename, fails when another process was first: its key is the key
    except FileExistsError:
        return
    finally:
        draft.unlink()
    sys.stderr.write(
        _("Made a key that signs the ledger's checkpoints: %(path)s. Keep a copy apart from the database.")
        % {"path": path}
        + "\n"
    )


def _decoded(text: str, source: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except NotBase64:
        key = b""
    if len(key) != 32:
        raise ImproperlyConfigured(_("%(source)s must be 32 bytes in base64.") % {"source": source})
    return key
