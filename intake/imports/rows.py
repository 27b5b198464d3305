"""A row of the import format: its columns, what each may hold, and what must be true between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from cases.models import AgencyKind
from cases.rules.instruments import INSTRUMENTS, instrument
from cases.states import Category, Channel, Outcome
from intake.imports import values
from intake.imports.cells import Readers, read_cells
from intake.imports.problems import Place, Problems

OPEN = "open"
NOTIFIED = "notified"
WITHHELD_NONDISCLOSURE = "withheld_nondisclosure"
WITHHELD_STATUTE = "withheld_statute"
NOTICES = (
    NOTIFIED,
    WITHHELD_NONDISCLOSURE,
    "withheld_emergency",
    WITHHELD_STATUTE,
    "no_contact",
    "not_required",
)
CHANNELS = tuple(channel for channel in Channel.values if channel != Channel.EEVIDENCE)


@dataclass(slots=True)
class Row:
    """One request of the file. The fields from `reference` on are the file's columns; empty means not known."""

    place: Place
    reference: str
    received_at: datetime
    channel: str
    instrument: str
    agency_name: str
    agency_country: str
    agency_kind: str
    officer_email: str
    customer_country: str
    accounts: tuple[str, ...]
    domains: tuple[str, ...]
    other_targets: tuple[tuple[str, str], ...]
    data_categories: tuple[str, ...]
    emergency: bool | None
    challenged: bool | None
    nondisclosure_basis: str
    nondisclosure_from: date | None
    nondisclosure_until: date | str | None
    conflict_of_law: str
    outcome: str
    outcome_at: datetime | None
    notice: str
    notified_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether the request still waits for its outcome: what has none, or an unknown one, is a live duty."""
        return self.outcome == OPEN

    @property
    def is_restricted(self) -> bool:
        """Whether it is of national security: in its compartment, and in nothing that an import prints."""
        return instrument(self.instrument).national_security

    @property
    def size(self) -> int:
        """How many targets it names."""
        return len(self.accounts) + len(self.domains) + len(self.other_targets)


# Column → how its text is read, and what an empty cell is.
READERS: Readers = {
    "reference": (values.text(100), ""),
    "received_at": (values.instant, None),
    "channel": (values.one_of(CHANNELS), Channel.IMPORT.value),
    "instrument": (values.one_of(INSTRUMENTS), ""),
    "agency_name": (values.text(200), ""),
    "agency_country": (values.country, ""),
    "agency_kind": (values.one_of(AgencyKind.values), ""),
    "officer_email": (values.email, ""),
    "customer_country": (values.country, ""),
    "accounts": (values.pieces, ()),
    "domains": (values.pieces, ()),
    "other_targets": (values.other_targets, ()),
    "data_categories": (values.words_of(Category.values), ()),
    "emergency": (values.flag, None),
    "challenged": (values.flag, None),
    "nondisclosure_basis": (values.text(200), ""),
    "nondisclosure_from": (values.day, None),
    "nondisclosure_until": (values.last_day, None),
    "conflict_of_law": (values.one_of(("none", "identified")), ""),
    "outcome": (values.one_of((OPEN, *Outcome.values)), OPEN),
    "outcome_at": (values.instant, None),
    "notice": (values.one_of(NOTICES), ""),
    "notified_at": (values.instant, None),
}
COLUMNS = tuple(READERS)
REQUIRED = ("reference", "received_at", "instrument")


def read_row(place: Place, cells: Mapping[str, str], problems: Problems) -> Row | None:
    """Return the row, or None after noting every problem that it has."""
    found = read_cells(place, cells, READERS, problems)
    if found is None:
        return None
    row = Row(place, **found)
    contradictions = list(_contradictions(row))
    for column, sentence in contradictions:
        problems.add(place, column, sentence)
    return None if contradictions else row


def _contradictions(row: Row) -> list[tuple[str, str]]:
    found = [(column, _("is empty, and is needed")) for column in REQUIRED if not getattr(row, column)]
    if found:
        return found
    if row.is_open and row.outcome_at:
        found.append(("outcome_at", _("stands beside no outcome: the request is open")))
    if not row.is_open and row.outcome_at is None:
        found.append(("outcome_at", _("is empty, although the request has the outcome %s") % row.outcome))
    if row.outcome_at and row.outcome_at < row.received_at:
        found.append(("outcome_at", _("lies before received_at")))
    if _ends_before_it_begins(row.nondisclosure_from, row.nondisclosure_until):
        found.append(("nondisclosure_until", _("lies before nondisclosure_from")))
    return found


def _ends_before_it_begins(first_day: date | None, last_day: date | str | None) -> bool:
    return isinstance(last_day, date) and first_day is not None and last_day < first_day
