"""The console in a real browser: dense on a wide screen, legible in both themes, whole on a phone, quick by keys."""

from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Page, ViewportSize

from accounts.models import User
from cases.actions.nondisclosure import hold_notices
from cases.models import Case
from tests import lives
from tests.config.shell import looking
from tests.fixtures.staff import PASSWORD
from tests.lives import Staff

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = ViewportSize(width=390, height=844)
WIDE = ViewportSize(width=1440, height=1000)
CASES = 20


def sign_in(page: Page, user: User) -> None:
    page.goto("/sign-in/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


@pytest.fixture
def cases(staff: Staff, now: datetime) -> list[Case]:
    """A queue as on a busy day, its first case under an order and with something that arrived."""
    made = [lives.received(now, return_date=date(2026, 12, 1) + timedelta(days=n)) for n in range(CASES)]
    lives.brandts_order(made[0], staff, now, last_day=date(2027, 5, 15))
    hold_notices(case_id=made[0].pk, source="submission:1", because="target", now=now)
    return made


def test_the_console_is_dense_legible_and_whole(page: Page, staff: Staff, cases: list[Case]) -> None:
    sign_in(page, staff.ines)
    page.set_viewport_size(WIDE)
    page.goto("/")
    bottoms = page.eval_on_selector_all("[data-row]", "rows => rows.map(row => row.getBoundingClientRect().bottom)")
    assert sum(bottom <= WIDE["height"] for bottom in bottoms) >= 14
    first = f"/cases/{cases[0].reference}/"
    for path in ("/", first, f"{first}do/record-order/", f"{first}do/match-customer/", "/approvals/"):
        page.goto(path)
        for screen in (PHONE, WIDE):
            page.set_viewport_size(screen)
            assert not looking.scrolls_sideways(page), path
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)
                assert looking.poor_contrasts(page) == [], path


def test_the_queue_is_worked_by_keyboard(page: Page, staff: Staff, cases: list[Case]) -> None:
    sign_in(page, staff.analyst)
    page.goto("/")
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    page.keyboard.press("a")
    page.wait_for_selector("html.keys-on .alert")  # the page has come and listens to keys
    assert Case.objects.filter(assignee=staff.analyst).count() == 2
    page.keyboard.press("/")
    page.keyboard.type(cases[3].reference)
    page.keyboard.press("Enter")
    page.wait_for_url("**q=WD-*")
    # The address changes before the table does: only once the other rows are gone is this one there to stay.
    page.wait_for_function("document.querySelectorAll('html.keys-on [data-row]').length === 1")
    page.locator("[data-row]").filter(has_text=cases[3].reference).wait_for()
    page.wait_for_load_state("networkidle")  # what was typed searches as well: its answer would take the row away again
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{cases[3].reference}/")
