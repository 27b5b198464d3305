"""Take a report of a mail server on what became of a mail of ours: for the alias that RETURN_PATH names."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone

from notifications.actions.events import Event, take_event
from notifications.dsn import LARGEST, NotAReport, read


class Command(BaseCommand):
    help = "Read one report of delivery (RFC 3464) from standard input: a mail that came back is a person's work."

    def handle(self, *_args: Any, **_options: Any) -> None:
        now = timezone.now()
        try:
            report = read(sys.stdin.buffer.read(LARGEST + 1))
        except NotAReport as error:
            raise CommandError(f"Not taken: {error}.") from None
        event = Event("dsn", report.event_id, report.kind, now, key=report.key)
        try:
            is_ours = take_event(event, now=now)
        except OperationalError:
            # The mail server keeps the report and brings it again.
            raise CommandError("Not taken: the database does not answer.", returncode=os.EX_TEMPFAIL) from None
        if not is_ours:
            raise CommandError("Not taken: it is of no message of ours.")
        self.stdout.write(f"Taken: {report.kind}.")
