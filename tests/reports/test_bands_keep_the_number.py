"""Invariant 9: for any two numbers in the same band, everything that leaves is the same, byte for byte."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from accounts.models import User
from ledger.models import LedgerEntry
from reports.actions import publish
from reports.formats import FORMATS
from reports.rules.periods import period
from tests.reports.history import at, ended, national_security, received, tell

pytestmark = pytest.mark.django_db
LABELS = ("2018-Q3", "2018", "2018-H2")


def everything_that_leaves(publisher: User, folder: Path, process: int, selectors: int) -> list[bytes]:
    """Return every file and public page, of every period around, with so much national security process in them.

    Where there is any, one is answered and one refused, and one came in the half before: none of that may show either.
    """
    before = transaction.savepoint()  # not an atomic block: a checkpoint refuses to run inside one
    national_security(1000, process, "2018-08-01", selectors=0)
    national_security(5000, 1, "2018-06-01", selectors=selectors)
    if process:
        tell(1000, "outcome", "2018-09-01", "answered", line="us_nsl", selectors=selectors, restricted=True)
        tell(1000, "notice", "2018-09-01", "notified", line="us_nsl", subject=1, restricted=True)
    if process > 1:
        tell(1001, "outcome", "2018-09-01", "rejected", line="us_nsl", restricted=True)
    out = [*_files(folder), *_pages(publisher)]
    transaction.savepoint_rollback(before)
    return out


def _files(folder: Path) -> list[bytes]:
    written = []
    for label in LABELS:
        for ext in FORMATS:
            call_command("transparency_report", period=label, ext=ext, output=folder, stdout=StringIO())
            written.append((folder / f"transparency-report-{label}.{ext}").read_bytes())
    return written


def _pages(publisher: User) -> list[bytes]:
    client, read = Client(), []
    for label in LABELS:
        publish(period(label), by=publisher, now=at("2020-02-25"))
    read.append(client.get("/transparency/").content)
    for label in LABELS:
        read.append(client.get(f"/transparency/{label}/").content)
        read.append(client.get(f"/transparency/{label}/1/report.json").content)
    payloads = LedgerEntry.objects.filter(stream__startswith="report:").order_by("id").values_list("payload", flat=True)
    return [*read, repr([{**payload, "checkpoint": None} for payload in payloads]).encode()]


@pytest.mark.parametrize(
    ("low", "high"),
    [pytest.param((0, 0), (249, 249), id="first band"), pytest.param((250, 250), (499, 499), id="next")],
)
def test_two_numbers_of_a_band_cannot_be_told_apart(
    publisher: User, tmp_path: Path, low: tuple[int, int], high: tuple[int, int]
) -> None:
    received(1, "2018-08-01", accounts=2)
    ended(1, "2018-09-01", accounts=2)
    one = everything_that_leaves(publisher, tmp_path, *low)
    middle = everything_that_leaves(publisher, tmp_path, low[0] + 17, low[1] + 100)
    other = everything_that_leaves(publisher, tmp_path, *high)
    assert one == middle == other


def test_two_bands_can(publisher: User, tmp_path: Path) -> None:
    """Or the test above would see nothing."""
    assert everything_that_leaves(publisher, tmp_path, 249, 0) != everything_that_leaves(publisher, tmp_path, 250, 0)
    assert everything_that_leaves(publisher, tmp_path, 1, 249) != everything_that_leaves(publisher, tmp_path, 1, 250)


def test_nothing_is_logged_when_it_is_counted(publisher: User, caplog: pytest.LogCaptureFixture) -> None:
    national_security(1, 300, "2018-08-01")
    with caplog.at_level("DEBUG"):
        publish(period("2018-H2"), by=publisher, now=at("2020-02-25"))
    assert "300" not in caplog.text


def test_only_one_module_reads_the_restricted_facts() -> None:
    root = Path(__file__).parents[2]
    readers = [
        path.name
        for app in ("reports", "cases", "intake", "notifications", "config", "accounts")
        for path in (root / app).rglob("*.py")
        if "ledger_fact_restricted" in path.read_text() or "RestrictedFact" in path.read_text()
    ]
    assert sorted(readers) == ["facts.py", "national_security.py"]
