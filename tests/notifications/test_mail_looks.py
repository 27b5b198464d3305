"""A mail reads well where it is read: on a phone and on a desk, in light and dark, and with no style at all."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from notifications.catalogue import MAILS
from tests import mails
from tests.config.shell import looking

DOCS = Path(__file__).parents[2] / "docs"


def test_every_mail_is_legible_in_both_themes_and_fits_a_phone(browser: Browser) -> None:
    for width in mails.WIDTHS:
        for theme in mails.THEMES:
            page = browser.new_page(viewport={"width": width, "height": 600}, color_scheme=theme)
            for name in MAILS:
                page.set_content(mails.html_of(name, "all", "de"))
                assert not looking.scrolls_sideways(page), name
                assert looking.poor_contrasts(page) == [], name
            page.close()


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_loads_nothing_and_lays_nothing_out_by_tables(name: str) -> None:
    html = mails.html_of(name, "all", "en")
    assert not re.search(r"<(img|table|script|link|iframe|svg)\b|url\(|@import", html)
    assert '<meta name="color-scheme" content="light dark">' in html


def test_the_pictures_of_the_docs_are_there_and_small() -> None:
    shown = re.findall(r"mails/([\w-]+\.png)", (DOCS / "mails.md").read_text(encoding="utf-8"))
    drawn = {path.name: path.stat().st_size for path in (DOCS / "mails").glob("*.png")}
    assert sorted(shown) == sorted(drawn)
    assert sorted(drawn) == sorted(
        f"{name}-{width}-{theme}.png"
        for name, _set, _language in mails.DRAWN
        for width in mails.WIDTHS
        for theme in mails.THEMES
    )
    assert max(drawn.values()) <= mails.MOST_BYTES
