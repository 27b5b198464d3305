"""Writing a batch of rows: every table by COPY, in the caller's transaction."""

import os
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import connection

from cases.models import Case, Clock, NondisclosureOrder, NoticeDuty, Target
from cases.references import ALPHABET, new_reference
from intake.imports.becoming import FACTS, Newborn, born, imported_facts
from intake.imports.copying import copy_in, copy_rows, new_keys
from intake.imports.duties import COLUMNS as DUTY
from intake.imports.entries import entries
from intake.imports.parties import parties_of
from intake.imports.rows import Row
from intake.models import ImportedFacts
from ledger.actions import append_many

ONE_AT_A_TIME = 0x696D706F7274  # "import"
DRAWN = 4096  # random bytes at a time


def begin() -> None:
    """Let this transaction mark cases as imported, which the database refuses from anywhere else; one at a time.

    A second import waits for the first: with the same file, it then finds everything there.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        cursor.execute("SELECT set_config('writdesk.importing', 'on', true)")


def write(rows: Sequence[Row], now: datetime) -> list[Newborn]:
    """Write new rows, with all that comes with them; return what they became."""
    if not rows:
        return []
    named = zip(rows, parties_of(rows, now), _new_references(rows), strict=True)
    found = [born(row, parties, reference, now) for row, parties, reference in named]
    orders = [order for one in found for order in one.orders]
    duties = [one.duty for one in found if one.duty]
    for instance, key in zip(orders, new_keys(NondisclosureOrder, len(orders)), strict=True):
        instance.pk = key
    for duty, key in zip(duties, new_keys(NoticeDuty, len(duties)), strict=True):
        duty.pk = key
    for one, key in zip(found, new_keys(Case, len(found)), strict=True):
        one.tie(key)
    copy_rows(Case, tuple(found[0].case), (tuple(one.case.values()) for one in found))
    copy_in(NondisclosureOrder, orders)
    copy_rows(NoticeDuty, DUTY, (one.duty.columns(one.pk) for one in found if one.duty))
    copy_rows(Target, ("case_id", "duty_id", "asked", "kind", "value", "customer_id"), _target_rows(found))
    copy_in(Clock, [clock for one in found for clock in one.clocks])
    copy_rows(ImportedFacts, FACTS, (imported_facts(one.pk, one.row) for one in found))
    append_many(entry for one in found for entry in entries(one, now))
    return found


def _target_rows(found: Sequence[Newborn]) -> Iterator[tuple[object, ...]]:
    for one in found:
        shared = (one.pk, one.duty.pk if one.duty else None, one.row.data_categories)
        for target in one.targets:
            yield *shared, *target


def _new_references(rows: Sequence[Row]) -> list[str]:
    """Return a new reference for each row. In a large import, chance alone can bring one that is taken."""
    letters = _random_letters()

    def draw(row: Row) -> str:
        return new_reference(row.received_at.year, lambda _alphabet: next(letters))

    references = [draw(row) for row in rows]
    with connection.cursor() as cursor:
        cursor.execute("SELECT reference FROM cases_case WHERE reference = ANY(%s)", [references])
        taken = {reference for (reference,) in cursor}
    seen: set[str] = set()
    for place, row in enumerate(rows):
        while references[place] in taken or references[place] in seen:
            references[place] = draw(row)
        seen.add(references[place])
    return references


def _random_letters() -> Iterator[str]:
    """Yield letters as unguessable as those of `secrets`, which asks the system for each one anew."""
    assert len(ALPHABET) == 32  # noqa: S101 - five bits each, none likelier than another
    while True:
        yield from (ALPHABET[byte & 31] for byte in os.urandom(DRAWN))
