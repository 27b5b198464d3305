"""What an authority sends through the public form."""

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.journeys.walking import PDF


@dataclass(frozen=True)
class Paper:
    """A request as its sender puts it. `danger` ticks the box that says that somebody is in danger."""

    instrument: str
    about: str
    kind: str = "account"
    categories: tuple[str, ...] = ()
    agency: str = "Portland Police Bureau"
    country: str = "US"
    agency_kind: str = "law_enforcement"
    officer: str = "Detective Osei"
    email: str = "osei@police.example"
    phone: str = ""
    danger: str = ""


def send(page: Page, paper: Paper) -> str:
    """Send the public form; return the address of the receipt."""
    page.goto("/submit/")
    page.select_option("[name=instrument]", paper.instrument)
    page.set_input_files("[name=documents]", {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.fill("[name=agency_name]", paper.agency)
    page.select_option("[name=agency_country]", paper.country)
    page.select_option("[name=agency_kind]", paper.agency_kind)
    page.fill("[name=officer_name]", paper.officer)
    page.fill("[name=officer_email]", paper.email)
    page.fill("[name=officer_phone]", paper.phone)
    page.fill("[name=targets]", paper.about)
    page.select_option("[name=target_kind]", paper.kind)
    for category in paper.categories:
        page.check(f"[name=categories][value={category}]")
    if paper.danger:
        page.check("[name=emergency]")
        page.fill("[name=message]", paper.danger)
    with page.expect_navigation():
        page.get_by_role("button", name="Send the request").click()
    return page.url
