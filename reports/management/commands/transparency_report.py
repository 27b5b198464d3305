"""manage.py transparency_report --period 2018-H2 --format json|csv|html [--output DIR]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.actions import make
from reports.body import Body
from reports.formats import FORMATS
from reports.queries import revisions
from reports.rules.lines import DoesNotAddUp
from reports.rules.periods import BadPeriod, Period, period

WRONG_USAGE = 2


class Command(BaseCommand):
    help = "Write the transparency report of a period to a file and print its path."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--period", required=True, help="2018, 2018-H2 or 2018-Q3")
        parser.add_argument("--format", required=True, dest="ext", help=", ".join(FORMATS))
        parser.add_argument("--output", default=".", type=Path, metavar="DIR", help="the folder; default: this one")
        parser.add_argument(
            "--recount", action="store_true", help="count again where it is published; default: what was published"
        )

    def handle(self, *, period: str, ext: str, output: Path, recount: bool, **_options: Any) -> None:
        wanted = _period(period)
        if ext not in FORMATS:
            words = {"format": ext, "formats": ", ".join(FORMATS)}
            raise CommandError(_("“%(format)s” is not a format: choose %(formats)s.") % words, returncode=WRONG_USAGE)
        path = Path(output) / f"transparency-report-{wanted.label}.{ext}"
        try:
            _write(path, FORMATS[ext](_report(wanted, recount=recount)))
        except DoesNotAddUp as wrong:
            raise CommandError(str(wrong)) from None
        except OSError as failed:
            raise CommandError(f"{path}: {failed.strerror}") from None
        self.stdout.write(str(path))


def _period(label: str) -> Period:
    try:
        return period(label)
    except BadPeriod as wrong:
        raise CommandError(str(wrong), returncode=WRONG_USAGE) from None


def _report(wanted: Period, *, recount: bool) -> Body:
    published = None if recount else revisions(wanted.label).first()
    return published.figures if published else make(wanted, now=timezone.now()).body


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
