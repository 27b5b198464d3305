"""Files that are not what an import takes: each is refused in words, and nothing of it stays."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from cases.models import Agency, Case
from intake.actions.importing import import_file
from intake.imports.json_items import CHUNK
from intake.imports.problems import FileRefused
from intake.imports.rows import COLUMNS
from ledger.models import LedgerEntry
from tests.intake.files import row, write_csv, write_json

pytestmark = pytest.mark.django_db


def refusal(path: Path, now: datetime) -> list[str]:
    """Return the lines with which the file is refused; nothing of it may have stayed."""
    with pytest.raises(FileRefused) as refused:
        import_file(path, now=now)
    assert not Case.objects.exists()
    assert not Agency.objects.exists()
    assert not LedgerEntry.objects.exists()
    return list(refused.value.lines)


def test_one_bad_row_at_the_end_leaves_nothing_of_the_good_ones(
    tmp_path: Path, now: datetime, small_batches: None
) -> None:
    rows = [row(reference=f"OLD-{number}") for number in range(25)]
    path = write_csv(tmp_path / "a.csv", [*rows, row(reference="OLD-X", outcome_at="2018-01-01T00:00:00Z")])
    assert refusal(path, now) == ["row 26 (line 27), column outcome_at: lies before received_at"]


def test_a_reference_twice_names_both_rows_also_far_apart(tmp_path: Path, now: datetime, small_batches: None) -> None:
    rows = [row(reference=f"OLD-{number}") for number in range(21)]
    path = write_csv(tmp_path / "a.csv", [*rows, row(reference="OLD-3"), row(reference="OLD-20")])
    assert refusal(path, now) == [
        "row 22 (line 23), column reference: “OLD-3” stands in row 4 (line 5) already",
        "row 23 (line 24), column reference: “OLD-20” stands in row 21 (line 22) already",
    ]


@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        ([name for name in COLUMNS if name != "outcome"], ["column outcome is missing"]),
        ([*COLUMNS, "colour"], ["column colour is not known"]),
        ([*COLUMNS, "notice"], ["column notice stands there twice"]),
        ([*COLUMNS[:-1], "Notified_At"], ["column notified_at is missing", "column Notified_At is not known"]),
    ],
)
def test_the_header_must_have_each_column_once(
    tmp_path: Path, now: datetime, columns: list[str], lines: list[str]
) -> None:
    assert refusal(write_csv(tmp_path / "a.csv", [row()], columns), now) == lines


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_are_told_by_their_name(tmp_path: Path, now: datetime, encoding: str) -> None:
    text = write_csv(tmp_path / "a.csv", [row()]).read_text()
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    assert refusal(tmp_path / "a.csv", now) == ["The file is not UTF-8 (it looks like UTF-16): save it as UTF-8."]


def test_latin_1_is_refused_where_it_first_differs(tmp_path: Path, now: datetime) -> None:
    text = write_csv(tmp_path / "a.csv", [row(), row(reference="2", agency_name="Procès-verbal")]).read_text()
    (tmp_path / "a.csv").write_bytes(text.encode("latin-1"))
    [line] = refusal(tmp_path / "a.csv", now)
    assert line == (
        "row 2 (line 3), column agency_name: holds a character that is not text in UTF-8: save the file as UTF-8"
    )


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path, now: datetime) -> None:
    text = write_csv(tmp_path / "a.csv", [row()]).read_text()
    (tmp_path / "a.csv").write_text(text, encoding="utf-8-sig")
    assert import_file(tmp_path / "a.csv", now=now).imported == 1


@pytest.mark.parametrize(
    ("tail", "line"),
    [
        ('\nOLD-2,"2018-07-26', "row 2 (line 3): this is not CSV of RFC 4180"),
        ('\n"OLD-2"x,', "row 2 (line 3): this is not CSV of RFC 4180"),
        ("\nOLD-2,2018-07-26T02:33:22Z", "row 2 (line 3): has 2 cells, but the header has 23 columns"),
    ],
)
def test_a_torn_row_is_named(tmp_path: Path, now: datetime, tail: str, line: str) -> None:
    path = write_csv(tmp_path / "a.csv", [row()])
    path.write_text(path.read_text().rstrip() + tail)
    assert refusal(path, now)[0].startswith(line)


def test_lines_are_counted_through_cells_of_several_lines(tmp_path: Path, now: datetime) -> None:
    rows = [row(agency_name="District\nCourt"), row(reference="2", channel="fax")]
    assert refusal(write_csv(tmp_path / "a.csv", rows), now)[0].startswith("row 2 (line 4), column channel")


@pytest.mark.parametrize("content", ["", " \n \n"])
def test_an_empty_file_says_so(tmp_path: Path, now: datetime, content: str) -> None:
    (tmp_path / "a.csv").write_text(content)
    assert refusal(tmp_path / "a.csv", now) == ["The file is empty."]


def test_a_header_alone_brings_nothing(tmp_path: Path, now: datetime) -> None:
    assert import_file(write_csv(tmp_path / "a.csv", []), now=now).imported == 0


def test_only_two_kinds_of_file_are_taken(tmp_path: Path, now: datetime) -> None:
    assert refusal(tmp_path / "a.xlsx", now) == ["a.xlsx is neither a .csv nor a .json file."]
    assert refusal(tmp_path / "absent.csv", now) == ["absent.csv cannot be read: No such file or directory"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('{"reference": "1"}', "The file is not a JSON array of objects: it does not begin with “[”."),
        ("[1]", "row 1: is not an object with the columns as names"),
        ('[{"reference": 7}]', "row 1, column reference: is not text, true, false or null"),
        ('[{"colour": "red"}]', "row 1, column colour: is not a known column"),
        ('[{"reference": "1", "reference": "2"}]', "row 1: this is not JSON"),
        ('[{"reference": "1"', "row 1: this is not JSON, or the file ends in the middle of it."),
        ("[" + "[" * 100_000, "row 1: this is not JSON"),
        ('[{"reference": "\\ud800"}]', "row 1, column reference: holds a character that is not text"),
    ],
)
def test_json_that_is_something_else_is_refused(tmp_path: Path, now: datetime, content: str, line: str) -> None:
    (tmp_path / "a.json").write_text(content)
    assert refusal(tmp_path / "a.json", now)[0].startswith(line)


@pytest.mark.parametrize(
    ("around", "line"),
    [
        ("[%s", "row 1: “,” or “]” is missing after it."),
        ("[%s,]", "row 1: “,” or “]” is missing after it."),
        ("[%s] x", "Something stands behind the end of the JSON array."),
    ],
)
def test_json_that_does_not_end_well_is_refused(tmp_path: Path, now: datetime, around: str, line: str) -> None:
    (tmp_path / "a.json").write_text(around % json.dumps(row()))
    assert refusal(tmp_path / "a.json", now) == [line]


def test_json_says_the_same_as_csv(tmp_path: Path, now: datetime) -> None:
    said: dict[str, object] = {name: cell for name, cell in row().items() if cell}
    path = write_json(tmp_path / "a.json", [{**said, "emergency": False, "nondisclosure_basis": None}])
    assert import_file(path, now=now).imported == 1
    again = import_file(write_csv(tmp_path / "a.csv", [row()]), now=now)
    assert (again.already_there, again.warnings) == (1, [])


def test_json_longer_than_what_is_read_at_once_is_read_whole(tmp_path: Path, now: datetime) -> None:
    domains = ";".join(f"d{number}.example" for number in range(CHUNK // 10))
    path = write_json(tmp_path / "a.json", [row(), row(reference="2", domains=domains), row(reference="3")])
    assert import_file(path, now=now).imported == 3
    assert Case.objects.get(provider_reference="2").target_count == CHUNK // 10 + 5
