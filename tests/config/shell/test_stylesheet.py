"""The stylesheet and the sprite hold together."""

import re
from pathlib import Path

from django.conf import settings

CONFIG = Path(settings.BASE_DIR) / "config"
CSS = (CONFIG / "static" / "writdesk" / "writdesk.css").read_text()
TEMPLATES = [path for path in Path(settings.BASE_DIR).glob("*/templates/**/*.html") if ".venv" not in path.parts]


def test_old_browsers_get_the_light_half_of_every_colour() -> None:
    light = dict(re.findall(r"(--[\w-]+):\s+light-dark\(([^,]+(?:\([^)]*\))?)\s*,", CSS))
    block = CSS[CSS.index("@supports not (color") : CSS.index("@media (pointer: coarse) { :root")]
    fallback = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block))
    assert light == fallback


def test_nothing_is_loaded_from_elsewhere_and_no_side_is_named_left_or_right() -> None:
    assert not re.findall(r"https?://|@import|@font-face", CSS)
    assert not re.findall(r"(?:margin|padding|border|inset)-(?:left|right)|(?<![\w-])(?:left|right):", CSS)


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="i-([\w-]+)"', (CONFIG / "templates" / "_sprite.html").read_text()))
    named = {name for path in TEMPLATES for name in re.findall(r'{% icon "([\w-]+)"|icon="([\w-]+)"', path.read_text())}
    assert named
    assert {first or second for first, second in named} <= sprite


# Read outside the site, where no stylesheet of ours is: in a mail program, and as a file of its own.
STAND_ALONE = {"mail.html", "file.html"}


def test_no_template_of_the_site_brings_its_own_style_or_script() -> None:
    inline = re.compile(r"\sstyle=|<style|\son\w+=|hx-on|<script(?![^>]*\ssrc=)")
    pages = {path.name: re.sub(r"{%.*?%}", "", path.read_text()) for path in TEMPLATES}
    assert {name for name, text in pages.items() if inline.search(text)} == STAND_ALONE
