"""A person in front of the browser: signs in, finds a case, presses what the page offers."""

from collections.abc import Callable
from datetime import datetime, timedelta

import time_machine
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.models import User
from cases.actions import clockwork
from cases.models import Case
from notifications import tasks
from tests.fixtures.staff import PASSWORD

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \n"
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n163\n%%EOF\n"
)


class Clock:
    """The hour of the whole process, web server included, moved by hand."""

    def __init__(self, at: datetime) -> None:
        self.traveller = time_machine.travel(at, tick=True)
        self.traveller.start()
        self.at = at

    def forward(self, **by: float) -> datetime:
        """Let time pass, and the clock jobs do what their time has come for."""
        self.traveller.stop()
        self.at += timedelta(**by)
        self.traveller = time_machine.travel(self.at, tick=True)
        self.traveller.start()
        self.jobs()
        return self.at

    def jobs(self) -> None:
        """Run the clock jobs once, in the order of their table."""
        clockwork.run_clocks(now=self.at)
        tasks.plan_notices()
        tasks.send_due()

    def stop(self) -> None:
        self.traveller.stop()


class Walker:
    """One member of staff with a browser of their own."""

    def __init__(self, browser: Browser, site: str, user: User) -> None:
        self.context: BrowserContext = browser.new_context(base_url=site, locale="en-GB")
        self.context.set_default_timeout(20_000)
        self.page: Page = self.context.new_page()
        self.user = user

    def sign_in(self) -> None:
        """Sign in as people do; a session of an earlier day is over."""
        self.context.clear_cookies()
        self.page.goto("/")
        self.page.get_by_label("E-mail address").fill(self.user.email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(lambda url: "sign-in" not in url)

    def open(self, case: Case) -> None:
        self.page.goto(case.get_absolute_url())

    def act(self, case: Case, name: str, fill: Callable[[Page], None] | None = None, number: int | None = None) -> None:
        """Open an act of the case, fill its form, and do it."""
        address = f"{case.get_absolute_url()}do/{name}/" + (f"{number}/" if number else "")
        self.page.goto(address)
        if fill:
            fill(self.page)
        self.press()

    def press(self) -> None:
        """Press the form's own button and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.locator("main form[method=post] button[type=submit]").last.click()

    def said(self, words: str) -> bool:
        """Whether the page says this."""
        return words in self.page.locator("main").inner_text()

    def decide(self, case: Case, decision: str, reason: str = "") -> None:
        """Open the latest proposal of the case and decide it."""
        digest = case.approvals.latest("pk").digest
        self.page.goto(f"{case.get_absolute_url()}approvals/{digest}/")
        if reason:
            self.page.locator("textarea[name=reason]").fill(reason)
        with self.page.expect_navigation():
            self.page.locator(f"button[name=decision][value={decision}]").click()


def set_all(page: Page, value: str) -> None:
    """Choose the same in every list of the form."""
    for chooser in page.locator("main form select").all():
        chooser.select_option(value)
