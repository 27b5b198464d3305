"""Signed calls between Writdesk and the operator's other systems, both ways, by one shared secret.

Standard: Standard Webhooks 1.0.0 (standardwebhooks.com), symmetric signatures: HMAC-SHA256 over id, time and body.
"""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta

TOLERANCE = timedelta(minutes=5)  # either way, for clocks that differ; older calls are somebody's replay
PREFIX = "whsec_"


class BadSignature(Exception):
    """The call is not from whom it says, was changed on its way, or is too old."""


def signed(secret: str, message_id: str, body: bytes, now: datetime) -> dict[str, str]:
    """Return the headers that prove that we send this body now."""
    timestamp = str(int(now.timestamp()))
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{_signature(secret, message_id, timestamp, body)}",
    }


def require_signature(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """Return the id of a call whose signature is right and whose time is near. Raises BadSignature."""
    message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not secret or not message_id or not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > 12:
        raise BadSignature
    if abs(now.timestamp() - int(timestamp)) > TOLERANCE.total_seconds():
        raise BadSignature
    right = f"v1,{_signature(secret, message_id, timestamp, body)}".encode()
    # Several may stand there, while a secret is being changed.
    given = headers.get("webhook-signature", "").split(" ")
    if not any(hmac.compare_digest(right, one.encode()) for one in given):
        raise BadSignature
    return message_id


def _signature(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    key = b64decode(secret.removeprefix(PREFIX)) if secret.startswith(PREFIX) else secret.encode()
    return b64encode(hmac.digest(key, f"{message_id}.{timestamp}.".encode() + body, "sha256")).decode()
