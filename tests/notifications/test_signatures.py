"""Who calls, and that nothing was changed: Standard Webhooks 1.0.0, both ways."""

from base64 import b64encode
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.signatures import TOLERANCE, BadSignature, require_signature, signed

SECRET = "a shared secret of thirty-two or more"
BODY = b'{"id": "0123", "event": "delivered"}'


def headers(now: datetime, **changed: str) -> dict[str, str]:
    return signed(SECRET, "report-1", BODY, now) | {f"webhook-{name}": value for name, value in changed.items()}


def test_what_we_sign_is_right_for_who_has_the_secret(now: datetime) -> None:
    assert require_signature(SECRET, headers(now), BODY, now) == "report-1"


def test_a_signature_is_right_beside_another_while_a_secret_is_changed(now: datetime) -> None:
    right = headers(now)["webhook-signature"]
    assert require_signature(SECRET, headers(now, signature=f"v1,bm90IG91cnM= {right}"), BODY, now) == "report-1"


@pytest.mark.parametrize("moved", [TOLERANCE, -TOLERANCE, timedelta(0)])
def test_clocks_may_differ_a_little(moved: timedelta, now: datetime) -> None:
    assert require_signature(SECRET, headers(now), BODY, now + moved) == "report-1"


@pytest.mark.parametrize("moved", [TOLERANCE + timedelta(seconds=1), -TOLERANCE - timedelta(seconds=1)])
def test_an_old_call_is_somebody_s_replay(moved: timedelta, now: datetime) -> None:
    with pytest.raises(BadSignature):
        require_signature(SECRET, headers(now), BODY, now + moved)


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "report-2"},
        {"id": ""},
        {"timestamp": "1796040001"},
        {"timestamp": ""},
        {"timestamp": "soon"},
        {"timestamp": "-1796040000"},
        {"timestamp": "1.796e9"},
        {"timestamp": "9" * 400},
        {"timestamp": "١٧٩٦٠٤٠٠٠٠"},
        {"signature": ""},
        {"signature": "v1,"},
        {"signature": "v1,bm90IG91cnM="},
        {"signature": "v1a,bm90IG91cnM="},
        {"signature": "ü"},
    ],
    ids=str,
)
def test_what_was_changed_on_its_way_is_refused(changed: dict[str, str], now: datetime) -> None:
    with pytest.raises(BadSignature):
        require_signature(SECRET, headers(now, **changed), BODY, now)


def test_another_body_another_secret_and_none_are_refused(now: datetime) -> None:
    for secret, body in ((SECRET, BODY + b" "), ("another secret", BODY), ("", BODY)):
        with pytest.raises(BadSignature):
            require_signature(secret, headers(now), body, now)
    with pytest.raises(BadSignature):
        require_signature("", signed("", "report-1", BODY, now), BODY, now)


def test_a_secret_may_be_written_as_the_standard_writes_it(now: datetime) -> None:
    """The standard's own example."""
    at = datetime.fromtimestamp(1614265330, now.tzinfo)
    found = signed(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}', at
    )
    assert found["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(st.text(), st.text(), st.text(), st.binary())
def test_no_header_and_no_body_raises_anything_else(one: str, two: str, three: str, body: bytes) -> None:
    now = datetime.fromisoformat("2026-11-30T12:00:00+00:00")
    sent = {"webhook-id": one, "webhook-timestamp": two, "webhook-signature": three}
    with pytest.raises(BadSignature):
        require_signature(SECRET, sent, body, now)


def test_a_secret_written_as_the_standard_writes_it_is_random_bytes(now: datetime) -> None:
    raw = b"r" * 32
    written = "whsec_" + b64encode(raw).decode()
    assert signed(written, "m", BODY, now) == signed(raw.decode(), "m", BODY, now)
