import pytest

from reports.formats.table import harmless


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Subpoena", "0-249", "2018-H2", 19, 0, 36.8, None])
def test_any_other_cell_stays_as_it_is(cell: object) -> None:
    assert harmless(cell) == cell
