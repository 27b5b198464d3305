"""Tokens in addresses that need no account: whoever has the address may open it, so only a hash of it is kept."""

import hashlib


def token_hash(token: str) -> str:
    """Return what the database keeps of a token: a copy of the database opens no page. Tokens are random and long."""
    return hashlib.sha256(token.encode()).hexdigest()
