"""manage.py rebuild_facts [--check]"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ledger import projection


class Command(BaseCommand):
    help = "Make the facts that reports count again from the ledger, or prove with --check that they follow from it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if the facts differ")

    def handle(self, *, check: bool, **_options: Any) -> None:
        if not check:
            self.stdout.write(_("%(facts)d facts written.") % {"facts": projection.rebuild()})
            return
        found = projection.compare()
        if not found.is_equal:
            raise CommandError(
                _("The facts do not follow from the ledger: %(missing)d missing, %(surplus)d surplus.")
                % {"missing": found.missing, "surplus": found.surplus}
            )
        self.stdout.write(_("All %(facts)d facts follow from the ledger.") % {"facts": found.facts})
