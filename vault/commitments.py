"""Commitments: what the ledger holds instead of a text. Gone for good when the scope's key is destroyed."""

import hmac

from vault import keys
from vault.models import KeyScope


def commit(scope: KeyScope, text: str) -> str:
    """Return 64 hexadecimal digits: HMAC-SHA256 of the text under the scope's commitment key.

    Whoever has the text and the key can show that it is the one; without the key nobody can try texts against it.
    Raises vault.keys.ScopeDestroyed.
    """
    return hmac.digest(keys.commitment_key(keys.unwrap(scope)), text.encode(), "sha256").hex()
