"""Whom the rows of a batch name: agencies and officers found or added, customers found, in one statement each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from accounts.models import Compartment
from cases.actions.opening import NATIONAL_SECURITY
from cases.models import AgencyKind
from intake.imports.becoming import Parties
from intake.imports.rows import Row

UNNAMED = "Not known"  # the agency of a row that names none,
NOWHERE = "ZZ"  # and its country: what ISO 3166 leaves free and CLDR calls the unknown region

ADD_AGENCIES = """
INSERT INTO cases_agency (name, country, kind, email_domain, postal_address, first_seen_at)
SELECT named.*, '', %s FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]) AS named ON CONFLICT DO NOTHING
"""
FIND_AGENCIES = """
SELECT id, name, country, kind, email_domain FROM cases_agency
WHERE (name, country, kind, email_domain) IN (SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]))
"""
ADD_OFFICERS = """
INSERT INTO cases_officer (agency_id, email, name, phone)
SELECT named.*, '', '' FROM unnest(%s::bigint[], %s::text[]) AS named ON CONFLICT DO NOTHING
"""
FIND_OFFICERS = """
SELECT id, agency_id, email FROM cases_officer
WHERE name = '' AND (agency_id, email) IN (SELECT * FROM unnest(%s::bigint[], %s::text[]))
"""
# cases.queries.customers.by_number, for many at once: a compartment's own before those of everybody.
FIND_CUSTOMERS = """
SELECT identifier, id, compartment_id IS NULL FROM cases_customer
WHERE identifier = ANY(%s) AND (compartment_id IS NULL OR compartment_id = %s)
"""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which agency a row names: what cases.actions.agencies.find_or_add_agency tells them apart by."""

    name: str
    country: str
    kind: str
    email_domain: str


def identity(row: Row) -> Identity:
    """Return the row's agency; where the file does not know, the name says so, and the kind is the usual one."""
    kind = row.agency_kind or AgencyKind.LAW_ENFORCEMENT.value
    return Identity(
        row.agency_name or UNNAMED, row.agency_country or NOWHERE, kind, row.officer_email.rpartition("@")[2]
    )


def parties_of(rows: Sequence[Row], now: datetime) -> list[Parties]:
    """Return whom each row names, adding what is new."""
    identities = [identity(row) for row in rows]
    agencies = _agencies(dict.fromkeys(identities), now)
    officers = _officers(
        dict.fromkeys(
            (agencies[known], row.officer_email)
            for known, row in zip(identities, rows, strict=True)
            if row.officer_email
        )
    )
    sealed = _national_security() if any(row.is_restricted for row in rows) else None
    common, inside = _customers({account for row in rows for account in row.accounts}, sealed)
    return [
        Parties(
            agency_id=agencies[known],
            agency_country=known.country,
            officer_id=officers.get((agencies[known], row.officer_email)),
            compartment_id=sealed if row.is_restricted else None,
            customers=inside if row.is_restricted else common,
        )
        for known, row in zip(identities, rows, strict=True)
    ]


def _agencies(wanted: Iterable[Identity], now: datetime) -> dict[Identity, int]:
    rows = [(one.name, one.country, one.kind, one.email_domain) for one in wanted]
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(FIND_AGENCIES, columns)
        found = {Identity(*row): key for key, *row in cursor}
        missing = [row for row in rows if Identity(*row) not in found]
        if missing:
            cursor.execute(ADD_AGENCIES, [now, *(list(column) for column in zip(*missing, strict=True))])
            cursor.execute(FIND_AGENCIES, columns)
            found = {Identity(*row): key for key, *row in cursor}
    return found


def _officers(wanted: Iterable[tuple[int, str]]) -> dict[tuple[int, str], int]:
    rows = list(wanted)
    if not rows:
        return {}
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(FIND_OFFICERS, columns)
        found = {(agency_id, email): key for key, agency_id, email in cursor}
        missing = [row for row in rows if row not in found]
        if missing:
            cursor.execute(ADD_OFFICERS, [list(column) for column in zip(*missing, strict=True)])
            cursor.execute(FIND_OFFICERS, columns)
            found = {(agency_id, email): key for key, agency_id, email in cursor}
    return found


def _customers(accounts: set[str], compartment_id: int | None) -> tuple[dict[str, int], dict[str, int]]:
    """Return whose these accounts are, as cases in no compartment know them, and as the compartment's own do."""
    with connection.cursor() as cursor:
        cursor.execute(FIND_CUSTOMERS, [list(accounts), compartment_id])
        rows = cursor.fetchall()
    common = {number: key for number, key, is_common in rows if is_common}
    return common, common | {number: key for number, key, is_common in rows if not is_common}


def _national_security() -> int:
    return Compartment.objects.get(code=NATIONAL_SECURITY).pk
