"""manage.py demo: fill an empty database with demonstration cases."""

import sys
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from intake.demonstration.filling import NotEmpty, fill, tidy
from intake.demonstration.replaying import OwnerNeeded
from ledger.actions import checkpoint


class Command(BaseCommand):
    help = "Fill an empty database with demonstration cases. The same number, seed and hour give the same cases."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, default=300, metavar="N")
        parser.add_argument("--seed", default="writdesk")
        parser.add_argument("--now", metavar="ISO", help="the hour of the demonstration; default: this one")

    def handle(self, *args: Any, cases: int, seed: str, now: str | None, **options: Any) -> None:  # noqa: ARG002
        if settings.PRODUCTION:
            raise CommandError(_("Demonstration data has no place in production."))
        if cases < 1:
            raise CommandError(_("How many cases? One at least."), returncode=2)
        present = _instant(now) if now else timezone.now().replace(microsecond=0)
        with tqdm(total=cases, unit="case", file=sys.stderr, disable=not sys.stderr.isatty()) as bar:
            try:
                fill(cases, seed, present, bar.update)
            except (NotEmpty, OwnerNeeded) as refused:
                raise CommandError(str(refused)) from None
        checkpoint(present)
        tidy()
        self.stdout.write(_("Made %(cases)d demonstration cases.") % {"cases": cases})


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(
            _("%(text)s is no instant: write it as 2026-11-30T12:00:00Z.") % {"text": text}, returncode=2
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=timezone.get_current_timezone())
