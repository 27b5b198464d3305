"""A signed call to another system of the operator: what its answer, or its silence, means. Against a real server."""

import json
import socket
from base64 import b64decode
from datetime import datetime

import pytest
import time_machine
from django.utils import timezone

from notifications.signatures import require_signature
from notifications.states import AttemptOutcome
from notifications.transports import Reply
from notifications.transports.webhook import WebhookTransport
from tests.fixtures.http import Counterpart
from tests.notifications.transports.mails import KEY, mail

SECRET = "whsec_" + "QWxsIG5vdGljZXMgdHJhdmVsIHNpZ25lZC4gQWx3YXlzLg=="


def call(counterpart: Counterpart, timeout: float = 5, path: str = "/messages?from=writdesk") -> Reply:
    with WebhookTransport(counterpart.url + path, SECRET, timeout, "messaging") as transport:
        return transport.send(mail(body="Chère Carla, ¿qué? 你好\n"))


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, AttemptOutcome.SENT),
        (201, AttemptOutcome.SENT),
        (204, AttemptOutcome.SENT),
        pytest.param(409, AttemptOutcome.SENT, id="409: it has it already"),
        pytest.param(301, AttemptOutcome.DEFERRED, id="301: signed for this address and no other"),
        pytest.param(307, AttemptOutcome.DEFERRED, id="307: signed for this address and no other"),
        (400, AttemptOutcome.DEFERRED),
        pytest.param(401, AttemptOutcome.DEFERRED, id="401: the operator mends the secret"),
        (403, AttemptOutcome.DEFERRED),
        pytest.param(404, AttemptOutcome.REFUSED, id="404: no such customer"),
        pytest.param(410, AttemptOutcome.REFUSED, id="410: a customer no more"),
        pytest.param(422, AttemptOutcome.REFUSED, id="422: not to be sent"),
        pytest.param(429, AttemptOutcome.DEFERRED, id="429: too many"),
        pytest.param(500, None, id="500: perhaps before, perhaps after it was taken"),
        (502, None),
        pytest.param(503, AttemptOutcome.DEFERRED, id="503: not at work"),
        (504, None),
        (999, None),
    ],
)
def test_each_answer_means_one_thing(status: int, outcome: AttemptOutcome | None, counterpart: Counterpart) -> None:
    counterpart.status, counterpart.headers = status, {"Location": f"{counterpart.url}/elsewhere"}
    assert call(counterpart) == Reply(outcome, status, "messaging")
    assert [one.path for one in counterpart.calls] == ["/messages?from=writdesk"]


def test_the_message_is_json_and_signed(counterpart: Counterpart, now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        call(counterpart)
        (got,) = counterpart.calls
        assert require_signature(SECRET, dict(got.headers), got.body, timezone.now()) == KEY
    assert got.headers["Content-Type"] == "application/json"
    assert json.loads(got.body) == {
        "id": KEY,
        "to": "carla@customer.example",
        "language": "fr",
        "subject": "Une notification",
        "text": "Chère Carla, ¿qué? 你好\n",
        "html": "<p>Chère Carla</p>",
    }
    assert len(b64decode(SECRET.removeprefix("whsec_"))) >= 24


def test_each_attempt_has_the_same_id_and_a_time_of_its_own(counterpart: Counterpart, now: datetime) -> None:
    for hour in (now, now.replace(hour=13)):
        with time_machine.travel(hour, tick=False):
            call(counterpart)
    assert [one.headers["webhook-id"] for one in counterpart.calls] == [KEY, KEY]
    assert len({one.headers["webhook-timestamp"] for one in counterpart.calls}) == 2


def test_who_does_not_answer_the_door_took_nothing() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert call(Counterpart(port=port)) == Reply(AttemptOutcome.DEFERRED, through="messaging")


def test_a_host_that_does_not_exist_took_nothing() -> None:
    with WebhookTransport("https://messages.invalid/", SECRET, 5, "messaging") as transport:
        assert transport.send(mail()) == Reply(AttemptOutcome.DEFERRED, through="messaging")


def test_who_speaks_no_tls_where_https_is_set_took_nothing(counterpart: Counterpart) -> None:
    with WebhookTransport(counterpart.url.replace("http:", "https:"), SECRET, 5, "messaging") as transport:
        assert transport.send(mail()).outcome == AttemptOutcome.DEFERRED
    assert counterpart.calls == []


def test_who_falls_silent_once_asked_may_have_taken_it(counterpart: Counterpart) -> None:
    counterpart.is_silent = True
    assert call(counterpart, timeout=0.2) == Reply(None, through="messaging")
    assert len(counterpart.calls) == 1


def test_who_hangs_up_once_asked_may_have_taken_it(counterpart: Counterpart) -> None:
    counterpart.hangs_up = True
    assert call(counterpart) == Reply(None, through="messaging")


@pytest.mark.parametrize(
    ("begun", "reply"),
    [
        pytest.param(b"H", Reply(None, through="messaging"), id="before it said anything"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nX-Slow: ", Reply(AttemptOutcome.SENT, 200, "messaging"), id="after it said so"
        ),
    ],
)
def test_who_answers_a_byte_at_a_time_is_not_waited_for_for_ever(
    begun: bytes, reply: Reply, counterpart: Counterpart
) -> None:
    counterpart.drips = begun
    assert call(counterpart, timeout=0.3) == reply


def test_nobody_waits_for_words_that_nobody_reads(counterpart: Counterpart) -> None:
    counterpart.drips = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
    assert call(counterpart, timeout=0.3) == Reply(AttemptOutcome.SENT, 200, "messaging")


@pytest.mark.parametrize("said", [b"\x00\x01\x02\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"220 relay ready\r\n" * 3])
def test_who_answers_in_another_tongue_may_have_taken_it(said: bytes, counterpart: Counterpart) -> None:
    counterpart.drips = said
    assert call(counterpart, timeout=0.3).outcome is None


def test_the_secret_is_not_shown() -> None:
    assert "QWxs" not in repr(WebhookTransport("https://messages.example/", SECRET, 5, "messaging"))
