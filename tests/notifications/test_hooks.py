"""Where other systems report: who proves who they are is heard, and learns nothing of what there is."""

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from cases.states import DutyState
from notifications.models import Attempt, DeliveryEvent, Message
from notifications.signatures import TOLERANCE, signed
from notifications.states import EventKind, MessageState
from tests import lives
from tests.fixtures.mail import Sink
from tests.lives import Staff
from tests.notifications.scene import plan_and_send

pytestmark = pytest.mark.django_db

MESSAGING, MAIL = "/hooks/messaging/", "/hooks/mail/"
SECRET = "a shared secret of thirty-two or more"


@pytest.fixture(autouse=True)
def _the_hour(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture(autouse=True)
def _secret(settings: Settings) -> None:
    settings.WRITDESK = replace(settings.WRITDESK, messaging_secret=SECRET)


@pytest.fixture
def sent(staff: Staff, now: datetime, smtp_sink: Sink) -> Message:
    """The message of a notice that left."""
    lives.notice_pending(lives.received(now), staff, now)
    plan_and_send(now)
    return Message.objects.get()


def called(
    body: object, now: datetime, *, call_id: str = "call-1", raw: bytes | None = None, **changed: str
) -> HttpResponse:
    """What a call signed at that moment is answered."""
    content = json.dumps(body).encode() if raw is None else raw
    headers = signed(SECRET, call_id, content, now) | {f"webhook-{name}": value for name, value in changed.items()}
    return Client(headers=headers).post(MESSAGING, content, content_type="application/json")  # type: ignore[return-value]


def said(message: Message, event: str = "delivered", **more: object) -> dict[str, object]:
    return {"id": message.key, "event": event, **more}


def test_a_report_of_delivery_confirms_the_notice(sent: Message, now: datetime) -> None:
    assert called(said(sent, at="2026-11-30T13:00:00+01:00"), now).status_code == 202
    row = DeliveryEvent.objects.get()
    assert (row.source, row.event_id, row.kind, row.at) == ("messaging", "call-1", EventKind.DELIVERED, now)
    assert row.counted


def test_a_report_of_failure_makes_it_a_person_s_work(sent: Message, now: datetime) -> None:
    assert called(said(sent, "failed"), now).status_code == 202
    assert sent.case.duties.get().state == DutyState.FAILED


def test_a_replay_within_the_minutes_changes_nothing(sent: Message, now: datetime) -> None:
    for _again in range(3):
        assert called(said(sent), now).status_code == 202
    assert DeliveryEvent.objects.count() == 1


def test_an_old_call_is_refused(sent: Message, now: datetime) -> None:
    for moved in (TOLERANCE + timedelta(seconds=1), -TOLERANCE - timedelta(seconds=1)):
        assert called(said(sent), now + moved).status_code == 401
    assert not DeliveryEvent.objects.exists()


def test_who_does_not_sign_right_is_refused_and_told_nothing(sent: Message, now: datetime) -> None:
    for changed in ({"signature": "v1,bm90IG91cnM="}, {"signature": ""}, {"id": "call-2"}, {"timestamp": "1"}):
        response = called(said(sent), now, raw=None, **changed)
        assert (response.status_code, response.content) == (401, b"")
    assert Client().post(MESSAGING, b"{}", content_type="application/json").status_code == 401
    assert not DeliveryEvent.objects.exists()


def test_without_a_secret_nobody_is_heard(sent: Message, now: datetime, settings: Settings) -> None:
    settings.WRITDESK = replace(settings.WRITDESK, messaging_secret="")
    assert called(said(sent), now).status_code == 401
    empty = signed("", "call-1", b"{}", now)
    assert Client(headers=empty).post(MESSAGING, b"{}", content_type="application/json").status_code == 401


def test_of_what_is_not_ours_the_answer_is_the_same_as_of_what_is(sent: Message, now: datetime) -> None:
    ours = called(said(sent), now)
    for key in ("0" * 32, "", "\x00", "\ud800", "x" * 10_000):
        theirs = called({"id": key, "event": "delivered"}, now)
        assert (theirs.status_code, theirs.content) == (ours.status_code, ours.content) == (202, b"")
        assert dict(theirs.headers) == dict(ours.headers)
    assert DeliveryEvent.objects.count() == 1


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"{", id="no JSON"),
        pytest.param(b"\xff\xfe", id="no text"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"null", id="null"),
        pytest.param(b'"delivered"', id="a word"),
        pytest.param(b"{}", id="nothing in it"),
        pytest.param(b'{"id": 7, "event": "delivered"}', id="a number for an id"),
        pytest.param(b'{"id": null, "event": "delivered"}', id="no id"),
        pytest.param(b'{"id": "k", "event": "opened"}', id="an event that is none"),
        pytest.param(b'{"id": "k", "event": []}', id="a list for an event"),
        pytest.param(b'{"id": "k", "event": "delivered", "at": "soon"}', id="no moment"),
        pytest.param(b'{"id": "k", "event": "delivered", "at": 1796040000}', id="a number for a moment"),
        pytest.param(b'{"id": "k", "event": "delivered", "at": null}', id="null for a moment"),
        pytest.param(b'{"id": "k", "event": "delivered", "at": "2026-11-30T12:00:00"}', id="a moment without a zone"),
        pytest.param(b'{"id": "k", "event": "delivered", "at": "2026-13-41T12:00:00Z"}', id="a day that is none"),
        pytest.param(b"[" * 60_000, id="nested without end"),
        pytest.param(b'{"id": ' + b"9" * 5000 + b"}", id="a number without end"),
    ],
)
def test_what_makes_no_sense_is_a_bad_request(raw: bytes, now: datetime) -> None:
    assert called(None, now, raw=raw).status_code == 400


