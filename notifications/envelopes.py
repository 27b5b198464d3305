"""What every mail has in common: its headers, one line for a subject, lines that are short enough to read."""

import re
import textwrap

from django.conf import settings
from django.core.mail.message import sanitize_address

from notifications.models import Message

WIDTH = 76
BULLET = re.compile(r"^(\s*[-–]\s+)?")


def headers(message: Message) -> dict[str, str]:
    """Return the headers that every mail of ours carries."""
    return {
        "Message-ID": message_id(message),
        "Content-Language": message.language,
        "Auto-Submitted": "auto-generated",
    }


def message_id(message: Message) -> str:
    """Return the same Message-ID for every attempt, so that a mail that came twice shows as one."""
    return f"<{message.key}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"


def is_addressable(recipient: str) -> bool:
    """Return whether a mail can be addressed like this: one address, whose part before the @ is in ASCII.

    A domain may be in any script; it is sent as it is registered. What stands before the @ reaches a mailbox only as it
    is, which a relay need not carry (RFC 6531): encoded it would be another's.
    """
    try:
        address = sanitize_address(recipient, "utf-8")
    except ValueError:  # a line break, several addresses, or a domain that cannot be: UnicodeError is one
        return False
    return recipient.isprintable() and recipient.rpartition("@")[0].isascii() and "@" in address


def one_line(text: str) -> str:
    """Return a text on one line, for a subject."""
    return " ".join(text.split())


def wrapped(text: str) -> str:
    """Return a text whose lines are short enough to read in any program; addresses stay whole, points are indented."""
    lines = [_wrapped(line.rstrip()) for line in text.strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def _wrapped(line: str) -> str:
    if len(line) <= WIDTH or "://" in line:
        return line
    bullet = BULLET.match(line)
    indent = " " * len(bullet.group()) if bullet else ""
    return textwrap.fill(line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
