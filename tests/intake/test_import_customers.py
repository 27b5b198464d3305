"""The import of customers: all rows or none, twice is once, and nobody's data in what it says."""

import tracemalloc
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from cases.models import Customer
from intake.models import DirectoryEntry, DirectorySource
from tests import lives
from tests.intake.directory.customers import CARLA, COLUMNS, customer, nobody, write_csv, write_json

pytestmark = pytest.mark.django_db


def run(path: Path, *options: str) -> str:
    out, err = StringIO(), StringIO()
    call_command("import_customers", str(path), *options, stdout=out, stderr=err, no_color=True)
    assert err.getvalue() == ""
    return out.getvalue()


def refused(path: Path) -> list[str]:
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_customers", str(path), stdout=out, stderr=err, no_color=True)
    assert (ended.value.code, out.getvalue()) == (1, "")
    return err.getvalue().splitlines()


def names() -> set[tuple[str, str, str]]:
    return set(DirectoryEntry.objects.values_list("kind", "value", "customer__identifier"))


def test_a_row_becomes_a_customer_and_what_is_theirs(tmp_path: Path) -> None:
    assert run(write_csv(tmp_path / "a.csv", [customer()])) == "new 1, changed 0, unchanged 0\n"
    carla = Customer.objects.get(identifier="C-1001")
    assert (carla.name, carla.email, carla.language) == ("Carla Moreau", "carla@customer.example", "fr")
    assert (carla.country, carla.nationality, carla.timezone) == ("FR", "BE", "Europe/Paris")
    assert (carla.role, carla.is_us_person) == ("controller", False)
    assert names() == {
        ("account", "carla", "C-1001"),
        ("account", "carla-books", "C-1001"),
        ("domain", "carla-books.example", "C-1001"),
        ("ip", "192.0.2.7", "C-1001"),
        ("email", "carla@books.example", "C-1001"),
    }


def test_json_says_the_same_and_may_leave_out_what_is_not_known(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{**CARLA, "us_person": False}, {"identifier": "C-2", "us_person": None}]
    assert run(write_json(tmp_path / "a.json", rows)) == "new 2, changed 0, unchanged 0\n"
    assert Customer.objects.get(identifier="C-2").is_us_person is None
    assert len(names()) == 5


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [customer(), nobody(identifier="C-2")])
    run(path)
    before = list(DirectoryEntry.objects.order_by("pk").values())
    assert run(path) == "new 0, changed 0, unchanged 2\n"
    assert list(DirectoryEntry.objects.order_by("pk").values()) == before


def test_what_changed_is_changed_and_counted_once_a_customer(tmp_path: Path) -> None:
    run(write_csv(tmp_path / "a.csv", [customer(), nobody(identifier="C-2")]))
    path = write_csv(tmp_path / "b.csv", [customer(country="US", domains="new.example"), nobody(identifier="C-2")])
    assert run(path) == "new 0, changed 1, unchanged 1\n"
    assert Customer.objects.get(identifier="C-1001").country == "US"
    assert ("domain", "new.example", "C-1001") in names()
    assert ("domain", "carla-books.example", "C-1001") not in names()


def test_what_the_file_does_not_know_stays(tmp_path: Path) -> None:
    carla = lives.carla(identifier="C-1001", email="carla@corrected.example")
    run(write_csv(tmp_path / "a.csv", [nobody(identifier="C-1001", country="FR")]))
    kept = Customer.objects.get(pk=carla.pk)
    assert (kept.email, kept.name, kept.country) == ("carla@corrected.example", "Carla Moreau", "FR")


def test_customers_that_the_file_does_not_name_keep_what_is_theirs(tmp_path: Path) -> None:
    run(write_csv(tmp_path / "a.csv", [customer()]))
    run(write_csv(tmp_path / "b.csv", [nobody(identifier="C-2", accounts="dora")]))
    assert {owner for _kind, _value, owner in names()} == {"C-1001", "C-2"}


def test_what_a_lookup_had_found_is_the_files_from_now_on(tmp_path: Path, now: datetime) -> None:
    carla = lives.carla(identifier="C-1001")
    DirectoryEntry.objects.create(
        kind="account", value="carla", customer=carla, source=DirectorySource.LOOKUP, seen_at=now, expires_at=now
    )
    run(write_csv(tmp_path / "a.csv", [customer()]))
    kept = DirectoryEntry.objects.get(kind="account", value="carla")
    assert (kept.source, kept.expires_at) == (DirectorySource.FILE, None)


def test_a_dry_run_says_what_would_be_done_and_leaves_nothing(tmp_path: Path) -> None:
    assert run(write_csv(tmp_path / "a.csv", [customer()]), "--dry-run") == "new 1, changed 0, unchanged 0\n"
    assert not Customer.objects.exists()
    assert not DirectoryEntry.objects.exists()


def test_one_bad_cell_refuses_the_file_naming_row_and_column_and_nobody(tmp_path: Path) -> None:
    wrong = {
        "name": "Mallory" * 40,
        "email": "mallory at mail",
        "language": "Klingon",
        "country": "Freedonia",
        "timezone": "Mars/Olympus",
        "role": "spouse",
        "us_person": "perhaps",
        "domains": "the books of Dora",
        "addresses": "Rue de la Paix 1",
    }
    path = write_csv(tmp_path / "a.csv", [customer(), *(customer(identifier=f"C-{n}", **{n: wrong[n]}) for n in wrong)])
    lines = refused(path)
    assert [line.split(":")[0] for line in lines] == [
        f"row {number} (line {number + 1}), column {column}" for number, column in enumerate(wrong, start=2)
    ]
    assert not any(value in line for line in lines for value in (*wrong.values(), CARLA["name"], CARLA["email"]))
    assert not Customer.objects.exists()


def test_a_customer_without_a_number_is_none(tmp_path: Path) -> None:
    assert refused(write_csv(tmp_path / "a.csv", [customer(identifier="")])) == [
        "row 1 (line 2), column identifier: is empty, and is needed"
    ]


def test_a_customer_who_stands_there_twice_names_both_rows(tmp_path: Path) -> None:
    rows = [customer(), nobody(identifier="C-2"), nobody(identifier="C-1001")]
    assert refused(write_csv(tmp_path / "a.csv", rows)) == [
        "row 3 (line 4), column identifier: stands in row 1 (line 2) already"
    ]
    assert not Customer.objects.exists()


def test_a_file_without_a_header_tells_nothing_of_its_first_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(",".join(CARLA.values()), encoding="utf-8")
    lines = refused(path)
    assert "column 2 is not known" in lines
    assert not any(CARLA[column] in line for line in lines for column in ("name", "email", "accounts", "addresses"))


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.xlsx") == ["a.xlsx is neither a .csv nor a .json file."]
    assert refused(tmp_path / "a.csv")[0].startswith("a.csv cannot be read")


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """The peak of ten thousand rows is that of two batches, not of the file."""

    def peak(rows: int) -> int:
        made = (nobody(identifier=f"C-{number}", accounts=f"account-{number}") for number in range(rows))
        path = write_csv(tmp_path / f"{rows}.csv", made, COLUMNS)
        tracemalloc.start()
        run(path, "--dry-run")
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(10_000) < 1.5 * peak(4_000)
