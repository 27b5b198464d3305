"""How a reader knows what the ledger names by key: people by name, what hangs on the case by its place in it."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from cases.dossier import Dossier


class Row(Protocol):
    pk: int


def names_in(dossier: Dossier, people: Mapping[int, str]) -> Mapping[str, Mapping[int, str]]:
    """Return for the fields of ledger entries that hold keys: key → name or place, of what the case's page has read."""
    case = dossier.case
    compartment = {case.compartment.pk: case.compartment.name} if case.compartment else {}
    return {
        **dict.fromkeys(("by", "assignee", "second", "seen_by"), people),
        **dict.fromkeys(("duty", "duties", "told_before"), places(dossier.all_duties)),
        "agency": {case.agency_id: case.agency.name},
        "compartment": compartment,
        "order": places(dossier.orders),
        "objection": places(dossier.objections),
        "challenge": places(dossier.challenges),
        "instance": places(dossier.instances),
        "preservation": places(dossier.preservations),
        "letter": places(dossier.letters),
        "production": places(dossier.productions),
    }


def places(rows: Iterable[Row]) -> Mapping[int, str]:
    """Return the place of each row, counted from 1 in the order in which they were written down."""
    keys = sorted(row.pk for row in rows)
    return {key: str(place) for place, key in enumerate(keys, start=1)}
