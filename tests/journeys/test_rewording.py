"""Counsel rewords a mail in the browser: what the frame shows, and that the page reads well everywhere."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize

from accounts.models import User
from notifications.versions import in_use
from tests import lives
from tests.config.shell import looking
from tests.journeys.walking import Walker
from tests.lives import Staff
from tests.notifications.wordings import GOOD, SUBJECT

pytestmark = pytest.mark.django_db(transaction=True)

Walk = Callable[[User], Walker]
HERE = "/notices/wordings/request_for_data/en/"
PHONE, WIDE = ViewportSize(width=360, height=780), ViewportSize(width=1440, height=1000)


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_counsel_rewords_a_mail_and_another_puts_it_in_use(walker: Callable[[User], Walker], staff: Staff) -> None:
    ines = walker(staff.ines).page
    ines.goto("/notices/wordings/")
    shot(ines, "board")
    ines.goto(HERE)
    shot(ines, "builtin")
    frame = ines.frame_locator("iframe")
    assert frame.locator("h1").inner_text().endswith("asks us for information about you")
    assert frame.locator("main").evaluate("main => getComputedStyle(main).maxWidth") != "none", "its own style holds"
    ines.goto(f"{HERE}write/")
    shot(ines, "write")
    ines.fill("[name=subject]", SUBJECT)
    ines.fill("[name=text]", GOOD["request_for_data"].replace("{{ law }}", "{{ lew }}"))
    ines.fill("[name=reason]", "Plainer for who reads it on a phone.")
    ines.click("main form button[type=submit]")
    assert "Do you mean “law”?" in ines.locator(".error-summary").inner_text()
    shot(ines, "refused")
    ines.fill("[name=text]", GOOD["request_for_data"])
    ines.click("main form button[type=submit]")
    ines.get_by_role("button", name="Propose").click()
    paul = walker(staff.paul).page
    paul.goto(f"{HERE}?version=1")
    shot(paul, "approve")
    paul.emulate_media(reduced_motion="reduce")
    for screen in (PHONE, WIDE):
        paul.set_viewport_size(screen)
        assert not looking.scrolls_sideways(paul)
        for theme in ("light", "dark"):
            paul.emulate_media(color_scheme=theme)
            assert looking.poor_contrasts(paul) == []
        shot(paul, f"approve{screen['width']}")
    paul.get_by_role("button", name="Approve").click()
    assert paul.frame_locator("iframe").locator("h1").inner_text() == "Somebody asks for your data"
    assert in_use("request_for_data", "en")


def test_a_real_notice_is_looked_at_in_its_frame(walker: Callable[[User], Walker], staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now, customers=[lives.carla(language="fr")]), staff, now)
    page = walker(staff.analyst).page
    page.goto(f"/notices/{case.reference}/1/")
    page.get_by_role("link", name="Look at what it says").click()
    frame = page.frame_locator("iframe")
    assert frame.locator("html").get_attribute("lang") == "fr"
    assert case.agency.name in frame.locator("h1").inner_text()
    page.get_by_role("link", name="On a phone").click()
    assert page.locator("iframe").bounding_box()["width"] == 360  # type: ignore[index]
    assert not looking.scrolls_sideways(page)
    frame.locator("h1").wait_for()
    shot(page, "real")
    frame.get_by_role("link", name="Ouvrir votre page").click()
    assert page.url.endswith("width=phone"), "the frame leads nowhere"
