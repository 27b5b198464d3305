"""The answer of the customer directory, read as strictly as a file: what is not exactly one is no answer.

    {"customers": [{"identifier": "C-1001", "name": "…", "email": "…", "language": "fr", "country": "FR",
                    "nationality": "BE", "timezone": "Europe/Paris", "role": "person", "us_person": false}]}

Only `identifier` is needed. An empty list means that the directory knows nobody.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.directory.rows import READERS
from intake.imports.cells import read_cells
from intake.imports.problems import Place, Problems

LISTS = ("accounts", "domains", "addresses")
FIELDS = {name: reader for name, reader in READERS.items() if name not in LISTS}
MOST = 20  # customers of one name


class NotAnAnswer(Exception):
    """What came is no answer of a customer directory. Says what is wrong and repeats nothing of it."""


@dataclass(frozen=True)
class Described:
    """A customer as the directory describes them; what it does not know is left out of `fields`."""

    identifier: str
    fields: Mapping[str, Any]


def customers_in(body: bytes) -> list[Described]:
    """Return the customers that an answer names. Raises NotAnAnswer."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise NotAnAnswer("not JSON") from None
    if not isinstance(said, dict) or said.keys() != {"customers"} or not isinstance(said["customers"], list):
        raise NotAnAnswer("not an object with a list of customers")
    if len(said["customers"]) > MOST:
        raise NotAnAnswer(f"more than {MOST} customers")
    found = {one.identifier: one for one in map(_customer, said["customers"])}
    return list(found.values())


def _customer(said: Any) -> Described:
    if not isinstance(said, dict) or not said.keys() <= FIELDS.keys():
        raise NotAnAnswer("a customer with other fields than are known")
    problems = Problems()
    found = read_cells(Place(1, None), {name: _cell(value) for name, value in said.items()}, FIELDS, problems)
    if found is None or not found["identifier"]:
        raise NotAnAnswer("a customer with a field that does not hold what it should")
    identifier, us_person = found.pop("identifier"), found.pop("us_person")
    given = {name: value for name, value in found.items() if value is not None}
    return Described(identifier, given | ({} if us_person is None else {"is_us_person": us_person}))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        raise NotAnAnswer("a field that is not text, true, false or null")
    return value
