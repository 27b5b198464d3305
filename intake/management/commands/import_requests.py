"""manage.py import_requests: earlier records, or many requests at once, from a file."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import ngettext
from tqdm import tqdm

from intake.actions.importing import Summary, import_file
from intake.imports.problems import FileRefused
from ledger.actions import checkpoint


class Command(BaseCommand):
    help = "Import requests from a CSV or JSON file: every row, or none. docs/import.md describes the format."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv|FILE.json")
        parser.add_argument("--dry-run", action="store_true", help="check everything and say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        now = timezone.now()
        try:
            summary = self._import(options["file"], options["dry_run"])
        except FileRefused as refused:
            for line in refused.lines:
                self.stderr.write(line)
            sys.exit(1)
        if not options["dry_run"]:
            checkpoint(now)
        self._report(summary)

    def _import(self, path: Path, dry_run: bool) -> Summary:
        total = path.stat().st_size if path.is_file() else 0
        with tqdm(total=total, unit="B", unit_scale=True, file=sys.stderr, disable=not sys.stderr.isatty()) as bar:
            return import_file(
                path, now=timezone.now(), dry_run=dry_run, progress=lambda done: bar.update(done - bar.n)
            )

    def _report(self, summary: Summary) -> None:
        for line in summary.warnings:
            self.stderr.write(line)
        if summary.unlisted:
            self.stderr.write(
                ngettext("and %d more warning", "and %d more warnings", summary.unlisted) % summary.unlisted
            )
        counts = {"imported": summary.imported, "there": summary.already_there, "held": summary.held}
        self.stdout.write("imported {imported}, already there {there}, held {held}".format(**counts))
