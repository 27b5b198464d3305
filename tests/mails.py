"""python -m tests.mails [FOLDER]: draw five mails as mail programs show them, for docs/mails.md."""

import os
import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from tests.fixtures.browser import ARGUMENTS, CHROMIUM
from tests.png import smaller

FOLDER = Path(__file__).parents[1] / "docs" / "mails"
# Which mail, of which sample facts, in which language. The fonts of the other languages are not on every machine.
DRAWN = (
    ("request_for_data", "all", "en"),
    ("delayed_after_order", "window", "fr"),
    ("order_against_content", "effect", "de"),
    ("outcome", "all", "es"),
    ("reminder", "all", "pt"),
)
WIDTHS = (360, 600)  # a phone, and the column of most programs on a desk
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
MOST_BYTES = 150_000


def main() -> int:
    """Return 0 where all are drawn and none is too large."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        large = [path for path in draw(browser, folder) if path.stat().st_size > MOST_BYTES]
        browser.close()
    sys.stdout.write("\n".join(f"{path} is too large" for path in large) or f"{folder}\n")
    return 1 if large else 0


def draw(browser: Browser, folder: Path) -> list[Path]:
    """Draw each mail in both widths and both themes; return the pictures."""
    drawn = []
    for width in WIDTHS:
        for theme in THEMES:
            page = browser.new_page(viewport={"width": width, "height": 600}, color_scheme=theme)
            for name, sample_set, language in DRAWN:
                page.set_content(html_of(name, sample_set, language))
                drawn.append(folder / f"{name}-{width}-{theme}.png")
                drawn[-1].write_bytes(smaller(page.screenshot(full_page=True)))
            page.close()
    return drawn


def html_of(name: str, sample_set: str, language: str) -> str:
    """Return the HTML of a mail of sample facts, in the built-in words."""
    from notifications.catalogue import MAILS
    from notifications.previewing import Choice, of_sample

    return of_sample(Choice(MAILS[name], language, None), sample_set).html


if __name__ == "__main__":
    sys.exit(main())
