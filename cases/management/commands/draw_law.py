"""Draw docs/law.md from the rules' own sources."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from cases.law_page import page

PAGE = Path(settings.BASE_DIR) / "docs" / "law.md"


class Command(BaseCommand):
    help = "Draw docs/law.md from cases/rules/data and what the rules say of the law."

    def handle(self, *_args: object, **_options: object) -> None:
        PAGE.write_text(page(), encoding="utf-8")
        self.stdout.write(str(PAGE))
