"""manage.py transparency_report, after manage.py import_requests: the published figures of a real provider."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from reports.actions import publish
from reports.rules.periods import period
from tests.reports.history import at, ended, national_security, received

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent.parent / "data"


def report(folder: Path, label: str = "2018-H2", ext: str = "json", **options: object) -> bytes:
    """Run the command, check what it prints, return the file."""
    out = StringIO()
    call_command("transparency_report", period=label, ext=ext, output=folder, stdout=out, **options)
    path = folder / f"transparency-report-{label}.{ext}"
    assert out.getvalue() == f"{path}\n"
    return path.read_bytes()


@pytest.mark.parametrize("label", ["2013", "2018-H2"])
def test_an_imported_file_gives_every_figure_that_the_provider_published(label: str, tmp_path: Path) -> None:
    call_command("import_requests", DATA / "imports" / f"{label}.csv", stdout=StringIO())
    expected = json.loads((DATA / "expected" / f"{label}.json").read_text())
    found = json.loads(report(tmp_path, label))
    assert found["period"] == found["period"] | expected["period"]
    assert found["notices"] == expected["notices"]
    assert found.get("national_security") == expected.get("national_security")
    lines = {line["line"]: line for line in found["lines"]}
    assert set(lines) == {line["line"] for line in expected["lines"]}
    for line in expected["lines"]:
        assert lines[line["line"]] == lines[line["line"]] | line


@pytest.mark.parametrize("ext", ["json", "csv", "html"])
def test_the_same_facts_give_the_same_bytes(ext: str, tmp_path: Path) -> None:
    received(1, "2018-08-01", accounts=2)
    ended(1, "2018-08-02", accounts=2)
    assert report(tmp_path / "one", ext=ext) == report(tmp_path / "two", ext=ext)


def test_a_period_without_anything_is_a_report_too(tmp_path: Path) -> None:
    found = json.loads(report(tmp_path, "2018-Q3"))
    assert found["period"] == {"label": "2018-Q3", "start": "2018-07-01", "end": "2018-09-30", "zone": "UTC"}
    assert (found["lines"], found["notices"], found["fraudulent"]) == ([], {}, 0)
    assert "national_security" not in found


def test_the_json_has_the_keys_of_its_contract(tmp_path: Path) -> None:
    received(1, "2018-08-01", accounts=2, domains=7)
    ended(1, "2018-08-02", "answered_partial", accounts=2, domains=7)
    found = json.loads(report(tmp_path))
    assert found["revision"] == 1
    assert found["lines"] == [
        {
            "line": "us_subpoena",
            "title": "Subpoena (grand jury, trial, administrative)",
            "in_process_start": 0,
            "received": 1,
            "reopened": 0,
            "answered": 1,
            "answered_partial": 1,
            "no_data": 0,
            "rejected": 0,
            "withdrawn": 0,
            "in_process": 0,
            "accounts_affected": 2,
            "domains_affected": 7,
            "percent_with_data": 100.0,
        }
    ]
    assert found["method"]["notes"]


def test_lines_stand_in_the_order_of_the_registry(tmp_path: Path) -> None:
    for case, line in enumerate(["mlat", "us_subpoena", "us_court_order"]):
        received(case, "2018-08-01", line=line)
    lines = [line["line"] for line in json.loads(report(tmp_path))["lines"]]
    assert lines == ["us_subpoena", "us_court_order", "mlat"]


def test_a_share_is_blank_for_requests_to_preserve(tmp_path: Path) -> None:
    received(1, "2018-08-01", line="us_preservation")
    ended(1, "2018-08-02", line="us_preservation")
    [line] = json.loads(report(tmp_path))["lines"]
    assert line["answered"] == 1
    assert line["percent_with_data"] is None


def test_the_csv_is_rfc_4180_with_a_row_for_each_line_notice_and_band(tmp_path: Path) -> None:
    received(1, "2018-08-01", accounts=2)
    content = report(tmp_path, ext="csv").decode()
    assert content.endswith("\r\n")
    assert content.count("\n") == content.count("\r\n")
    rows = list(csv.DictReader(StringIO(content, newline="")))
    assert [(row["section"], row["line"], row["received"], row["figure"], row["value"]) for row in rows] == [
        ("lines", "us_subpoena", "1", "", ""),
        ("fraudulent", "", "", "fraudulent", "0"),
        ("national_security", "", "", "process", "0-249"),
        ("national_security", "", "", "selectors", "0-249"),
    ]
    assert {(row["period"], row["revision"]) for row in rows} == {("2018-H2", "1")}


def test_the_html_stands_alone(tmp_path: Path) -> None:
    received(1, "2018-08-01")
    content = report(tmp_path, ext="html").decode()
    assert "July to December 2018" in content
    assert "<style>" in content
    assert 'href="/' not in content
    assert "src=" not in content


def test_what_is_published_is_written_and_not_counted_again(publisher: User, tmp_path: Path) -> None:
    received(1, "2018-08-01")
    published = publish(period("2018-H2"), by=publisher, now=at("2019-02-25"))
    received(2, "2018-12-30")
    assert report(tmp_path) == bytes(published.body)
    recounted = json.loads(report(tmp_path, recount=True))
    assert (recounted["revision"], recounted["totals"]["received"]) == (2, 2)


@pytest.mark.parametrize("label", ["2018-H3", "2018H2", "", "2018-13", "next"])
def test_a_wrong_period_is_wrong_usage(label: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Write 2018, 2018-H2 or 2018-Q3") as refused:
        report(tmp_path, label)
    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("ext", ["pdf", "dsa", "xls", "../json"])
def test_a_format_that_there_is_not_is_wrong_usage(ext: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="choose json, csv, html") as refused:
        report(tmp_path, ext=ext)
    assert refused.value.returncode == 2
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match=r"transparency-report-2018-H2\.json: ") as refused:
        report(tmp_path / "file")
    assert refused.value.returncode == 1


def test_figures_that_do_not_add_up_are_written_nowhere(tmp_path: Path) -> None:
    ended(1, "2018-08-01")
    with pytest.raises(CommandError, match="us_subpoena does not add up"):
        report(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_half_is_counted_by_one_statement_and_its_bands_by_another(
    tmp_path: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    national_security(1, 3, "2018-08-01")
    with django_assert_num_queries(4):  # is it published; the figures; which revision; the bands
        report(tmp_path)
