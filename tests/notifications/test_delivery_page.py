"""docs/delivery.md shows calls whose signatures are right: its numbers are taken from the page."""

import json
import re
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import pytest

from notifications.signatures import signed
from notifications.transports.webhook import _as_json, _outcome
from tests.notifications.transports.mails import mail

PAGE = (Path(__file__).parents[2] / "docs" / "delivery.md").read_text(encoding="utf-8")
CALL = re.compile(
    r"    POST (?P<path>\S+) HTTP/1\.1\n    Content-Type: application/json\n    webhook-id: (?P<id>\S+)\n"
    r"    webhook-timestamp: (?P<time>\d+)\n    webhook-signature: (?P<signature>\S+)\n\n    (?P<body>\{.*\})\n"
)
CALLS = list(CALL.finditer(PAGE))


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call["path"])
def test_the_signature_of_each_call_follows_from_its_secret_id_time_and_body(call: re.Match[str]) -> None:
    (secret,) = set(re.findall(r"`(whsec_[\w+/=]+)`", PAGE))
    at = datetime.fromtimestamp(int(call["time"]), UTC)
    assert signed(secret, call["id"], call["body"].encode(), at)["webhook-signature"] == call["signature"]


def test_the_moment_of_the_first_is_the_one_that_the_page_names() -> None:
    assert [call["path"] for call in CALLS] == ["/messages", "/hooks/messaging/"]
    assert datetime.fromtimestamp(int(CALLS[0]["time"]), UTC).isoformat().replace("+00:00", "Z") in PAGE


def test_the_message_has_the_fields_that_we_send() -> None:
    assert json.loads(CALLS[0]["body"]).keys() == _as_json("key", mail()).keys()


def test_the_table_of_answers_says_what_the_transport_does() -> None:
    rows = re.findall(r"^\| ([^|]+) \| (you have it|you have nothing|there is|nobody)", PAGE, re.MULTILINE)
    said = {"you have it": "sent", "you have nothing": "deferred", "there is": "refused", "nobody": "unknown"}
    for answers, meaning in rows:
        for status in map(int, re.findall(r"\d{3}", answers)):
            assert (_outcome(HTTPStatus(status)) or "unknown") == said[meaning], status
    assert {meaning for _answers, meaning in rows} == said.keys()
