"""manage.py ledger_grants --role NAME [--apply]"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from ledger import grants


class Command(BaseCommand):
    help = "Print (or apply, as the owner of the tables) the rights of the application's database role on the ledger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--role", required=True, help="the role that the application connects as in production")
        parser.add_argument("--apply", action="store_true", help="run the statements instead of printing them")

    def handle(self, *, role: str, apply: bool, **_options: Any) -> None:
        if not apply:
            self.stdout.write("".join(f"{statement};\n" for statement in grants.statements(role)), ending="")
            return
        try:
            with transaction.atomic():
                grants.apply(role)
        except DatabaseError as error:
            raise CommandError(str(error).splitlines()[0]) from None
        self.stdout.write(_("%(role)s may add to the ledger and read it, nothing else.") % {"role": role})
