"""A row of the file of customers: its columns, and what each may hold. No problem repeats what a cell says."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import CustomerRole
from cases.states import TargetKind
from intake.directory.names import Name, is_domain, kind_of_address, written
from intake.imports import values
from intake.imports.cells import Readers, read_cells
from intake.imports.files import Format
from intake.imports.problems import BadValue, Place, Problems

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,6})?")
EMAIL_LENGTH = 254  # what a column for one holds
ZONES = frozenset(available_timezones())


@dataclass(frozen=True, slots=True)
class Row:
    """One customer of the file. None: the file does not know, and what is known of the customer stays."""

    place: Place
    identifier: str
    name: str | None
    email: str | None
    language: str | None
    country: str | None
    nationality: str | None
    timezone: str | None
    role: str | None
    us_person: bool | None
    accounts: tuple[str, ...]
    domains: tuple[str, ...]
    addresses: tuple[Name, ...]

    @property
    def names(self) -> list[Name]:
        """Everything by which the directory is to find this customer."""
        accounts = [(TargetKind.ACCOUNT.value, value) for value in self.accounts]
        return [*accounts, *((TargetKind.DOMAIN.value, value) for value in self.domains), *self.addresses]


def _language(value: str) -> str:
    if not LANGUAGE.fullmatch(value):
        raise BadValue(_("is not a language such as en or pt-br"))
    return value


def _zone(value: str) -> str:
    if value not in ZONES:
        raise BadValue(_("is not an IANA time zone such as Europe/Paris"))
    return value


def _role(value: str) -> str:
    if value not in CustomerRole.values:
        raise BadValue(_("is not one of: %s") % ", ".join(CustomerRole.values))
    return value


def _email(value: str) -> str:
    if len(value) > EMAIL_LENGTH:
        raise BadValue(_("is longer than an e-mail address"))
    return values.email(value)


def _accounts(value: str) -> tuple[str, ...]:
    return values.pieces(value)


def _domains(value: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(written(TargetKind.DOMAIN, piece) for piece in values.pieces(value)))
    if not all(map(is_domain, found)):
        raise BadValue(_("one of them is not a domain"))
    return found


def _addresses(value: str) -> tuple[Name, ...]:
    kinds = [(kind_of_address(piece), piece) for piece in values.pieces(value)]
    if not all(kind for kind, _piece in kinds):
        raise BadValue(_("one of them is neither an IP nor an e-mail address"))
    return tuple(dict.fromkeys((kind, written(kind, piece)) for kind, piece in kinds))


def _unsaid(read: Callable[[str], Any], sentence: Promise) -> Callable[[str], Any]:
    """Return the reader with a sentence of its own for what is wrong: the other's repeats the value."""

    def quiet(value: str) -> Any:
        try:
            return read(value)
        except BadValue:
            raise BadValue(sentence) from None

    return quiet


COUNTRY = _unsaid(values.country, gettext_lazy("is not a country code of ISO 3166-1, such as GB"))

READERS: Readers = {
    "identifier": (values.text(100), ""),
    "name": (values.text(200), None),
    "email": (_unsaid(_email, gettext_lazy("is not an e-mail address")), None),
    "language": (_language, None),
    "country": (COUNTRY, None),
    "nationality": (COUNTRY, None),
    "timezone": (_zone, None),
    "role": (_role, None),
    "us_person": (_unsaid(values.flag, gettext_lazy("is not true or false")), None),
    "accounts": (_accounts, ()),
    "domains": (_domains, ()),
    "addresses": (_addresses, ()),
}
FORMAT = Format(tuple(READERS), is_personal=True)


def read_row(place: Place, cells: Mapping[str, str], problems: Problems) -> Row | None:
    """Return the row, or None after noting every problem that it has."""
    found = read_cells(place, cells, READERS, problems)
    if found is None:
        return None
    if not found["identifier"]:
        problems.add(place, "identifier", _("is empty, and is needed"))
        return None
    return Row(place, **found)
