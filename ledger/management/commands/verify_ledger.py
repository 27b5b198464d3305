"""manage.py verify_ledger [--json]"""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ledger.verification import Verdict, verify


class Command(BaseCommand):
    help = "Check every chain, head and checkpoint of the ledger; exit 1 if history was changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the verdict as one line of JSON")

    def handle(self, *, as_json: bool, **_options: Any) -> None:
        verdict = verify()
        self.stdout.write(_as_json(verdict) if as_json else _as_text(verdict))
        if verdict.first_break:
            sys.exit(1)


def _as_json(verdict: Verdict) -> str:
    return json.dumps(
        {
            "ok": verdict.first_break is None,
            "entries": verdict.entries,
            "streams": verdict.streams,
            "checkpoints": verdict.checkpoints,
            "files": verdict.files,
            "break": asdict(verdict.first_break) if verdict.first_break else None,
        }
    )


def _as_text(verdict: Verdict) -> str:
    if broken := verdict.first_break:
        return _("The ledger is broken: %(stream)s, entry %(seq)d: %(kind)s.") % asdict(broken)
    return _(
        "The ledger is whole: %(entries)d entries in %(streams)d streams, %(checkpoints)d checkpoints,"
        " %(files)d of them also outside the database."
    ) % {
        "entries": verdict.entries,
        "streams": verdict.streams,
        "checkpoints": verdict.checkpoints,
        "files": verdict.files,
    }
