"""Ines hides a name in the order by two clicks and without a script, Paul agrees to the file, and Carla reads it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from accounts.models import User
from cases.models import Redaction, RedactionBox
from cases.queries.redactions import pdf_of
from cases.redaction.rendering import find
from tests import lives
from tests.cases.redacting import SECRET, with_order
from tests.cases.redaction.looking import holds
from tests.fixtures.mail import Sink
from tests.journeys.test_told_first import enter
from tests.journeys.walking import Clock, Walker
from tests.lives import Staff
from tests.notifications.scene import plan_and_send, token_in

pytestmark = pytest.mark.django_db(transaction=True)


class WithoutScript(Walker):
    """A walker whose browser runs no script."""

    def __init__(self, browser: Browser, site: str, user: User) -> None:
        super().__init__(browser, site, user)
        self.context.close()
        self.context = browser.new_context(base_url=site, locale="en-GB", java_script_enabled=False)
        self.context.set_default_timeout(20_000)
        self.page = self.context.new_page()


def click(page: Page, x: float, y: float) -> None:
    """Click on a place of the sheet, in fractions of it."""
    box = page.locator("input.sheet").bounding_box()
    assert box is not None
    page.locator("input.sheet").click(position={"x": x * box["width"], "y": y * box["height"]})


def test_a_name_is_hidden_by_two_clicks(
    browser: Browser,
    live_site: str,
    walker: Callable[[User], Walker],
    smtp_sink: Sink,
    page: Page,
    clock: Clock,
    staff: Staff,
    tmp_path: Path,
) -> None:
    case = lives.notice_pending(lives.received(clock.at), staff, clock.at)
    original = with_order(case, clock.at)
    plan_and_send(clock.at)
    (name,) = find(pdf_of(original.document), SECRET)

    ines = WithoutScript(browser, live_site, staff.ines)
    ines.sign_in()
    ines.open(case)
    ines.page.get_by_role("link", name="Redact for the customer").click()
    ines.page.get_by_role("button", name="Begin to draw").click()
    ines.page.select_option("[name=reason]", "third_party")
    click(ines.page, name.x1 + 0.01, name.y1 + 0.01)
    assert "One corner is set" in ines.page.locator("main").inner_text()
    click(ines.page, name.x0 - 0.01, name.y0 - 0.01)
    ines.page.wait_for_load_state("networkidle")
    drawn = RedactionBox.objects.get()
    assert drawn.box.x0 < name.x0 < name.x1 < drawn.box.x1 < name.x1 + 0.02
    assert drawn.box.y0 < name.y0 < name.y1 < drawn.box.y1 < name.y1 + 0.02
    assert drawn.reason == "third_party"
    _keep(ines.page, "drawing")
    ines.page.get_by_role("link", name="See the result and propose it").click()
    ines.page.fill("[name=reason]", "The suspect is a third party.")
    ines.page.get_by_role("button", name="Propose to show this").click()
    ines.context.close()

    paul = walker(staff.paul)
    paul.page.goto("/approvals/")
    paul.page.get_by_role("link", name="See exactly what the customer would read").click()
    sheet = paul.page.locator("img.sheet").first
    assert sheet.evaluate("image => image.decode().then(() => image.naturalWidth)") == 760
    _keep(paul.page, "preview")
    paul.page.go_back()
    paul.page.fill("textarea[name=reason]", "Seen: the name is gone.")
    _keep(paul.page, "approvals")
    paul.page.get_by_role("button", name="Approve", exact=True).click()
    assert Redaction.objects.get().approved_at

    enter(page, smtp_sink, f"/notice/{token_in(smtp_sink.text())}/")
    _keep(page, "customer")
    with page.expect_download() as download:
        page.get_by_role("link", name="Read the document").click()
    kept = tmp_path / "document.pdf"
    download.value.save_as(kept)
    assert not holds(kept.read_bytes(), SECRET)


def _keep(page: Page, name: str) -> None:
    """Keep a picture of the page where a person wants to look: REDACTION_SHOTS names the folder."""
    if folder := os.environ.get("REDACTION_SHOTS"):
        page.wait_for_load_state("networkidle")
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