def test_a_huge_body_is_not_read(now: datetime) -> None:
    assert called(None, now, raw=b" " * (64 * 1024 + 1)).status_code == 413
    assert called(None, now, raw=b" " * (4 * 1024 * 1024)).status_code in (400, 413)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_a_moment_at_the_ends_of_time_is_one_that_can_have_been(at: str, sent: Message, now: datetime) -> None:
    assert called(said(sent, at=at), now).status_code == 202
    assert DeliveryEvent.objects.get().at == now


@pytest.mark.parametrize("path", [MESSAGING, MAIL])
def test_nothing_is_there_to_look_at(path: str, settings: Settings) -> None:
    assert Client().get(path).status_code == (405 if path == MESSAGING else 404)


# The reports of a provider whose API sends our mail, as Postmark makes them.

DELIVERY = {
    "RecordType": "Delivery",
    "MessageID": "pm-1",
    "Recipient": "carla@customer.example",
    "DeliveredAt": "2026-11-30T11:59:00Z",
    "Details": "Test",
    "ServerID": 23,
}
BOUNCE = {
    "RecordType": "Bounce",
    "ID": 42,
    "Type": "HardBounce",
    "TypeCode": 1,
    "MessageID": "pm-1",
    "Email": "carla@customer.example",
    "BouncedAt": "2026-11-30T11:59:00Z",
    "Description": "The server was unable to deliver your message.",
    "Details": "smtp;550 5.1.1 no such user",
    "Inactive": True,
    "CanActivate": True,
}
DEFERRAL = BOUNCE | {"ID": 43, "Type": "Transient", "TypeCode": 2}
SPAM = BOUNCE | {"RecordType": "SpamComplaint", "ID": 44, "Type": "SpamComplaint", "TypeCode": 512}
OPEN = DELIVERY | {"RecordType": "Open", "ReceivedAt": "2026-11-30T11:59:00Z"}


@pytest.fixture
def postmark(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "token", "WEBHOOK_SECRET": "postmark:secret"}


def reported(body: object, known: str = "postmark:secret") -> int:
    sign_in = "Basic " + b64encode(known.encode()).decode()
    content = json.dumps(body)
    return Client(headers={"authorization": sign_in}).post(MAIL, content, content_type="application/json").status_code


@pytest.fixture
def by_postmark(sent: Message, postmark: None) -> Message:
    Attempt.objects.filter(message=sent).update(provider_id="pm-1")
    return sent


@pytest.mark.parametrize(
    ("body", "kind", "state"),
    [
        (DELIVERY, EventKind.DELIVERED, MessageState.SENT),
        (BOUNCE, EventKind.BOUNCED, MessageState.FAILED),
        (DEFERRAL, EventKind.DELAYED, MessageState.SENT),
        (SPAM, EventKind.COMPLAINED, MessageState.SENT),
    ],
    ids=["delivered", "bounced", "delayed", "called spam"],
)
def test_a_provider_s_report_is_taken_once(
    body: dict[str, object], kind: EventKind, state: MessageState, by_postmark: Message
) -> None:
    for _again in range(2):
        assert reported(body) == 200
    row = DeliveryEvent.objects.get()
    assert (row.source, row.kind) == ("anymail:postmark", kind)
    by_postmark.refresh_from_db()
    assert by_postmark.state == state


def test_by_the_key_that_we_gave_it_a_message_is_found_whose_id_we_never_heard(sent: Message, postmark: None) -> None:
    assert reported(BOUNCE | {"MessageID": "pm-unknown", "Metadata": {"key": sent.key}}) == 200
    sent.refresh_from_db()
    assert sent.state == MessageState.FAILED


def test_a_delivery_and_a_bounce_of_one_message_are_two_reports(by_postmark: Message) -> None:
    reported(DELIVERY)
    reported(BOUNCE)
    assert [row.counted for row in DeliveryEvent.objects.all()] == [True, True]


def test_who_opened_a_mail_is_nothing_that_we_keep(by_postmark: Message) -> None:
    assert reported(OPEN) == 200
    assert not DeliveryEvent.objects.exists()


def test_what_is_not_ours_is_taken_and_says_nothing(by_postmark: Message) -> None:
    for unknown in ({"MessageID": "pm-9"}, {"MessageID": "\x00"}, {"MessageID": "pm-9", "Metadata": {"key": "\x00"}}):
        assert reported(BOUNCE | unknown) == 200
    assert not DeliveryEvent.objects.exists()


def test_who_does_not_know_the_secret_is_refused(by_postmark: Message) -> None:
    assert reported(BOUNCE, "postmark:wrong") == 400
    assert Client().post(MAIL, json.dumps(BOUNCE), content_type="application/json").status_code == 400
    assert not DeliveryEvent.objects.exists()


def test_without_a_provider_or_without_a_secret_there_is_no_such_page(sent: Message, settings: Settings) -> None:
    assert reported(BOUNCE) == 404
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "token"}
    assert reported(BOUNCE) == 404
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "token", "WEBHOOK_SECRET": ""}
    assert reported(BOUNCE) == 404


def test_a_provider_without_reports_has_no_such_page(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "anymail.backends.scaleway.EmailBackend"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "postmark:secret"}
    assert reported(BOUNCE) == 404


def test_a_report_in_broken_words_is_a_bad_request_or_nothing(by_postmark: Message) -> None:
    headers = {"authorization": "Basic " + b64encode(b"postmark:secret").decode()}
    client = Client(headers=headers, raise_request_exception=False)
    for raw in (b"", b"{", b"[]", b"null", b"\xff"):
        client.post(MAIL, raw, content_type="application/json")
    assert not DeliveryEvent.objects.exists()
