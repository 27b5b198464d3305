"""Notices a second into a relay by two workers, against two processes that send the same mails by smtplib."""

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from datetime import datetime
from multiprocessing import get_context

from django.conf import settings

from accounts.demonstration import make_people
from benchmarks import sink
from benchmarks.bench import Bench
from benchmarks.child import apart
from benchmarks.measuring import Row
from benchmarks.owing import owe
from benchmarks.sink import Mail
from cases.actions.agencies import find_or_add_agency
from cases.models import Customer
from notifications.actions.planning import plan_notices
from notifications.actions.sending import send_due

NOTICES = 1_000
WORKERS = 2
PARTS = 4  # sent in turn with the floor, so that what else the machine does meets both


def rows(bench: Bench) -> Iterator[Row]:
    """Yield notices a second: claimed, attempted, sent and settled, each in its two transactions."""
    with sink.running() as relay, bench.databases.copy("notices").chosen():
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", relay.port
        settings.EMAIL_USE_TLS = True
        _plan(1, bench.now)
        send_due(now=bench.now)  # what a worker does once, and hands on to the processes that follow: read templates
        relay.taken()
        ours = floor = 0.0
        sent = 0
        for _part in range(PARTS):
            planned = _plan(bench.size(NOTICES // PARTS), bench.now)
            ours += apart(lambda: send_due(now=bench.now), times=WORKERS).seconds
            mails = relay.taken()
            assert len(mails) == planned, f"{planned} planned, {len(mails)} sent"
            floor += _by_hand(mails, relay.port)
            assert len(relay.taken()) == planned
            sent += planned
    yield Row(
        f"notices sent by {WORKERS} workers, {sent} in all",
        f"{sent / ours:.0f}/s",
        f"{WORKERS} processes of smtplib, a connection with STARTTLS a mail: {sent / floor:.0f}/s",
        ours / floor,
        "≤ 1.67",  # three fifths of what the floor sends
    )


def _by_hand(mails: Sequence[Mail], port: int) -> float:
    """Return the seconds in which as many processes send the mails, each its share."""
    number = get_context("fork").Value("i", 0)

    def send_share() -> None:
        with number.get_lock():
            mine = number.value
            number.value += 1
        for mail in mails[mine::WORKERS]:
            with smtplib.SMTP("127.0.0.1", port) as connection:
                connection.starttls(context=ssl.create_default_context())
                connection.sendmail(mail.sender, mail.recipients, mail.text)

    return apart(send_share, times=WORKERS).seconds


def _plan(number: int, now: datetime) -> int:
    """Plan so many notices, each of a case and to a customer of its own; return how many were planned."""
    agency = find_or_add_agency(name="Springfield Police", country="US", kind="law_enforcement", now=now)
    ana = make_people(now)["ana"]
    first = Customer.objects.count()
    for place in range(first, first + number):
        owe(agency, f"carla{place}@customer.example", due_at=now, by=ana, now=now)
    return plan_notices(now=now)
