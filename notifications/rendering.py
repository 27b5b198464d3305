"""From a message to the mail that leaves: its facts, in the customer's language, as text and as HTML."""

import re
import textwrap
from datetime import datetime
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation

from cases.models import Case, NoticeDuty
from notifications import facts
from notifications.catalogue import MAILS
from notifications.models import Message
from notifications.saying import said

WIDTH = 76
BULLET = re.compile(r"^(\s*[-–]\s+)?")


def render(message: Message, case: Case, duty: NoticeDuty, now: datetime) -> EmailMultiAlternatives:
    """Return the mail of a message, in its wording or else the built-in words.

    Raises facts.MissingFact where it could not say all that it must, saying.WordingBroken where its wording is broken.
    """
    mail = MAILS[message.template]
    customer = duty.customer
    if customer is None:
        raise facts.MissingFact("customer")
    with translation.override(message.language), timezone.override(customer.zone):
        subject = facts.Subject(case, duty, customer, now)
        return _compose(message, facts.state(subject, mail.needs, mail.may))


def _compose(message: Message, context: facts.Context) -> EmailMultiAlternatives:
    words = said(MAILS[message.template], context, message.wording)
    mail = EmailMultiAlternatives(
        subject=words.subject,
        body=wrapped(words.text),
        from_email=formataddr((settings.WRITDESK.provider_name, settings.DEFAULT_FROM_EMAIL)),
        to=[message.recipient],
        headers={
            "Message-ID": message_id(message),
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(words.html, "text/html")
    return mail


def message_id(message: Message) -> str:
    """Return the same Message-ID for every attempt, so that a mail that came twice shows as one."""
    return f"<{message.key}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"


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
