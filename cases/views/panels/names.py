"""How a reader knows what the ledger names by key or code: people by name, rows of the case by their place in it."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from cases.queries.case_page import CasePage
from cases.views.panels.codes import Words, codes


class Row(Protocol):
    pk: int


def names_in(page: CasePage) -> Mapping[str, Mapping[object, object]]:
    """Return for the fields of ledger entries: key or code → name, place or words, of what the case's page has read."""
    case, dossier = page.case, page.dossier
    compartment = {case.compartment.pk: case.compartment.name} if case.compartment else {}
    named: dict[str, Mapping[int, str] | Words] = {
        **codes(),
        **dict.fromkeys(("by", "assignee", "second", "seen_by"), page.people),
        **dict.fromkeys(("duty", "duties", "told_before"), places(dossier.all_duties)),
        "agency": {case.agency_id: case.agency.name},
        "compartment": compartment,
        "document": {str(file.pk): file.name for _row, file in page.documents},
        "order": places(dossier.orders),
        "objection": places(dossier.objections),
        "challenge": places(dossier.challenges),
        "instance": places(dossier.instances),
        "preservation": places(dossier.preservations),
        "letter": places(dossier.letters),
        "production": places(dossier.productions),
    }
    return named  # type: ignore[return-value]


def places(rows: Iterable[Row]) -> Mapping[int, str]:
    """Return the place of each row, counted from 1 in the order in which they were written down."""
    keys = sorted(row.pk for row in rows)
    return {key: str(place) for place, key in enumerate(keys, start=1)}
