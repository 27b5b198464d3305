"""Reports of mail servers on what became of a mail: read, and told which message of ours they are of.

Standard: RFC 3464 (an extensible message format for delivery status notifications), RFC 3461 (the envelope's id).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from hashlib import sha256

from notifications.states import EventKind

KEY = re.compile(r"<?([0-9a-f]{32})(?:@|>|$)")
LARGEST = 1024 * 1024  # bytes; a report repeats at most the headers of what it is of
KINDS = {"failed": EventKind.BOUNCED, "delayed": EventKind.DELAYED, "delivered": EventKind.DELIVERED}


class NotAReport(Exception):
    """The mail is no report of delivery, or is of no message of ours."""


@dataclass(frozen=True)
class Report:
    """What a mail server reports of one message: its key, and what became of it."""

    key: str
    kind: EventKind
    event_id: str  # the same for the same report, however often it comes


def read(mail: bytes) -> Report:
    """Return what a report says; of several recipients the worst, for each of our messages has one.

    Raises NotAReport for anything else. What a mail is not: proof of who sent it. The key in it is known to nobody but
    us and whom the message went to.
    """
    if len(mail) > LARGEST:
        raise NotAReport("larger than any report")
    try:
        key, kind = _read(mail)
    except NotAReport:
        raise
    except Exception:
        # Anybody may write to the address, and the parser has more ways to stumble than it names.
        raise NotAReport("not to be read as a mail") from None
    return Report(key, kind, sha256(mail).hexdigest())


def _read(mail: bytes) -> tuple[str, EventKind]:
    # Headers as they stand: to be understood they need not be decoded, and what is wrong in them harms nobody.
    parsed = message_from_bytes(mail)
    if parsed.get_content_type() != "multipart/report":
        raise NotAReport("not a report")
    fields = list(_fields(parsed))
    kinds = {KINDS[action] for one in fields if (action := one.get("action", "")) in KINDS}
    if not kinds:
        raise NotAReport("it reports nothing that we act on")
    key = next((match[1] for name in _names(parsed, fields) if (match := KEY.search(name))), None)
    if key is None:
        raise NotAReport("it is of no message of ours")
    return key, next(kind for kind in (EventKind.BOUNCED, EventKind.DELIVERED, EventKind.DELAYED) if kind in kinds)


def _fields(parsed: Message) -> Iterator[dict[str, str]]:
    """Yield the blocks of fields of the machine-readable part: the first is of the message, others of recipients."""
    for part in parsed.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in _parts(part):
                yield {name.lower(): str(value).strip().lower() for name, value in block.items()}


def _names(parsed: Message, fields: list[dict[str, str]]) -> Iterator[str]:
    """Yield what may name the message: the envelope's id that we gave it, the Message-ID of what came back."""
    yield from (one["original-envelope-id"] for one in fields if "original-envelope-id" in one)
    for part in parsed.walk():
        if part.get_content_type() == "text/rfc822-headers":
            decoded = part.get_payload(decode=True)
            headers = decoded.decode("latin-1") if isinstance(decoded, bytes) else ""
            yield from re.findall(r"(?im)^message-id:\s*(\S+)", headers)
        elif part.get_content_type() == "message/rfc822":
            yield from (str(inner["Message-ID"] or "").strip() for inner in _parts(part))


def _parts(part: Message) -> list[Message]:
    """Return the messages inside a part; none where it is only text."""
    inner = part.get_payload()
    return [one for one in inner if isinstance(one, Message)] if isinstance(inner, list) else []
