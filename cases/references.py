"""The public reference of a case: nothing to count, nothing to sort by."""

import secrets
from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
PATTERN = r"^WD-[0-9]{4}-[0-9A-HJKMNP-TV-Z]{9}$"
LENGTH = 8


def check_character(body: str) -> str | None:
    """Return Crockford's check symbol (value modulo 37) of the body, or None where it is not one of the alphabet."""
    value = 0
    for character in body:
        value = value * 32 + ALPHABET.index(character)
    remainder = value % 37
    # The five extra symbols (*~$=U) do not survive URLs and phone calls; such a body is not used.
    return ALPHABET[remainder] if remainder < len(ALPHABET) else None


def new_reference(year: int, choice: Callable[[str], str] = secrets.choice) -> str:
    """Return a new random reference such as WD-2026-7K3M9QXA7."""
    while True:
        body = "".join(choice(ALPHABET) for _ in range(LENGTH))
        check = check_character(body)
        if check is not None:
            return f"WD-{year}-{body}{check}"


def normalised(text: str) -> str:
    """Return what a person typed in the reference's own form: capitals, and O, I, L read as 0, 1, 1 after the year."""
    text = text.strip().upper()
    prefix, body = text[:8], text[8:]
    return prefix + body.replace("O", "0").replace("I", "1").replace("L", "1")


def is_mistyped(reference: str) -> bool:
    """Whether the check character of a reference of the right form says that it was mistyped."""
    return check_character(reference[8:-1]) != reference[-1]
