"""Import files for tests: one good row, and how to write rows down."""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from intake.imports.rows import COLUMNS

DATA = Path(__file__).parent.parent / "data"

GOOD: Mapping[str, str] = {
    "reference": "OLD-1",
    "received_at": "2018-07-26T02:33:22Z",
    "channel": "email",
    "instrument": "us_subpoena",
    "agency_name": "U.S. Attorney's Office",
    "agency_country": "US",
    "agency_kind": "law_enforcement",
    "officer_email": "osei@agency.example",
    "customer_country": "FR",
    "accounts": "carla;kim",
    "domains": "carla.example",
    "other_targets": "ip:192.0.2.7;url:https://carla.example/a;phone:+33 1 00",
    "data_categories": "subscriber;traffic",
    "emergency": "false",
    "challenged": "false",
    "conflict_of_law": "none",
    "outcome": "answered",
    "outcome_at": "2018-08-01T10:00:00+02:00",
    "notice": "notified",
    "notified_at": "2018-07-27T09:00:00Z",
}
OPEN: Mapping[str, str] = {"outcome": "open", "outcome_at": "", "notice": "", "notified_at": ""}
GAGGED: Mapping[str, str] = {
    "nondisclosure_basis": "18 U.S.C. § 2705(b)",
    "nondisclosure_from": "2018-07-20",
    "nondisclosure_until": "indefinite",
    "notice": "withheld_nondisclosure",
    "notified_at": "",
}
LETTER: Mapping[str, str] = {
    "instrument": "us_nsl",
    "agency_name": "Federal Bureau of Investigation",
    "agency_kind": "intelligence",
    "data_categories": "subscriber",
}


def row(**changes: str) -> dict[str, str]:
    """Return the good row with some cells changed."""
    return {**dict.fromkeys(COLUMNS, ""), **GOOD, **changes}


def write_csv(path: Path, rows: Iterable[Mapping[str, str]], columns: Iterable[str] = COLUMNS) -> Path:
    """Write rows as CSV and return the file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_json(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """Write rows as a JSON array and return the file."""
    path.write_text(json.dumps(list(rows)), encoding="utf-8")
    return path
