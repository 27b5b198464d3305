"""Draw docs/workflow.md from the workflow's one page."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from cases.drawing import page

PAGE = Path(settings.BASE_DIR) / "docs" / "workflow.md"


class Command(BaseCommand):
    help = "Draw docs/workflow.md from cases/workflow.py."

    def handle(self, *_args: object, **_options: object) -> None:
        PAGE.write_text(page())
        self.stdout.write(str(PAGE))
