import re
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from accounts.models import Compartment, CompartmentMembership, User
from cases.actions.opening import NATIONAL_SECURITY
from reports.actions import build_draft, publish
from reports.models import PublishedReport, ReportDraft
from reports.rules.periods import period
from tests.reports.history import at, ended, national_security, received, tell

pytestmark = pytest.mark.django_db
NOW = at("2019-02-25")


@pytest.fixture(autouse=True)
def february() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def text(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200
    return page.content.decode()


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def member(user: User, since: datetime) -> None:
    """Let the person into the national security compartment."""
    CompartmentMembership.objects.create(
        user=user, compartment=Compartment.objects.get(code=NATIONAL_SECURITY), granted_at=since
    )


def test_a_publisher_finds_the_periods_that_wait(publisher: User, client: Client) -> None:
    client.force_login(publisher)
    page = text(client, "/reports/")
    assert "/reports/2018-H2/" in page
    assert "/reports/2019-H1/" not in page


def test_any_other_period_opens_by_its_label(publisher: User, client: Client) -> None:
    client.force_login(publisher)
    assert client.get("/reports/?period=2018-Q3")["Location"] == "/reports/2018-Q3/"
    assert "Write 2018, 2018-H2 or 2018-Q3" in text(client, "/reports/?period=2018-Q7")


def test_a_publisher_looks_compares_and_publishes(publisher: User, client: Client) -> None:
    received(1, "2018-02-01")
    publish(period("2018-H1"), by=publisher, now=at("2018-08-01"))
    received(2, "2018-08-01")
    received(3, "2018-08-01")
    client.force_login(publisher)
    page = text(client, "/reports/2018-H2/")
    assert "Compared with 2018-H1" in page
    assert "+1" in page
    answer = client.post("/reports/2018-H2/publish/", {"seen": seen(page), "note": ""})
    assert answer["Location"] == "/reports/2018-H2/1/"
    assert PublishedReport.objects.get(period="2018-H2").figures["totals"]["received"] == 2
    assert "is published" in text(client, "/reports/2018-H2/1/")


def test_figures_that_moved_meanwhile_are_shown_anew_and_can_be_published_then(publisher: User, client: Client) -> None:
    client.force_login(publisher)
    stale = seen(text(client, "/reports/2018-H2/"))
    received(1, "2018-08-01")
    again = client.post("/reports/2018-H2/publish/", {"seen": stale, "note": ""})
    assert again.status_code == 422
    assert "figures changed since you looked" in again.content.decode()
    fresh = seen(again.content.decode())
    assert client.post("/reports/2018-H2/publish/", {"seen": fresh, "note": ""}).status_code == 302


def test_a_second_publication_shows_what_it_would_change_and_asks_why(publisher: User, client: Client) -> None:
    publish(period("2018-H2"), by=publisher, now=NOW)
    received(1, "2018-08-01")
    client.force_login(publisher)
    page = text(client, "/reports/2018-H2/")
    assert "What this revision would change" in page
    assert client.post("/reports/2018-H2/publish/", {"seen": seen(page), "note": ""}).status_code == 422
    client.post("/reports/2018-H2/publish/", {"seen": seen(page), "note": "Entered late."})
    assert "Entered late." in text(client, "/reports/2018-H2/2/")


def test_figures_that_do_not_add_up_are_said_plainly(publisher: User, client: Client) -> None:
    ended(1, "2018-08-01")
    client.force_login(publisher)
    assert "us_subpoena does not add up" in text(client, "/reports/2018-H2/")


def test_a_running_period_is_for_nobodys_eyes(publisher: User, client: Client) -> None:
    client.force_login(publisher)
    received(1, "2019-01-05")
    for refused in (client.get("/reports/2019-H1/"), client.post("/reports/2019-H1/count/")):
        assert refused.status_code == 403
        assert "not over yet" in refused.content.decode()
    assert client.post("/reports/2019-H1/publish/", {"seen": "", "note": ""}).status_code == 403


@pytest.mark.parametrize("path", ["/reports/2018-H2/", "/reports/2018-H2/draft/"])
def test_unpublished_figures_are_for_publishers_only(path: str, ines: User, auditor: User, client: Client) -> None:
    for reader in (ines, auditor):
        client.force_login(reader)
        assert client.get(path).status_code == 403


def test_counsel_and_auditors_read_what_is_published(
    publisher: User, ines: User, auditor: User, client: Client
) -> None:
    publish(period("2018-H2"), by=publisher, now=NOW)
    for reader in (ines, auditor):
        client.force_login(reader)
        assert "/reports/2018-H2/1/" in text(client, "/reports/")
        assert "exactly these figures" in text(client, "/reports/2018-H2/1/?recount")
        assert client.post("/reports/2018-H2/publish/", {"seen": "", "note": "x"}).status_code == 403


def test_an_analyst_has_no_business_here_and_a_stranger_signs_in(analyst: User, client: Client) -> None:
    assert client.get("/reports/")["Location"].startswith("/sign-in/")
    client.force_login(analyst)
    assert client.get("/reports/").status_code == 403


def test_bands_are_shown_before_publication_to_members_of_the_compartment_only(
    publisher: User, client: Client, last_year: datetime
) -> None:
    national_security(1, 300, "2018-08-01")
    client.force_login(publisher)
    page = text(client, "/reports/2018-H2/")
    assert "250–499" not in page
    assert "as a range, which you see once it is published" in page
    member(publisher, last_year)
    assert "250–499" in text(client, "/reports/2018-H2/")


def test_the_preview_of_others_is_the_same_whatever_is_in_the_compartment(publisher: User, client: Client) -> None:
    client.force_login(publisher)
    pages = [text(client, "/reports/2018-H2/")]
    for first, number in ((1, 1), (1000, 300)):
        national_security(first, number, "2018-08-01")
        pages.append(text(client, "/reports/2018-H2/"))
    assert len({re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page) for page in pages}) == 1


