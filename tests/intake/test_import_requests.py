"""The command: what it prints, where, and how it ends."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from cases.models import Case
from intake.actions.importing import Summary, import_file
from ledger.models import Checkpoint
from tests.intake.files import GAGGED, LETTER, OPEN, row, write_csv

pytestmark = pytest.mark.django_db(transaction=True)


def run(path: Path, *options: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_requests", str(path), *options, stdout=out, stderr=err, no_color=True)
    return out.getvalue(), err.getvalue()


def test_the_last_line_counts_and_a_checkpoint_seals_it(tmp_path: Path) -> None:
    rows = [row(), row(reference="2", **GAGGED), row(reference="3", **OPEN), row(reference="4", **LETTER)]
    path = write_csv(tmp_path / "a.csv", rows)
    assert run(path) == ("imported 3, already there 0, held 2\n", "")
    assert Checkpoint.objects.get().streams == 4
    assert run(path) == ("imported 0, already there 3, held 0\n", "")


def test_what_differs_is_said_on_standard_error(tmp_path: Path) -> None:
    run(write_csv(tmp_path / "a.csv", [row()]))
    out, err = run(write_csv(tmp_path / "a.csv", [row(channel="post")]))
    assert out == "imported 0, already there 1, held 0\n"
    assert err == "row 1 (line 2): “OLD-1” is there already and differs in channel; nothing was changed\n"


def test_a_dry_run_leaves_nothing(tmp_path: Path) -> None:
    assert run(write_csv(tmp_path / "a.csv", [row()]), "--dry-run")[0] == "imported 1, already there 0, held 0\n"
    assert not Case.objects.exists()
    assert not Checkpoint.objects.exists()


def test_a_refused_file_is_one_line_an_error_and_status_1(tmp_path: Path) -> None:
    out, err = StringIO(), StringIO()
    path = write_csv(tmp_path / "a.csv", [row(channel="fax"), row(received_at="2018-07-26")])
    with pytest.raises(SystemExit) as ended:
        call_command("import_requests", str(path), stdout=out, stderr=err, no_color=True)
    assert ended.value.code == 1
    assert out.getvalue() == ""
    lines = err.getvalue().splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "row 1 (line 2), column channel",
        "row 2 (line 3), column received_at",
    ]


def test_an_import_killed_in_the_middle_leaves_nothing(tmp_path: Path, now: datetime, small_batches: None) -> None:
    path = write_csv(tmp_path / "a.csv", [row(reference=f"OLD-{number}") for number in range(25)])

    class Killed(BaseException):
        pass

    def kill(_done: int) -> None:
        if Case.objects.count() == 20:
            raise Killed

    with pytest.raises(Killed):
        import_file(path, now=now, progress=kill)
    assert not Case.objects.exists()


def test_two_imports_of_one_file_at_once_bring_it_once(tmp_path: Path, now: datetime, small_batches: None) -> None:
    path = write_csv(tmp_path / "a.csv", [row(reference=f"OLD-{number}") for number in range(25)])

    def bring() -> Summary:
        try:
            return import_file(path, now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        both = [running.result() for running in [threads.submit(bring), threads.submit(bring)]]
    assert sorted((one.imported, one.already_there) for one in both) == [(0, 25), (25, 0)]
    assert Case.objects.count() == 25


def test_a_file_that_is_not_there_is_one_line_too(tmp_path: Path) -> None:
    err = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_requests", str(tmp_path / "absent.csv"), stderr=err, no_color=True)
    assert err.getvalue() == "absent.csv cannot be read: No such file or directory\n"
