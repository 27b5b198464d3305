"""A provider's API, by django-anymail: what each class of answer means. Against a server that plays Postmark."""

import json
import socket

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django.fixtures import Settings

from notifications.states import AttemptOutcome, Way
from notifications.transports import Reply, opened
from notifications.transports.anymail import AnymailTransport
from tests.fixtures.http import Counterpart
from tests.notifications.transports.mails import KEY, mail

POSTMARK = "anymail.backends.postmark.EmailBackend"
NAME = "anymail:postmark"
INACTIVE = (
    "You tried to send to recipient(s) that have been marked as inactive.\n"
    "Found inactive addresses: carla@customer.example.\nInactive recipients are ones that have generated a hard bounce."
)
SENT, DEFERRED, REFUSED = AttemptOutcome.SENT, AttemptOutcome.DEFERRED, AttemptOutcome.REFUSED


@pytest.fixture
def postmark(counterpart: Counterpart, settings: Settings) -> Counterpart:
    """A provider that takes what it gets."""
    settings.EMAIL_BACKEND = POSTMARK
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "token", "REQUESTS_TIMEOUT": 0.3}
    settings.ANYMAIL["POSTMARK_API_URL"] = f"{counterpart.url}/"
    says(counterpart, 200, ErrorCode=0, Message="OK", MessageID="pm-1", To="carla@customer.example")
    return counterpart


def says(postmark: Counterpart, status: int, **words: object) -> None:
    postmark.status, postmark.body = status, json.dumps(words).encode()
    postmark.headers = {"Content-Type": "application/json"}


def sent() -> Reply:
    with AnymailTransport(POSTMARK) as transport:
        return transport.send(mail())


def test_what_it_took_has_the_id_by_which_it_will_report(postmark: Counterpart) -> None:
    assert sent() == Reply(SENT, 200, NAME, "pm-1")
    (call,) = postmark.calls
    said = json.loads(call.body)
    assert (said["To"], said["Metadata"]) == ("carla@customer.example", {"key": KEY})
    assert {"Name": "Message-ID", "Value": f"<{KEY}@provider.example>"} in said["Headers"]


@pytest.mark.parametrize(
    ("status", "words", "outcome"),
    [
        pytest.param(422, {"ErrorCode": 300, "Message": "Invalid email request"}, REFUSED, id="422: not a mail"),
        pytest.param(422, {"ErrorCode": 406, "Message": INACTIVE}, REFUSED, id="422: one that bounced before"),
        pytest.param(422, {"ErrorCode": 406, "Message": "Inactive"}, REFUSED, id="422: the same in other words"),
        pytest.param(401, {"ErrorCode": 10, "Message": "Bad token"}, DEFERRED, id="401: the operator mends the key"),
        pytest.param(403, {}, DEFERRED, id="403"),
        pytest.param(404, {}, DEFERRED, id="404: another address of the provider"),
        pytest.param(413, {}, REFUSED, id="413: too large"),
        pytest.param(429, {}, DEFERRED, id="429: too many"),
        pytest.param(500, {}, None, id="500: perhaps before, perhaps after it was taken"),
        pytest.param(502, {}, None, id="502"),
        pytest.param(503, {}, DEFERRED, id="503: not at work"),
        pytest.param(504, {}, None, id="504"),
    ],
)
def test_each_refusal_means_one_thing(
    status: int, words: dict[str, object], outcome: AttemptOutcome | None, postmark: Counterpart
) -> None:
    says(postmark, status, **words)
    assert (sent().outcome, sent().through) == (outcome, NAME)


@pytest.mark.parametrize("body", [b"", b"<html>ok</html>", b"{", b"[]", b"null", b'{"ErrorCode": 0}', b"\xff"])
def test_what_took_something_and_says_what_in_broken_words_may_have_it(body: bytes, postmark: Counterpart) -> None:
    postmark.body = body
    assert sent().outcome is None


def test_a_redirection_is_no_acceptance(postmark: Counterpart) -> None:
    postmark.status, postmark.headers = 302, {"Location": f"{postmark.url}/elsewhere"}
    assert sent().outcome != SENT


def test_who_does_not_answer_the_door_took_nothing(postmark: Counterpart, settings: Settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.ANYMAIL = settings.ANYMAIL | {"POSTMARK_API_URL": f"http://127.0.0.1:{port}/"}
    assert sent() == Reply(DEFERRED, None, NAME)


def test_a_host_that_does_not_exist_took_nothing(postmark: Counterpart, settings: Settings) -> None:
    settings.ANYMAIL = settings.ANYMAIL | {"POSTMARK_API_URL": "http://api.invalid/"}
    assert sent() == Reply(DEFERRED, None, NAME)


def test_who_falls_silent_once_asked_may_have_taken_it(postmark: Counterpart) -> None:
    postmark.is_silent = True
    assert sent() == Reply(None, None, NAME)
    assert len(postmark.calls) == 1


def test_who_hangs_up_once_asked_may_have_taken_it(postmark: Counterpart) -> None:
    postmark.hangs_up = True
    assert sent() == Reply(None, None, NAME)


def test_a_key_that_is_not_set_puts_off_what_is_due_and_is_told_to_the_operator(
    postmark: Counterpart, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ANYMAIL = {}
    with pytest.raises(ImproperlyConfigured):
        AnymailTransport(POSTMARK)
    with opened() as carrier:
        assert carrier.send(mail(), Way.EMAIL) == Reply(DEFERRED, through="email")
    assert "POSTMARK_SERVER_TOKEN" in caplog.text
    assert postmark.calls == []


def test_the_log_names_no_recipient(postmark: Counterpart, caplog: pytest.LogCaptureFixture) -> None:
    says(postmark, 422, ErrorCode=300, Message="Invalid 'To' address: carla@customer.example")
    sent()
    assert "carla" not in caplog.text
