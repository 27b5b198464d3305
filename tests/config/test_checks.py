"""WRITDESK_ENV=production alone makes the desk say what it lacks; a complete one is quiet."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.checks import run_checks
from pytest_django.fixtures import Settings

from config.checks import DEMANDS, production_is_ready
from tests.config.commands import environment, manage

COMPLETE = {
    "WRITDESK_ENV": "production",
    "SECRET_KEY": "a-Secret-0f-the-desk-that-nobody-guesses-in-a-thousand-years",
    "ALLOWED_HOSTS": "legal.provider.example",
    "PUBLIC_URL": "https://legal.provider.example",
    "DATABASE_URL": "postgresql://writdesk@db.provider.example/writdesk",
    "REDIS_URL": "redis://queue.provider.example/0",
    "WRITDESK_KEK": "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=",
    "WRITDESK_LEDGER_KEY": "c3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3M=",
    "EMAIL_URL": "smtp://relay.provider.example:587",
    "PROVIDER_NAME": "Harbour Mail",
    "CONTACT_EMAIL": "legal@provider.example",
}


def test_development_is_not_held_to_it() -> None:
    assert production_is_ready(None) == []
    assert run_checks() == []


def test_a_bare_production_names_everything_that_it_lacks(tmp_path: Path) -> None:
    bare = environment(
        tmp_path,
        WRITDESK_ENV="production",
        DEBUG="yes",
        SECURE_SSL_REDIRECT="no",
        SECURE_HSTS_SECONDS="0",
        DIRECTORY_URL="http://directory.provider.example",
        MESSAGING_URL="http://messages.provider.example",
        EMAIL_FALLBACK_URL="smtp://relay.example?tls=no",
    )
    without_mail = manage("check", env=bare)
    # What only one who has mail can lack.
    with_provider = manage("check", env={**bare, "EMAIL_URL": "anymail:postmark"})
    assert without_mail.returncode == with_provider.returncode == 1
    said = without_mail.stderr + with_provider.stderr
    assert [demand.id for demand in DEMANDS if f"({demand.id})" not in said] == []
    assert "Traceback" not in said


def test_a_complete_production_passes_django_s_own_deployment_checks_too(tmp_path: Path) -> None:
    outcome = manage("check", "--deploy", "--fail-level", "WARNING", env=environment(tmp_path, **COMPLETE))
    assert outcome.returncode == 0, outcome.stderr


def test_a_secret_key_that_is_short_is_not_one(settings: Settings) -> None:
    settings.PRODUCTION, settings.SECRET_KEY = True, "hunter2"
    assert "config.E001" in [error.id for error in production_is_ready(None)]


def test_a_directory_on_another_machine_is_asked_over_https_only(settings: Settings) -> None:
    settings.PRODUCTION = True

    def complains(url: str) -> bool:
        settings.WRITDESK = replace(settings.WRITDESK, directory_url=url)
        return "config.E013" in [error.id for error in production_is_ready(None)]

    assert complains("http://directory.provider.example/who")
    assert complains("ftp://localhost/who")
    assert not complains("https://directory.provider.example/who")
    assert not complains("http://127.0.0.1:8100/who")
    assert not complains("")


def complaints(settings: Settings) -> set[str | None]:
    settings.PRODUCTION = True
    return {error.id for error in production_is_ready(None)}


SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.parametrize(
    ("host", "tls", "ssl", "is_wrong"),
    [
        ("relay.example", False, False, True),
        ("relay.example", True, False, False),
        ("relay.example", False, True, False),
        ("127.0.0.1", False, False, False),
        ("localhost.relay.example", False, False, True),
    ],
)
@pytest.mark.parametrize("is_fallback", [False, True])
def test_a_relay_on_another_machine_is_spoken_to_over_tls_only(
    is_fallback: bool, host: str, tls: bool, ssl: bool, is_wrong: bool, settings: Settings
) -> None:
    chosen = {"EMAIL_BACKEND": SMTP, "EMAIL_HOST": host, "EMAIL_USE_TLS": tls, "EMAIL_USE_SSL": ssl}
    settings.EMAIL_BACKEND, settings.EMAIL_FALLBACK = "anymail.backends.postmark.EmailBackend", {}
    if is_fallback:
        settings.EMAIL_FALLBACK = chosen
    else:
        for name, value in chosen.items():
            setattr(settings, name, value)
    assert ("config.E014" in complaints(settings)) == is_wrong


@pytest.mark.parametrize("way", ["messaging", "eevidence"])
@pytest.mark.parametrize(
    ("url", "secret", "is_wrong"),
    [
        ("", "", False),
        ("https://messages.provider.example/", "s" * 32, False),
        ("https://messages.provider.example/", "s" * 31, True),
        ("https://messages.provider.example/", "", True),
        ("http://messages.provider.example/", "s" * 32, True),
        ("http://127.0.0.1:8100/", "s" * 32, False),
        ("ftp://127.0.0.1/", "s" * 32, True),
        ("messages.provider.example", "s" * 32, True),
        ("https://messages.provider.example:https/", "s" * 32, True),
        ("https:///messages", "s" * 32, True),
        ("https://me:secret@messages.provider.example/", "s" * 32, True),
        ("https://messages.provider.example/", "whsec_" + "no base64 at all, not a bit", True),
    ],
)
def test_calls_to_other_systems_are_sealed_and_signed(
    way: str, url: str, secret: str, is_wrong: bool, settings: Settings
) -> None:
    settings.WRITDESK = replace(settings.WRITDESK, **{f"{way}_url": url, f"{way}_secret": secret})
    assert ("config.E015" in complaints(settings)) == is_wrong


def test_reports_of_a_provider_have_a_secret(settings: Settings) -> None:
    settings.EMAIL_BACKEND, settings.ANYMAIL = "anymail.backends.postmark.EmailBackend", {}
    assert "config.E016" in complaints(settings)
    settings.ANYMAIL = {"WEBHOOK_SECRET": "postmark:secret"}
    assert "config.E016" not in complaints(settings)
    settings.EMAIL_BACKEND, settings.ANYMAIL = SMTP, {}
    assert "config.E016" not in complaints(settings)
