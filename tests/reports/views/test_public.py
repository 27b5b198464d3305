import json
from hashlib import sha256

import pytest
from django.test import Client

from accounts.models import User
from reports.actions import publish
from reports.rules.periods import period
from tests.reports.history import at, ended, noticed, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(publisher: User) -> None:
    """A half-year with one subpoena answered and a court order in process; then a correction of it."""
    received(1, "2018-08-01", accounts=2, domains=1200)
    ended(1, "2018-08-02", accounts=2, domains=1200)
    noticed(1, "2018-08-02", "notified")
    received(2, "2018-08-03", line="us_court_order")
    publish(period("2018-H2"), by=publisher, now=at("2019-02-25"))
    received(3, "2018-08-04", line="us_court_order")
    publish(period("2018-H2"), by=publisher, now=at("2019-03-14"), note="A court order was entered late.")


def test_the_public_reads_a_report_without_signing_in(published: None, client: Client) -> None:
    page = client.get("/transparency/2018-H2/")
    text = page.content.decode()
    assert "Government requests, July to December 2018" in text
    assert "we received 3 requests and answered 1" in text
    assert "1,200" in text
    assert "0–249" in text
    assert "A court order was entered late." in text
    assert "Petra" not in text


def test_what_is_not_published_does_not_exist_for_the_public(client: Client) -> None:
    received(1, "2018-08-01")
    assert client.get("/transparency/2018-H2/").status_code == 404
    assert client.get("/transparency/2018-H2/1/report.json").status_code == 404
    assert "2018" not in client.get("/transparency/").content.decode()


@pytest.mark.parametrize("path", ["2018-H3/", "2018-H2/3/", "2018-H2/3/report.json", "2018-H2/1/report.pdf", "x/"])
def test_addresses_of_nothing_are_not_found(published: None, client: Client, path: str) -> None:
    assert client.get(f"/transparency/{path}").status_code == 404


def test_the_list_names_each_period_once_with_its_latest_figures(published: None, client: Client) -> None:
    text = client.get("/transparency/").content.decode()
    assert text.count("/transparency/2018-H2/") == 1
    assert "Revision 2" in text


def test_an_older_revision_stays_readable_and_says_that_it_is_older(published: None, client: Client) -> None:
    text = client.get("/transparency/2018-H2/1/").content.decode()
    assert "we received 2 requests" in text
    assert "An older revision" in text
    assert "An older revision" not in client.get("/transparency/2018-H2/2/").content.decode()


@pytest.mark.parametrize(("revision", "requests"), [(1, 2), (2, 3)])
def test_the_json_has_the_hash_that_the_page_states(
    published: None, client: Client, revision: int, requests: int
) -> None:
    download = client.get(f"/transparency/2018-H2/{revision}/report.json")
    assert download["Content-Type"] == "application/json"
    assert json.loads(download.content)["totals"]["received"] == requests
    assert sha256(download.content).hexdigest() in client.get(f"/transparency/2018-H2/{revision}/").content.decode()


def test_the_csv_and_the_html_come_as_files_of_that_revision(published: None, client: Client) -> None:
    table = client.get("/transparency/2018-H2/1/report.csv")
    assert table["Content-Disposition"] == 'attachment; filename="transparency-report-2018-H2-1.csv"'
    assert table.content.startswith(b"period,revision,section,line,")
    assert client.get("/transparency/2018-H2/1/report.html").content.startswith(b"<!doctype html>")


def test_periods_of_the_same_length_are_drawn_over_time(published: None, publisher: User, client: Client) -> None:
    assert "Over time" not in client.get("/transparency/2018-H2/").content.decode()
    publish(period("2018"), by=publisher, now=at("2019-08-01"))
    publish(period("2019-H1"), by=publisher, now=at("2019-08-01"))
    text = client.get("/transparency/2019-H1/").content.decode()
    assert "Over time" in text
    assert "2018-H2: 3, 2019-H1: 2" not in text  # answered: 1 then 0
    assert "Requests answered. Of all kinds. 2018-H2: 1, 2019-H1: 0" in text
    assert "National security process. Always stated as a range. 2018-H2: 0–249, 2019-H1: 0–249" in text


def test_the_page_runs_no_code_and_loads_nothing_from_elsewhere(published: None, client: Client) -> None:
    text = client.get("/transparency/2018-H2/").content.decode()
    assert "<script" not in text
    assert "style=" not in text
    assert "://" not in text.replace("http://www.w3.org", "")


def test_a_reader_of_french_reads_french_figures(published: None, client: Client) -> None:
    text = client.get("/transparency/2018-H2/", headers={"accept-language": "fr"}).content.decode()
    assert 'lang="fr"' in text
    assert "1,200" not in text
