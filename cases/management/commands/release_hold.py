"""Let a restored or rolled-back installation act again, as two people agree (invariant 14)."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from cases.actions.changing import Refused
from cases.actions.installation import release_installation
from cases.queries.installation import Waiting, hold_in_force, waiting


class Command(BaseCommand):
    help = "Show what waits while the installation is held, and release it: both people give their passwords."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", nargs=2, help="of the two people who release it, one of them counsel")
        parser.add_argument(
            "--orders-recorded",
            action="store_true",
            help="every order not to tell that was received since the backup is recorded",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        hold = hold_in_force()
        now = timezone.now()
        if hold:
            self.stdout.write(f"Held since {hold.held_at:%Y-%m-%d %H:%M %Z}. {hold.get_because_display()}")
            self._show(waiting(now))
        try:
            first, second = (self._sign_in(email) for email in options["email"]) if hold else (User(), User())
            release_installation(first=first, second=second, orders_recorded=options["orders_recorded"], now=now)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write("Released.")

    def _show(self, found: Waiting) -> None:
        self.stdout.write(
            f"{found.notices_due} notices are due, {found.perhaps_told} perhaps left before.\n"
            f"{found.silent} are withheld.\n"
            f"{found.releases} productions are approved and not released.\n"
            f"{found.deadlines_passed} deadlines have passed.\n"
            f"{found.not_looked_at} things arrived and were not looked at."
        )

    def _sign_in(self, email: str) -> User:
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if not user or not user.check_password(getpass.getpass(f"Password of {email}: ")):
            raise CommandError(f"{email}: no such account, or not its password.")
        return user
