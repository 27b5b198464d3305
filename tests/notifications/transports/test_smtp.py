"""A mail relay, spoken to step by step: what it is asked for, and what it gets without TLS. Against a real one."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_django.fixtures import Settings

from notifications.states import AttemptOutcome
from notifications.transports import Reply
from notifications.transports.smtp import SmtpTransport
from tests.fixtures.mail import Sink, relay
from tests.notifications.transports.mails import KEY, mail

TO = "carla@customer.example"
DEFERRED = Reply(AttemptOutcome.DEFERRED)


def sent(**fields: object) -> Reply:
    with SmtpTransport({}) as transport:
        return transport.send(mail(**fields))  # type: ignore[arg-type]


def test_a_relay_that_knows_reports_is_asked_for_one_that_names_the_message(smtp_sink: Sink) -> None:
    smtp_sink.offers = ["DSN"]
    assert sent() == Reply(AttemptOutcome.SENT, 250)
    assert smtp_sink.asked == ["RET=HDRS", f"ENVID={KEY}", "NOTIFY=SUCCESS,FAILURE"]


def test_a_relay_that_knows_none_is_asked_for_none(smtp_sink: Sink) -> None:
    assert sent() == Reply(AttemptOutcome.SENT, 250)  # it would say no to an option that it does not know


def test_what_cannot_be_delivered_returns_to_the_path_that_is_set(smtp_sink: Sink, settings: Settings) -> None:
    sent()
    settings.RETURN_PATH = "reports@provider.example"
    sent()
    assert [letter.sender for letter in smtp_sink.letters] == ["legal@provider.example", "reports@provider.example"]
    assert {letter.message["From"] for letter in smtp_sink.letters} == {"Harbour Mail <legal@provider.example>"}


@pytest.mark.parametrize(
    "recipient",
    ["", "carla@", "@customer.example", f"{TO}\nBcc: mallory@evil.example", f"{TO}, mallory@evil.example"],
)
def test_what_stands_in_the_place_of_an_address_and_is_none_is_refused_before_anybody_is_asked(
    recipient: str, smtp_sink: Sink
) -> None:
    reply = sent(to=[recipient])
    assert reply.outcome != AttemptOutcome.SENT
    assert smtp_sink.letters == []


def test_a_header_in_the_recipient_is_refused_for_good(smtp_sink: Sink) -> None:
    assert sent(to=[f"{TO}\r\nBcc: mallory@evil.example"]) == Reply(AttemptOutcome.REFUSED)


def test_a_line_with_a_dot_alone_does_not_end_the_text(smtp_sink: Sink) -> None:
    sent(body="before\n.\nMAIL FROM:<mallory@evil.example>\n..\nafter\n")
    (letter,) = smtp_sink.letters
    body = letter.message.get_body(("plain",))
    assert body
    assert str(body.get_content()).splitlines() == ["before", ".", "MAIL FROM:<mallory@evil.example>", "..", "after"]


# TLS. The relay's certificate is signed by nobody whom we know, unless a test says so.


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 and its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "relay")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "relay.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def tls_sink(certificate: Path, settings: Settings) -> Iterator[Sink]:
    """A relay that offers STARTTLS, from which our settings demand it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with relay(Sink(), tls_context=context) as sink:
        demand_tls(settings, sink)
        yield sink


def demand_tls(settings: Settings, sink: Sink) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL, settings.EMAIL_TIMEOUT = True, False, 5


def test_a_relay_that_speaks_no_tls_gets_nothing(smtp_sink: Sink, settings: Settings) -> None:
    demand_tls(settings, smtp_sink)
    with SmtpTransport({}) as transport:
        assert [transport.send(mail()), transport.send(mail())] == [DEFERRED, DEFERRED]
    assert (smtp_sink.letters, smtp_sink.asked) == ([], [])


def test_a_certificate_that_nobody_signed_gets_nothing(tls_sink: Sink) -> None:
    with SmtpTransport({}) as transport:
        assert [transport.send(mail()), transport.send(mail())] == [DEFERRED, DEFERRED]
    assert tls_sink.letters == []


def test_a_certificate_of_another_name_gets_nothing(
    tls_sink: Sink, certificate: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.EMAIL_HOST = "localhost"
    assert sent() == DEFERRED
    assert tls_sink.letters == []


def test_a_relay_that_proves_its_name_gets_the_mail(
    tls_sink: Sink, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert sent() == Reply(AttemptOutcome.SENT, 250)
    assert len(tls_sink.letters) == 1