def test_a_worker_counts_what_the_page_then_shows(publisher: User, client: Client) -> None:
    received(1, "2018-08-01")
    client.force_login(publisher)
    client.post("/reports/2018-H2/count/")
    assert "Waiting for a worker" in text(client, "/reports/2018-H2/")
    assert "hx-get" in text(client, "/reports/2018-H2/draft/")
    build_draft(period("2018-H2"), now=NOW)
    received(2, "2018-08-02")
    page = text(client, "/reports/2018-H2/")
    assert "In this period we received 1 request and" in page
    assert "hx-get" not in text(client, "/reports/2018-H2/draft/")


def test_a_worker_that_finds_a_case_ended_twice_says_so(publisher: User, client: Client) -> None:
    received(1, "2018-02-01")
    for _time in range(2):
        ended(1, "2018-03-01")
    received(2, "2018-02-02")
    client.force_login(publisher)
    client.post("/reports/2018-H1/count/")
    build_draft(period("2018-H1"), now=NOW)
    assert "does not add up" in text(client, "/reports/2018-H1/draft/")


def test_a_draft_delivered_twice_is_counted_once(publisher: User, client: Client) -> None:
    client.force_login(publisher)
    client.post("/reports/2018-H2/count/")
    build_draft(period("2018-H2"), now=NOW)
    received(1, "2018-08-01")
    build_draft(period("2018-H2"), now=NOW)
    draft = ReportDraft.objects.get()
    assert b'"received": 1' not in bytes(draft.body or b"")


def test_a_draft_holds_no_national_security(publisher: User, client: Client) -> None:
    national_security(1, 300, "2018-08-01")
    tell(1, "outcome", "2018-08-02", "answered", line="us_nsl", restricted=True)
    client.force_login(publisher)
    client.post("/reports/2018-H2/count/")
    build_draft(period("2018-H2"), now=NOW)
    assert b"national_security" not in bytes(ReportDraft.objects.get().body or b"")
