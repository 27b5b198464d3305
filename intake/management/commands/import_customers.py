"""manage.py import_customers: the operator's customers, and whose accounts, domains and addresses are."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from tqdm import tqdm

from intake.actions.directory import import_customers
from intake.directory.staging import Counts
from intake.imports.problems import FileRefused


class Command(BaseCommand):
    help = "Import customers from a CSV or JSON file: every row, or none. docs/import.md describes the format."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv|FILE.json")
        parser.add_argument("--dry-run", action="store_true", help="check everything and say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        try:
            counts = self._import(options["file"], options["dry_run"])
        except FileRefused as refused:
            for line in refused.lines:
                self.stderr.write(line)
            sys.exit(1)
        self.stdout.write(f"new {counts.new}, changed {counts.changed}, unchanged {counts.unchanged}")

    def _import(self, path: Path, dry_run: bool) -> Counts:
        total = path.stat().st_size if path.is_file() else 0
        with tqdm(total=total, unit="B", unit_scale=True, file=sys.stderr, disable=not sys.stderr.isatty()) as bar:
            return import_customers(
                path, now=timezone.now(), dry_run=dry_run, progress=lambda done: bar.update(done - bar.n)
            )
