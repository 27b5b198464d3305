"""The names by which the directory knows customers, written in one way whoever typed them."""

import ipaddress
import re
import unicodedata
from urllib.parse import urlsplit

from cases.states import TargetKind

Name = tuple[str, str]  # kind and value, as an entry of the directory has them

DOMAIN = re.compile(
    r"(?=.{4,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])", re.ASCII
)
LABELS = 2  # a registered domain has at least that many


def exact(kind: str, value: str) -> tuple[Name, ...]:
    """Return the names under which exactly this target may stand in the directory.

    An account that is an e-mail address may stand as either; a URL stands for the domain that serves it.
    """
    if kind == TargetKind.ACCOUNT and "@" in value:
        return (kind, written(kind, value)), (TargetKind.EMAIL.value, written(TargetKind.EMAIL, value))
    if kind == TargetKind.URL and (host := _host(value)):
        return (kind, written(kind, value)), _name_of_host(host)
    return ((kind, written(kind, value)),)


def parents(kind: str, value: str) -> tuple[Name, ...]:
    """Return the domains above a domain, or above a URL's, the nearest first; the last has two labels."""
    domain = written(TargetKind.DOMAIN, value) if kind == TargetKind.DOMAIN else ""
    if kind == TargetKind.URL and (host := _host(value)):
        above, domain = _name_of_host(host)
        domain = domain if above == TargetKind.DOMAIN else ""
    labels = domain.split(".")
    return tuple((TargetKind.DOMAIN.value, ".".join(labels[cut:])) for cut in range(1, len(labels) - LABELS + 1))


def written(kind: str, value: str) -> str:
    """Return a name as the directory writes it: domains and mail addresses in lower case, addresses in short form."""
    value = value.strip()
    match kind:
        case TargetKind.DOMAIN:
            return _domain(value)
        case TargetKind.EMAIL:
            return value.lower()
        case TargetKind.IP:
            return _ip(value) or value
        case _:
            return value


def kind_of_address(value: str) -> str:
    """Return whether this is an IP or an e-mail address; empty for anything else."""
    if _ip(value):
        return TargetKind.IP.value
    before, at, domain = value.rpartition("@")
    return TargetKind.EMAIL.value if at and before and is_domain(_domain(domain)) else ""


def is_domain(value: str) -> bool:
    """Whether this is written as the name of a host or domain."""
    return DOMAIN.fullmatch(value) is not None


def _domain(value: str) -> str:
    plain = value.lower().strip(".")
    try:
        encoded = plain.encode("idna").decode("ascii")
        # The codec knows the older IDNA only, which takes "ß" for "ss": somebody else's name. It stays as it is.
        is_same = encoded.encode("ascii").decode("idna") == unicodedata.normalize("NFC", plain)
    except UnicodeError:  # no name of the DNS: it is looked up as it stands, and found nowhere
        return plain
    return encoded if is_same or plain.isascii() else plain


def _ip(value: str) -> str:
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        return ""


def _host(value: str) -> str:
    try:
        return urlsplit(value if "://" in value else f"//{value}").hostname or ""
    except ValueError:
        return ""


def _name_of_host(host: str) -> Name:
    return (TargetKind.IP.value, address) if (address := _ip(host)) else (TargetKind.DOMAIN.value, _domain(host))
