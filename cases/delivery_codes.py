"""The code that opens a link to a production: handed out once, and kept as a hash."""

import secrets

from django.utils.crypto import salted_hmac

from accounts.tokens import token_hash
from cases.references import ALPHABET

CODE_LENGTH = 12  # 60 bits, and a handful of tries
GROUP = 4


def new_code() -> str:
    """Return a new code in an alphabet that survives a telephone call."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def normalised(code: str) -> str:
    """Return a code as it was made, whatever its reader made of it: capitals, no hyphens, O, I, L as 0, 1, 1."""
    letters = "".join(filter(str.isalnum, code.upper()))
    return letters.replace("O", "0").replace("I", "1").replace("L", "1")


def spoken(code: str) -> str:
    """Return a code in groups of four, as it is said on the telephone."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def code_hash(token: str, code: str) -> str:
    """Return what the database keeps of a link's code. Who copied the database alone cannot try codes at home."""
    return salted_hmac("cases.delivery.code", f"{token_hash(token)}:{code}", algorithm="sha256").hexdigest()
