"""The environment is read with types; a wrong value is named before anything runs."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import desk, env


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param(
            "postgresql://writdesk:s%40fe@db.example:6432/desk?sslmode=require",
            {"NAME": "desk", "USER": "writdesk", "PASSWORD": "s@fe", "HOST": "db.example", "PORT": "6432"},
            id="a server: everything is taken, the rest goes to libpq",
        ),
        pytest.param(
            "postgresql://postgres@/desk?host=/Srv/Writ%20desk/run",
            {"NAME": "desk", "USER": "postgres", "HOST": "/Srv/Writ desk/run", "PORT": ""},
            id="a socket: its folder, capitals and spaces kept",
        ),
        pytest.param(
            "postgresql://postgres@%2FSrv%2Frun/desk", {"NAME": "desk", "HOST": "/Srv/run"}, id="a socket as the host"
        ),
        pytest.param("host=/run dbname=desk user=me", {"NAME": "desk", "HOST": "/run", "USER": "me"}, id="words"),
        pytest.param("postgresql://me@h", {"NAME": "me"}, id="no name: the user's, as libpq does"),
    ],
)
def test_a_database_address_is_whatever_libpq_takes(
    url: str, expected: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert env.postgres("DATABASE_URL", "").items() >= expected.items()


@pytest.mark.parametrize(
    ("query", "options"),
    [("", "-c jit=off"), ("?options=-c%20jit%3Don", "-c jit=off -c jit=on")],
    ids=["by default", "the operator's own come last and count"],
)
def test_the_database_compiles_no_statement(query: str, options: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://me@h/desk{query}")
    assert env.postgres("DATABASE_URL", "")["OPTIONS"] == {"options": options}


def test_a_wrong_database_address_is_named_but_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://root:secret@db/desk")
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must be a libpq address") as refused:
        env.postgres("DATABASE_URL", "")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param(
            "smtp://me:s%40fe@relay.example:587",
            {
                "EMAIL_HOST": "relay.example",
                "EMAIL_PORT": 587,
                "EMAIL_HOST_USER": "me",
                "EMAIL_HOST_PASSWORD": "s@fe",
                "EMAIL_USE_TLS": True,
                "EMAIL_USE_SSL": False,
            },
            id="the submission port starts TLS",
        ),
        pytest.param("smtp://relay.example", {"EMAIL_PORT": 25, "EMAIL_USE_TLS": True}, id="and so does any other"),
        pytest.param("smtp://127.0.0.1:2525", {"EMAIL_PORT": 2525, "EMAIL_USE_TLS": False}, id="not on this machine"),
        pytest.param("smtp://localhost?tls=yes", {"EMAIL_PORT": 25, "EMAIL_USE_TLS": True}, id="unless it is told"),
        pytest.param("smtp://127.0.0.1:587", {"EMAIL_PORT": 587, "EMAIL_USE_TLS": True}, id="the submission port here"),
        pytest.param("smtp://relay.example?tls=no", {"EMAIL_USE_TLS": False}, id="without, where somebody says so"),
        pytest.param("smtp://relay.example?tls=maybe", {"EMAIL_USE_TLS": False}, id="what is neither is no"),
        pytest.param(
            "anymail:postmark", {"EMAIL_BACKEND": "anymail.backends.postmark.EmailBackend"}, id="a provider's API"
        ),
        pytest.param(
            "anymail:amazon_ses", {"EMAIL_BACKEND": "anymail.backends.amazon_ses.EmailBackend"}, id="of two words"
        ),
        pytest.param("smtps://relay.example", {"EMAIL_PORT": 465, "EMAIL_USE_SSL": True}, id="TLS at once"),
        pytest.param("", {}, id="none: the files stay"),
    ],
)
def test_a_mail_relay_is_one_address(url: str, expected: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    assert env.mail("EMAIL_URL").items() >= expected.items()


@pytest.mark.parametrize(
    "url",
    [
        "relay.example",
        "http://relay.example",
        "smtp://",
        "smtp://:587",
        "smtp://me:secret@relay.example:submission",
        "smtp://me:secret@relay.example:99999",
        "anymail:",
        "anymail:pigeon",
        "anymail:base",
        "anymail:base_requests",
        "anymail:test",
        "anymail:console",
        "anymail:../../os",
        "anymail://postmark",
    ],
)
def test_a_relay_that_is_none_is_refused_by_the_name_of_its_variable(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_FALLBACK_URL", url)
    with pytest.raises(ImproperlyConfigured, match="EMAIL_FALLBACK_URL must") as refused:
        env.mail("EMAIL_FALLBACK_URL")
    assert "secret" not in str(refused.value)


def test_a_provider_s_keys_are_read_by_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANYMAIL_POSTMARK_SERVER_TOKEN", "token")
    assert env.prefixed("ANYMAIL_")["POSTMARK_SERVER_TOKEN"] == "token"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("NOTICE_DAYS", "ten", "NOTICE_DAYS must be a whole number, not 'ten'."),
        ("NOTICE_BEFORE_REVIEW", "perhaps", "NOTICE_BEFORE_REVIEW must be yes or no, not 'perhaps'."),
        ("WINDOW_RULE", "never", "WINDOW_RULE must be one of bounded, later_of, not 'never'."),
        (
            "REPORTING_ZONE",
            "Mars/Base",
            "REPORTING_ZONE must be an IANA time zone such as Europe/Paris, not 'Mars/Base'.",
        ),
    ],
)
def test_a_wrong_value_is_named_with_what_it_should_be(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as refused:
        desk.read()
    assert str(refused.value) == sentence
