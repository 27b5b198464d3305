"""Typed readers of the environment. Each fails loudly, naming the variable and what it should be."""

import os
import re
from importlib.util import find_spec
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

COUNTRY = re.compile(r"[A-Z]{2}")
YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}
NO_PROVIDERS = {"base", "base_requests", "console", "test"}  # what else django-anymail keeps beside its providers


def text(name: str, default: str) -> str:
    """Return the variable, or the default when it is not set."""
    return os.environ.get(name, default)


def number(name: str, default: int) -> int:
    """Return the variable as a whole number."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    try:
        return int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}.") from None


def numbers(name: str) -> dict[str, int]:
    """Return the variable as whole numbers by name, such as overdue=4,fraud=2; empty when it is not set."""
    found = {}
    for word in words(name, ""):
        key, _equals, raw = word.partition("=")
        if not raw.strip().isdecimal():
            raise ImproperlyConfigured(f"{name} must be names with whole numbers such as overdue=4, not {word!r}.")
        found[key.strip()] = int(raw)
    return found


def flag(name: str, default: bool) -> bool:
    """Return the variable as yes or no."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    if raw.strip().lower() in YES:
        return True
    if raw.strip().lower() in NO:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {raw!r}.")


def words(name: str, default: str) -> list[str]:
    """Return the variable as a list, split at commas, without empty items."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def countries(name: str, default: str) -> tuple[str, ...]:
    """Return the variable as codes of ISO 3166-1 alpha-2, split at commas."""
    codes = tuple(words(name, default))
    if wrong := [code for code in codes if not COUNTRY.fullmatch(code)]:
        raise ImproperlyConfigured(f"{name} must be two-letter country codes such as US,IE, not {wrong[0]!r}.")
    return codes


def choice(name: str, default: str, allowed: set[str]) -> str:
    """Return the variable, which must be one of the allowed words."""
    raw = os.environ.get(name, default)
    if raw not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(sorted(allowed))}, not {raw!r}.")
    return raw


def zone(name: str, default: str) -> ZoneInfo:
    """Return the variable as a time zone of the IANA database."""
    raw = os.environ.get(name, default)
    try:
        return ZoneInfo(raw)
    except (ZoneInfoNotFoundError, ValueError):
        raise ImproperlyConfigured(f"{name} must be an IANA time zone such as Europe/Paris, not {raw!r}.") from None


def postgres(name: str, default: str) -> dict[str, object]:
    """Return the variable, any libpq address, as Django's description of a database; the socket form is one too.

    The message about a wrong address does not repeat it, since it may hold a password.
    """
    try:
        parts = conninfo_to_dict(os.environ.get(name, default))
    except ProgrammingError:
        raise ImproperlyConfigured(f"{name} must be a libpq address such as postgresql://user@host/name.") from None
    # Compiling a statement takes longer than any page may; the operator's own options come later and count.
    parts["options"] = f"-c jit=off {parts.get('options', '')}".rstrip()
    user = parts.pop("user", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", user or "postgres"),
        "USER": user,
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": parts,
    }


def mail(name: str) -> dict[str, object]:
    """Return the variable, smtp://user:password@host:port or smtps://…, as Django's settings; empty when not set.

    smtp:// starts TLS and sends nothing where the relay does not speak it, unless that is on this machine or ?tls=no
    says so; smtps:// speaks it from the first byte. anymail:postmark, say, is a provider that django-anymail knows.
    """
    raw = os.environ.get(name)
    if not raw:
        return {}
    parts = urlsplit(raw)
    if parts.scheme == "anymail":
        return {"EMAIL_BACKEND": _of_provider(name, parts.path)}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or not _has_port(parts):
        raise ImproperlyConfigured(f"{name} must look like smtp://user:password@relay.example:587.")
    port = parts.port or (465 if parts.scheme == "smtps" else 25)
    is_near = parts.hostname in {"localhost", "127.0.0.1", "::1"} and port != 587
    starts_tls = dict(parse_qsl(parts.query)).get("tls", "no" if is_near else "yes") in YES
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and starts_tls,
    }


def _has_port(parts: SplitResult) -> bool:
    """Whether what stands in the place of a port can be one, or nothing stands there."""
    try:
        return parts.port != 0
    except ValueError:
        return False


def _of_provider(name: str, provider: str) -> str:
    is_one = re.fullmatch(r"[a-z_]+", provider) and provider not in NO_PROVIDERS
    if not is_one or find_spec(f"anymail.backends.{provider}") is None:
        raise ImproperlyConfigured(f"{name} must name a provider that django-anymail knows, such as anymail:postmark.")
    return f"anymail.backends.{provider}.EmailBackend"


def prefixed(prefix: str) -> dict[str, str]:
    """Return every variable that begins so, by the rest of its name."""
    return {name.removeprefix(prefix): value for name, value in os.environ.items() if name.startswith(prefix)}
