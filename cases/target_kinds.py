"""What a target is, guessed from how it is written. The sender can say it: “domain: example.org”."""

import re
from ipaddress import ip_network

from cases.states import TargetKind

LONGEST = 2000  # bytes of a target in UTF-8: an index of the database holds no longer ones

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
DOMAIN = re.compile(r"(?:[a-z0-9_](?:[a-z0-9-]{0,62})\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})\.?", re.IGNORECASE)
PHONE = re.compile(r"\+[\d ().-]{7,20}")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,20}://", re.IGNORECASE)


def said_or_guessed(line: str) -> tuple[TargetKind, str]:
    """Return kind and value of a target as a person wrote it on one line."""
    word, colon, rest = line.partition(":")
    said = word.strip().lower()
    if colon and rest.strip() and said in TargetKind.values:
        return TargetKind(said), rest.strip()
    return guessed(line.strip()), line.strip()


def guessed(value: str) -> TargetKind:
    """Return the likely kind; what looks like nothing else is an account."""
    if SCHEME.match(value):
        return TargetKind.URL
    if EMAIL.fullmatch(value):
        return TargetKind.EMAIL
    if _is_address(value):
        return TargetKind.IP
    if PHONE.fullmatch(value):
        return TargetKind.PHONE
    return TargetKind.DOMAIN if DOMAIN.fullmatch(value) else TargetKind.ACCOUNT


def _is_address(value: str) -> bool:
    if not (":" in value or value.count(".") == 3):  # a bare number is an account, not 0.0.0.7
        return False
    try:
        ip_network(value, strict=False)
    except ValueError:
        return False
    return True
