"""The key-encryption keys that this machine has: from the environment, or from files that we make ourselves.

WRITDESK_KEK           the current key: 32 bytes in base64
WRITDESK_KEK_PREVIOUS  earlier keys that still wrap something, separated by commas
VAR_DIR/keys/          kek, the current key when WRITDESK_KEK is not set, and previous-<id> of each earlier one

They are read from the environment here and not from the settings, so that no page or report of settings shows them.
"""

import base64
import binascii
import hmac
import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from vault.durable import flush

CURRENT = "WRITDESK_KEK"
PREVIOUS = "WRITDESK_KEK_PREVIOUS"
KEY_BYTES = 32


class BadKey(Exception):
    """What stands where a key-encryption key should be is none. The message never holds the value."""


@dataclass(frozen=True)
class Kek:
    """A key-encryption key. Its id and check value say nothing about it."""

    secret: bytes = field(repr=False)

    @cached_property
    def id(self) -> str:
        """Return 16 hexadecimal digits that name this key."""
        return hmac.digest(self.secret, b"writdesk key-encryption key: id", "sha256").hex()[:16]

    @cached_property
    def check_value(self) -> str:
        """Return 64 hexadecimal digits that only this key gives."""
        return hmac.digest(self.secret, b"writdesk key-encryption key: check", "sha256").hex()

    def text(self) -> str:
        """Return the key as it is written in the environment or a file."""
        return base64.b64encode(self.secret).decode()


@dataclass(frozen=True)
class Keyring:
    """The keys of this machine by id, and the one that new keys are wrapped under."""

    primary: Kek | None
    by_id: Mapping[str, Kek]


def parse(text: str, source: str) -> Kek:
    """Return the key written in the text. Raises BadKey naming the source."""
    try:
        secret = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != KEY_BYTES:
        raise BadKey(_("%(source)s must hold 32 bytes in base64.") % {"source": source})
    return Kek(secret)


def load() -> Keyring:
    """Return the keys of this machine, read once per process. Raises BadKey."""
    return _load(os.environ.get(CURRENT, ""), os.environ.get(PREVIOUS, ""), directory())


def forget() -> None:
    """Read the files again at the next question: another process may have made or changed one."""
    _load.cache_clear()


def directory() -> Path:
    """Return where keys made by us are kept."""
    return Path(settings.VAR_DIR) / "keys"


@cache
def _load(current: str, previous: str, folder: Path) -> Keyring:
    primary = parse(current, CURRENT) if current else None
    held = [parse(text, PREVIOUS) for text in previous.split(",") if text.strip()]
    if (path := folder / "kek").exists():
        kek = parse(path.read_text(), str(path))
        primary = primary or kek
        held.append(kek)
    held += [parse(path.read_text(), str(path)) for path in sorted(folder.glob("previous-*"))]
    if primary is None and held:
        raise BadKey(_("%(source)s is not set, but earlier keys are.") % {"source": CURRENT})
    return Keyring(primary=primary, by_id={kek.id: kek for kek in [primary, *held] if kek})


def make() -> Kek:
    """Make the first key of this machine and say so; if another process just did, return that one."""
    path = directory() / "kek"
    fresh = Kek(os.urandom(KEY_BYTES))
    if _write(path, fresh, replace=False):
        sys.stderr.write(
            _("Made a key-encryption key in %(path)s. Keep a copy in a safe place: without it no document opens.\n")
            % {"path": path}
        )
    forget()
    return parse(path.read_text(), str(path))


def replace(new: Kek) -> None:
    """Make the key this machine's current one, and keep the one before it as an earlier one."""
    path = directory() / "kek"
    old = parse(path.read_text(), str(path))
    if old.id != new.id:
        # Killed between the two, the old key is there twice: harmless. The other way round it would be gone.
        _write(directory() / f"previous-{old.id}", old, replace=False)
        _write(path, new, replace=True)
    forget()


def _write(path: Path, kek: Kek, *, replace: bool) -> bool:
    """Put the key in place whole or not at all; return False when a file is there and must stay."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)  # readable by this user only
    try:
        with os.fdopen(handle, "w") as file:
            file.write(kek.text() + "\n")
        flush(Path(draft))
        if replace:
            os.replace(draft, path)
        else:
            os.link(draft, path)  # unlike a rename, refuses where a file is: of two processes one wins
    except FileExistsError:
        return False
    finally:
        Path(draft).unlink(missing_ok=True)
    flush(path.parent)
    return True
