"""An answer reaches its agency: Ines makes a link, Osei opens it with the code that she was told, and fetches it once.

Then the request turns out to be forged: the link is shut, whoever has it.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from accounts.models import User
from cases.actions import productions
from cases.models import Case, Delivery
from tests import lives
from tests.journeys.walking import Clock, Walker
from tests.lives import Staff

pytestmark = pytest.mark.django_db(transaction=True)

SPOKEN = re.compile(r"\w{4}-\w{4}-\w{4}")  # a code; an address may have two hyphens as well
CONTENT = b"Carla Moreau, since 2019"


def released(staff: Staff, clock: Clock) -> Case:
    """Return a case whose one file was released a moment ago, its windows over."""
    case = lives.notified(lives.received(clock.at), staff, clock.at)
    later = clock.forward(days=15)
    file = lives.with_file(case, staff, later, CONTENT)
    proposal = lives.answer_proposed(case, staff, later, files=[str(file.document_id)])
    productions.release(approval_id=lives.approved(proposal, staff, later).pk, by=staff.ines, now=later)
    return lives.again(case)


def test_the_agency_fetches_its_answer_with_a_code_and_no_longer_once_it_is_forged(
    staff: Staff,
    clock: Clock,
    walker: Callable[[User], Walker],
    browser: Browser,
    live_site: str,
    tmp_path: Path,
) -> None:
    case = released(staff, clock)
    ines = walker(staff.ines)
    ines.page.goto(f"{case.get_absolute_url()}do/deliver-by-link/1/")
    ines.page.locator("[name=days]").fill("10")
    ines.page.locator("main form[method=post] button[type=submit]").last.click()
    ines.page.get_by_text("both are shown only now").wait_for()
    shown = ines.page.locator("main dl dd").all_inner_texts()
    address = next(one for one in shown if "/delivery/" in one)
    code = next(one for one in shown if SPOKEN.fullmatch(one))
    link = urlsplit(address).path

    osei = browser.new_context(base_url=live_site, accept_downloads=True).new_page()
    osei.goto(link)
    assert case.reference not in osei.content()
    osei.locator("input[name=code]").fill("AAAA-AAAA-AAAA")
    osei.get_by_role("button", name="Open it").click()
    osei.locator(".error-summary").wait_for()
    osei.locator("input[name=code]").fill(code.lower())
    osei.get_by_role("button", name="Open it").click()
    osei.get_by_role("heading", name="Our answer to your request").wait_for()
    with osei.expect_download() as coming:
        osei.get_by_role("link", name="Download, ").click()
    coming.value.save_as(tmp_path / "answer")
    assert (tmp_path / "answer").read_bytes() == CONTENT
    assert hashlib.sha512(CONTENT).hexdigest() in osei.content()
    osei.get_by_role("button", name="I have everything").click()
    osei.get_by_text("You told us that you have everything").wait_for()

    stranger = browser.new_context(base_url=live_site).new_page()
    stranger.goto(link)
    assert case.reference not in stranger.content(), "the code is spent: nobody else gets in by it"

    clock.forward(hours=1)
    other = lives.received(clock.at, agency=case.agency)
    walker(staff.ines).act(other, "reject", _forged)
    osei.goto(link)
    assert case.reference not in osei.content()
    delivery = Delivery.objects.get()
    assert (delivery.downloaded_at is not None, delivery.receipt_at is not None) == (True, True)
    assert delivery.revoked_at is not None
    assert delivery.expires_at
    assert delivery.expires_at - delivery.available_at >= timedelta(days=10)


def _forged(page: Page) -> None:
    page.locator("[name=ground]").select_option("forged")
    page.locator("[name=text]").fill("The desk knows of no such request.")
