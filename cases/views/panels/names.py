"""How a reader knows what the ledger names by key or code: people by name, rows of the case by their place in it."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from django.utils.translation import gettext as _

from cases.queries.case_page import CasePage
from cases.states import CaseState
from cases.views.panels.codes import codes
from cases.views.words import customer_words
from ledger.sentences import Names


class Row(Protocol):
    pk: int


def names_in(page: CasePage) -> Names:
    """Return for the fields of ledger entries: key or code → name, place or words, of what the case's page has read."""
    case, dossier = page.case, page.dossier
    words = codes()
    if case.instrument.tells_at_effect:  # settled as far as it can be, and nothing is withheld
        before = {str(CaseState.NOTICE_WITHHELD): _("nobody is told before effect is given")}
        words = {**words, "state": {**words["state"], **before}}
    compartment = {case.compartment.pk: case.compartment.name} if case.compartment else {}
    return {
        **words,
        **dict.fromkeys(("by", "assignee", "second", "seen_by"), page.people),
        **dict.fromkeys(("duty", "duties", "told_before", "reminder"), places(dossier.all_duties)),
        "agency": {case.agency_id: case.agency.name},
        "compartment": compartment,
        "customer": {pk: customer_words(customer) for pk, customer in page.customers.items()},
        "document": {str(file.pk): file.name for _row, file in page.documents},
        "order": places(dossier.orders),
        "objection": places(dossier.objections),
        "challenge": places(dossier.challenges),
        **dict.fromkeys(("instance", "next"), places(dossier.instances)),
        "preservation": places(dossier.preservations),
        "letter": places(dossier.letters),
        "production": places(dossier.productions),
    }


def places(rows: Iterable[Row]) -> Mapping[int, str]:
    """Return the place of each row, counted from 1 in the order in which they were written down."""
    keys = sorted(row.pk for row in rows)
    return {key: str(place) for place, key in enumerate(keys, start=1)}
