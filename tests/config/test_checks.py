"""WRITDESK_ENV=production alone makes the desk say what it lacks; a complete one is quiet."""

from dataclasses import replace
from pathlib import Path

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
