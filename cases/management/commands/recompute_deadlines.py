"""Compute every running deadline anew, after the rules' data or the receiving office's zone or country changed."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cases.actions.recomputing import recompute_deadlines


class Command(BaseCommand):
    help = "Compute the deadlines of all open cases anew; write, and enter in the ledger, those that differ."

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = recompute_deadlines(now=timezone.now())
        self.stdout.write(
            f"{done.looked_at} deadlines looked at, {done.changed} changed, {done.left} left as they were."
        )
