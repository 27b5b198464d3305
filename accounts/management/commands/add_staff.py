"""Make an account for a member of staff: how the first administrator comes to be."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.models import Role, User


class Command(BaseCommand):
    help = "Make an account. On a terminal it asks for the password; otherwise it prints a link to set one, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", action="append", default=[], choices=Role.values, help="may be given repeatedly")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        email, name = options["email"].strip(), options["name"].strip()
        self._check(email, name)
        password = self._ask_password(email, name) if sys.stdin.isatty() else None
        user = self._make(email, name, [Role(role) for role in dict.fromkeys(options["role"])], password)
        if password is None:
            self.stdout.write(settings.WRITDESK.public_url + _link(user))

    def _check(self, email: str, name: str) -> None:
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is not an e-mail address.") from None
        if not name:
            raise CommandError("Give the person’s name with --name.")

    def _ask_password(self, email: str, name: str) -> str:
        password = getpass.getpass("Password: ")
        if password != getpass.getpass("The same again: "):
            raise CommandError("The two passwords differ.")
        try:
            validate_password(password, User(email=email, name=name))
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from None
        return password

    def _make(self, email: str, name: str, roles: list[Role], password: str | None) -> User:
        try:
            with transaction.atomic():
                user = actions.add_staff(email=email, name=name, roles=roles, at=timezone.now())
                if password is not None:
                    user.set_password(password)
                    user.save(update_fields=["password"])
        except actions.AddressTaken as refused:
            raise CommandError(str(refused)) from None
        return user


def _link(user: User) -> str:
    """Return the path that lets the person set a password once; it stops working when they have."""
    keys = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return reverse("account_reset_password_from_key", kwargs=keys)
