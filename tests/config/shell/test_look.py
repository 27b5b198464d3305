"""Every part of the pages can be read in light and dark, on a phone and on a wide screen, and needs nothing inline."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize

from accounts.models import User
from tests.config.shell import looking, specimen
from tests.fixtures.staff import PASSWORD

PHONE = ViewportSize(width=360, height=780)
TABLET = ViewportSize(width=834, height=1100)
LAPTOP = ViewportSize(width=1280, height=800)
WIDE = ViewportSize(width=1440, height=1000)
TOUCH = 44  # pixels, on a phone


def show(page: Page, html: str) -> None:
    """Put the page's source into a window of the live site, so that its stylesheet loads under the site's policy."""
    page.route("**/specimen/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("/specimen/")


@pytest.fixture
def sheets() -> dict[str, str]:
    user = User(name="Ines Okafor", email="ines@provider.example", pk=1)
    user.__dict__["roles"] = frozenset({"counsel", "administrator"})
    return {"staff": specimen.staff_sheet(user), "public": specimen.public_sheet(AnonymousUser())}


@pytest.mark.parametrize("sheet", ["staff", "public"])
def test_the_parts_refer_to_ids_that_exist_and_hold_nothing_inline(sheets: dict[str, str], sheet: str) -> None:
    assert looking.faults_of_source(sheets[sheet]) == []


def test_the_parts_are_legible_in_both_themes_and_fit_both_screens(page: Page, sheets: dict[str, str]) -> None:
    for html in sheets.values():
        show(page, html)
        for screen in (PHONE, TABLET, LAPTOP, WIDE):
            page.set_viewport_size(screen)
            assert not looking.scrolls_sideways(page)
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)
                assert looking.poor_contrasts(page) == []
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert not looking.scrolls_sideways(page)
        page.unroute("**/specimen/")


def test_a_finger_can_hit_every_control_on_a_phone(browser: Browser, live_site: str, sheets: dict[str, str]) -> None:
    phone = browser.new_context(base_url=live_site, viewport=PHONE, is_mobile=True, has_touch=True).new_page()
    for html in sheets.values():
        show(phone, html)
        assert looking.small_targets(phone, TOUCH) == []
        phone.unroute("**/specimen/")
    phone.context.close()


def test_fourteen_cases_fit_into_a_thousand_pixels(page: Page, sheets: dict[str, str]) -> None:
    page.set_viewport_size(WIDE)
    show(page, sheets["staff"])
    tops = page.eval_on_selector_all("[data-row]", "rows => rows.map(row => row.getBoundingClientRect().bottom)")
    first = page.eval_on_selector(".queue", "table => table.getBoundingClientRect().top")
    row = (tops[-1] - tops[4]) / (len(tops) - 5)
    heading_and_filters, group_rows = 190, 4 * 27
    assert first < 300
    assert heading_and_filters + group_rows + 14 * row <= 1000


@pytest.mark.parametrize("path", ["/sign-in/", "/password/reset/", "/there-is-no-such-page/"])
def test_a_stranger_can_read_the_entrance_in_both_themes_on_both_screens(page: Page, path: str) -> None:
    page.goto(path)
    for screen in (PHONE, WIDE):
        page.set_viewport_size(screen)
        assert not looking.scrolls_sideways(page)
        assert looking.small_targets(page, 24) == []
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            assert looking.poor_contrasts(page) == []


def test_a_chosen_theme_holds_against_the_systems(page: Page, sheets: dict[str, str]) -> None:
    show(page, sheets["staff"].replace("<html ", '<html data-theme="dark" ', 1))
    page.emulate_media(color_scheme="light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 19, 22)"


def test_keys_walk_through_the_queue_and_stay_out_of_a_search(page: Page, sheets: dict[str, str]) -> None:
    show(page, sheets["staff"])
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("[data-row][aria-current=true] input:checked").get_attribute("value") == "WD-2026-AB12CD02X"
    page.keyboard.press("/")
    page.keyboard.type("jx")
    assert page.locator("input[type=search]").input_value() == "jx"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/appearance/", "/people/", "/security/", "/password/change/"])
def test_staff_pages_hold_nothing_inline(client: Client, administrator: User, path: str) -> None:
    client.login(username=administrator.email, email=administrator.email, password=PASSWORD)
    response = client.get(path)
    assert response.status_code == 200
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]
    assert looking.faults_of_source(response.content.decode()) == []
