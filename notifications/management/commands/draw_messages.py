"""Draw docs/messages.md from the catalogue of mails."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from notifications.messages_page import page

PAGE = Path(settings.BASE_DIR) / "docs" / "messages.md"


class Command(BaseCommand):
    help = "Draw docs/messages.md from notifications/catalogue.py and notifications/described.py."

    def handle(self, *_args: object, **_options: object) -> None:
        PAGE.write_text(page(), encoding="utf-8")
        self.stdout.write(str(PAGE))
