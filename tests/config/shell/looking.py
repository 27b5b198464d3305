"""What can be measured about a page in a browser, and what can be read in its source."""

import re
from collections import Counter
from pathlib import Path

from playwright.sync_api import Page

TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
PART_CONTRAST = 3  # WCAG 2.2, 1.4.11

FORBIDDEN = re.compile(r"\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=|<style|javascript:|(?:src|href)=\"(?:https?:)?//")

HERE = Path(__file__).parent
CONTRASTS = (HERE / "contrasts.js").read_text()
SMALL_TARGETS = (HERE / "targets.js").read_text()


def poor_contrasts(page: Page) -> list[str]:
    """Return the texts and borders of the page that are too faint, in the theme that it shows now."""
    least = {"text": TEXT_CONTRAST, "border": PART_CONTRAST}
    measured = page.evaluate(CONTRASTS)
    assert measured, "the page has no text to measure"
    return [f"{kind} {what!r}: {ratio:.2f}" for kind, what, ratio in measured if ratio < least[kind]]


def small_targets(page: Page, least: float) -> list[str]:
    """Return the controls lower than so many pixels; links within a sentence may be (WCAG 2.2, 2.5.8)."""
    return list(page.evaluate(SMALL_TARGETS, least))


def scrolls_sideways(page: Page) -> bool:
    """Return whether the page is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def faults_of_source(html: str) -> list[str]:
    """Return what our policy would block, and every reference to an id or icon that the page does not have."""
    ids = re.findall(r'\bid="([^"]+)"', html)
    faults = [f"not allowed by our policy: {found}" for found in FORBIDDEN.findall(html)]
    faults += [f"id twice: {name}" for name, times in Counter(ids).items() if times > 1]
    for attribute, names in re.findall(r'\b(for|aria-describedby|aria-labelledby|popovertarget)="([^"]+)"', html):
        faults += [f"{attribute} points to nothing: {name}" for name in names.split() if name not in ids]
    faults += [f"a link to nothing here: #{name}" for name in re.findall(r'href="#([^"]+)"', html) if name not in ids]
    return faults
