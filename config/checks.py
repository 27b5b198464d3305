"""System checks of the whole: what must be said before a desk may be trusted with real requests.

They speak in production only (WRITDESK_ENV=production); each app checks its own affairs in its own checks.
"""

import os
from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from notifications.signatures import PREFIX

SECRET_CHARACTERS = 50
SIGNING_CHARACTERS = 32
SIGNING_BYTES = 24  # of a secret in base64: the least that Standard Webhooks takes
MAIL_SETTINGS = ("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_USE_TLS", "EMAIL_USE_SSL")
NEAR = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Demand:
    """Something that production needs: met or not, what is wrong when not, and what to do."""

    id: str
    is_met: Callable[[], bool]
    wrong: str
    hint: str


def _is_private(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in NEAR)


DEMANDS = (
    Demand(
        "config.E001",
        lambda: len(settings.SECRET_KEY) >= SECRET_CHARACTERS,
        "SECRET_KEY is not set, or is short: sessions and links could be forged.",
        "Set it to 50 or more random characters: python -c 'import secrets; print(secrets.token_urlsafe(50))'",
    ),
    Demand("config.E002", lambda: not settings.DEBUG, "DEBUG is on: error pages would show data.", "Unset DEBUG."),
    Demand(
        "config.E003",
        lambda: bool(settings.ALLOWED_HOSTS) and not {"*", "testserver"}.intersection(settings.ALLOWED_HOSTS),
        "ALLOWED_HOSTS does not name the host that this desk answers as.",
        "Set it to the host names, separated by commas: ALLOWED_HOSTS=legal.provider.example",
    ),
    Demand(
        "config.E004",
        lambda: settings.WRITDESK.public_url.startswith("https://"),
        "PUBLIC_URL is not an https address: customers and agencies would get links that anybody can read.",
        "Set it to the address that they reach: PUBLIC_URL=https://legal.provider.example",
    ),
    Demand(
        "config.E005",
        lambda: settings.SECURE_SSL_REDIRECT or settings.SECURE_PROXY_SSL_HEADER is not None,
        "Pages are served without https.",
        "Leave SECURE_SSL_REDIRECT on; behind a proxy that speaks https, set BEHIND_TLS_PROXY=yes.",
    ),
    Demand(
        "config.E006",
        lambda: settings.SECURE_HSTS_SECONDS > 0,
        "Browsers are not told to insist on https.",
        "Leave SECURE_HSTS_SECONDS unset for a year, or start with 3600.",
    ),
    Demand(
        "config.E007",
        lambda: not settings.EMBEDDED_POSTGRES,
        "DATABASE_URL is not set: the embedded PostgreSQL is for trying out; nobody backs it up.",
        "Set it to a PostgreSQL 15 or later: DATABASE_URL=postgresql://writdesk@db.provider.example/writdesk",
    ),
    Demand(
        "config.E008",
        lambda: not settings.EMBEDDED_VALKEY,
        "REDIS_URL is not set: the embedded Valkey is for trying out.",
        "Set it to a Redis or Valkey: REDIS_URL=redis://queue.provider.example:6379/0",
    ),
    Demand(
        "config.E009",
        lambda: bool(os.environ.get("WRITDESK_KEK")),
        "WRITDESK_KEK is not set: the key of all documents would lie beside them.",
        "Set it to 32 random bytes in base64, from where secrets are kept: openssl rand -base64 32",
    ),
    Demand(
        "config.E010",
        lambda: bool(os.environ.get("WRITDESK_LEDGER_KEY")),
        "WRITDESK_LEDGER_KEY is not set: who can change the ledger's database could sign it as well.",
        "Set it to 32 random bytes in base64, from where secrets are kept: openssl rand -base64 32",
    ),
    Demand(
        "config.E011",
        lambda: settings.EMAIL_BACKEND != "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_URL is not set: customers' notices would stay in files on this machine.",
        "Set it to your relay: EMAIL_URL=smtp://user:password@relay.provider.example:587",
    ),
    Demand(
        "config.E012",
        lambda: bool(os.environ.get("PROVIDER_NAME")) and bool(os.environ.get("CONTACT_EMAIL")),
        "PROVIDER_NAME or CONTACT_EMAIL is not set: notices would come from an example.",
        "Set both to what customers know you as: PROVIDER_NAME='Harbour Mail' CONTACT_EMAIL=legal@provider.example",
    ),
    Demand(
        "config.E013",
        lambda: not settings.WRITDESK.directory_url or _is_private(settings.WRITDESK.directory_url),
        "DIRECTORY_URL is not an https address: who is asked about would cross the network for anybody to read.",
        "Set it to the https address of your customer directory; plain http is for one on this machine.",
    ),
    Demand(
        "config.E014",
        lambda: (
            _speaks_tls({name: getattr(settings, name) for name in MAIL_SETTINGS})
            and _speaks_tls(settings.EMAIL_FALLBACK)
        ),
        "A mail relay is spoken to without TLS: notices would cross the network for anybody to read.",
        "Leave ?tls=no out of EMAIL_URL and EMAIL_FALLBACK_URL; it is for a relay on this machine.",
    ),
    Demand(
        "config.E015",
        lambda: (
            _is_sealed_call(settings.WRITDESK.messaging_url, settings.WRITDESK.messaging_secret)
            and _is_sealed_call(settings.WRITDESK.eevidence_url, settings.WRITDESK.eevidence_secret)
        ),
        "MESSAGING_URL or EEVIDENCE_URL is not an https address, or has no secret to sign with.",
        "Set https addresses and MESSAGING_SECRET or EEVIDENCE_SECRET to 32 or more random characters.",
    ),
    Demand(
        "config.E016",
        lambda: "anymail" not in settings.EMAIL_BACKEND or bool(settings.ANYMAIL.get("WEBHOOK_SECRET")),
        "ANYMAIL_WEBHOOK_SECRET is not set: anybody could report that a notice came back.",
        "Set it to random:random and give the provider the address of its reports with it.",
    ),
)


def _mail_settings() -> Mapping[str, Any]:
    return {name: getattr(settings, name) for name in MAIL_SETTINGS}


def _speaks_tls(mail: Mapping[str, Any]) -> bool:
    if not str(mail.get("EMAIL_BACKEND", "")).endswith("smtp.EmailBackend"):
        return True
    return bool(mail["EMAIL_USE_TLS"] or mail["EMAIL_USE_SSL"] or mail["EMAIL_HOST"] in NEAR)


def _is_sealed_call(url: str, secret: str) -> bool:
    return not url or (_is_private(url) and _leads_somewhere(url) and _signs(secret))


def _leads_somewhere(url: str) -> bool:
    """Whether an address names a host and a port that can be one; we sign what we send, and sign in nowhere."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0 and parts.username is None
    except ValueError:
        return False


def _signs(secret: str) -> bool:
    """Whether a secret is long enough, and in base64 where it says that it is."""
    if secret.startswith(PREFIX):
        try:
            return len(b64decode(secret.removeprefix(PREFIX), validate=True)) >= SIGNING_BYTES
        except ValueError:
            return False
    return len(secret) >= SIGNING_CHARACTERS


@register(Tags.security)
def production_is_ready(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Return an error for each demand that is not met; none outside production."""
    if not settings.PRODUCTION:
        return []
    return [Error(demand.wrong, hint=demand.hint, id=demand.id) for demand in DEMANDS if not demand.is_met()]
