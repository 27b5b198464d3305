"""Files of customers: Carla's row, and files made of such."""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from intake.directory.rows import READERS

COLUMNS = tuple(READERS)
CARLA = {
    "identifier": "C-1001",
    "name": "Carla Moreau",
    "email": "carla@customer.example",
    "language": "fr",
    "country": "FR",
    "nationality": "BE",
    "timezone": "Europe/Paris",
    "role": "controller",
    "us_person": "false",
    "accounts": "carla; carla-books",
    "domains": "Carla-Books.example",
    "addresses": "192.0.2.7; Carla@Books.example",
}


def customer(**changes: str) -> dict[str, str]:
    """Return Carla's row, changed."""
    return CARLA | changes


def nobody(**changes: str) -> dict[str, str]:
    """Return a row that says nothing but what is given."""
    return dict.fromkeys(COLUMNS, "") | changes


def write_csv(path: Path, rows: Iterable[Mapping[str, str]], columns: Iterable[str] = COLUMNS) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(columns), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_json(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    path.write_text(json.dumps(list(rows)), encoding="utf-8")
    return path
