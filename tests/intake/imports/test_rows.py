"""What a cell may hold, and what must be true between cells: each error names row and column and says what to do."""

import pytest

from intake.imports.problems import FileRefused
from tests.intake.conftest import Import
from tests.intake.files import OPEN, row


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"received_at": ""}, "column received_at: is empty, and is needed"),
        ({"reference": " "}, "column reference: is empty, and is needed"),
        ({"instrument": ""}, "column instrument: is empty, and is needed"),
        ({"received_at": "2018-07-26"}, "column received_at: “2018-07-26” has no offset"),
        ({"received_at": "2018-07-26T02:33:22"}, "column received_at: “2018-07-26T02:33:22” has no offset"),
        ({"received_at": "26/07/2018"}, "column received_at: “26/07/2018” is not a time of ISO 8601"),
        ({"outcome_at": "2018-07-26T02:33:21Z"}, "column outcome_at: lies before received_at"),
        ({"outcome_at": ""}, "column outcome_at: is empty, although the request has the outcome answered"),
        ({"outcome": "open"}, "column outcome_at: stands beside no outcome: the request is open"),
        ({"instrument": "us_letter"}, "column instrument: “us_letter” is not one of: us_subpoena"),
        ({"outcome": "lost"}, "column outcome: “lost” is not one of: open, answered"),
        ({"notice": "told"}, "column notice: “told” is not one of: notified"),
        ({"channel": "fax"}, "column channel: “fax” is not one of: portal, email, api, post, import"),
        ({"channel": "eevidence"}, "column channel: “eevidence” is not one of"),
        ({"data_categories": "subscriber;dna"}, "column data_categories: “dna” is not one of"),
        ({"agency_country": "UK"}, "column agency_country: “UK” is not a country"),
        ({"agency_kind": "police"}, "column agency_kind: “police” is not one of"),
        ({"emergency": "yes"}, "column emergency: “yes” is not true or false"),
        ({"officer_email": "osei"}, "column officer_email: “osei” is not an e-mail address"),
        ({"other_targets": "192.0.2.7"}, "column other_targets: “192.0.2.7” is not kind:value"),
        ({"other_targets": "account:carla"}, "column other_targets: “account:carla” is not kind:value"),
        ({"nondisclosure_from": "2018-07-20T00:00Z"}, "column nondisclosure_from: “2018-07-20T00:00Z” is not a date"),
        ({"nondisclosure_until": "never"}, "column nondisclosure_until: “never” is not a date"),
        (
            {"nondisclosure_from": "2018-07-20", "nondisclosure_until": "2018-07-19"},
            "column nondisclosure_until: lies before nondisclosure_from",
        ),
        ({"conflict_of_law": "yes"}, "column conflict_of_law: “yes” is not one of: none, identified"),
        ({"reference": "x" * 101}, "column reference: has 101 characters; at most 100 fit"),
        ({"accounts": "a;" + "x" * 2001}, "column accounts: one of them is longer than 2000 bytes"),
        ({"agency_name": "FBI\x00"}, "column agency_name: holds a character that is not text in UTF-8"),
    ],
)
def test_a_wrong_cell_is_named_with_its_row(import_rows: Import, changes: dict[str, str], line: str) -> None:
    with pytest.raises(FileRefused) as refused:
        import_rows(row(reference="OLD-0"), row(**changes))
    assert len(refused.value.lines) == 1
    assert refused.value.lines[0].startswith(f"row 2 (line 3), {line}")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"outcome_at": "2018-07-26T04:33:22+02:00"}, id="answered in the moment of its receipt"),
        pytest.param({"accounts": "", "domains": "", "other_targets": ""}, id="no target"),
        pytest.param({"agency_name": "", "agency_country": "", "agency_kind": ""}, id="nobody knows who asked"),
        pytest.param({"channel": "", "data_categories": "", "emergency": "", "conflict_of_law": ""}, id="not known"),
        pytest.param({"notice": "", "notified_at": ""}, id="nobody knows whether the customer was told"),
        pytest.param({"nondisclosure_until": "2018-07-01"}, id="silence ended before the request came"),
        pytest.param({"agency_name": '=HYPERLINK("http://mallory.example")'}, id="a formula is text"),
        pytest.param({**OPEN, "outcome": ""}, id="an unknown outcome is none"),
        pytest.param({"agency_country": "us"}, id="small letters"),
    ],
)
def test_what_is_unusual_and_right_is_taken(import_rows: Import, changes: dict[str, str]) -> None:
    assert import_rows(row(**changes)).imported == 1


def test_all_problems_of_a_row_are_said_at_once(import_rows: Import) -> None:
    with pytest.raises(FileRefused) as refused:
        import_rows(row(channel="fax", instrument="letter", received_at="yesterday"))
    assert [line.split(",")[1].split(":")[0] for line in refused.value.lines] == [
        " column received_at",
        " column channel",
        " column instrument",
    ]


def test_fifty_problems_are_listed_and_the_others_counted(import_rows: Import) -> None:
    with pytest.raises(FileRefused) as refused:
        import_rows(*(row(reference=f"OLD-{number}", channel="fax") for number in range(60)))
    assert len(refused.value.lines) == 51
    assert refused.value.lines[-1] == "and 10 more problems"
