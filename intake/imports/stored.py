"""Which rows of a batch are there already, and in which columns the file says something else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.db.models import Prefetch

from cases.models import Case, Target
from cases.states import TargetKind
from intake.imports.parties import identity
from intake.imports.rows import COLUMNS, OPEN, Row
from intake.imports.values import INDEFINITE
from intake.models import ImportedFacts


@dataclass(frozen=True)
class AlreadyThere:
    """A row whose reference the database has; `differing` names the columns in which the file says something else."""

    row: Row
    is_sealed: bool
    differing: tuple[str, ...]


def already_there(rows: Sequence[Row]) -> dict[str, AlreadyThere]:
    """Return what is there already, by the provider's reference."""
    by_reference = {row.reference: row for row in rows}
    with connection.cursor() as cursor:  # asked for every row of a file, and mostly none is there
        cursor.execute("SELECT id FROM cases_case WHERE provider_reference = ANY(%s)", [list(by_reference)])
        keys = [key for (key,) in cursor]
    if not keys:
        return {}
    stored = (
        Case.objects.filter(pk__in=keys)
        .select_related("agency", "officer", "imported")
        .prefetch_related(Prefetch("targets", Target.objects.only("case", "kind", "value")))
    )
    return {str(case.provider_reference): _compare(by_reference[str(case.provider_reference)], case) for case in stored}


def _compare(row: Row, case: Case) -> AlreadyThere:
    kept, known = _row_of(case, row), identity(row)
    given = replace(row, agency_name=known.name, agency_country=known.country, agency_kind=known.kind)
    differing = [column for column in COLUMNS if _plain(getattr(given, column)) != _plain(getattr(kept, column))]
    return AlreadyThere(row, case.compartment_id is not None, tuple(differing))


def _plain(value: object) -> object:
    return frozenset(value) if isinstance(value, tuple) else value


def _row_of(case: Case, row: Row) -> Row:
    """Return the case as a row of the file that made it."""
    facts = case.imported if hasattr(case, "imported") else ImportedFacts()
    return Row(
        place=row.place,
        reference=str(case.provider_reference),
        received_at=case.received_at,
        channel=case.channel,
        instrument=case.instrument_code,
        agency_name=case.agency.name,
        agency_country=case.agency.country,
        agency_kind=case.agency.kind,
        officer_email=case.officer.email if case.officer else "",
        customer_country=case.customer_country,
        accounts=_values(case, [TargetKind.ACCOUNT]),
        domains=_values(case, [TargetKind.DOMAIN]),
        other_targets=tuple(
            (target.kind, target.value)
            for target in case.targets.all()
            if target.kind not in (TargetKind.ACCOUNT, TargetKind.DOMAIN)
        ),
        data_categories=tuple(case.asked),
        emergency=facts.emergency,
        challenged=facts.challenged,
        nondisclosure_basis=facts.nondisclosure_basis,
        nondisclosure_from=facts.nondisclosure_from,
        nondisclosure_until=_last_day(facts.nondisclosure_until),
        conflict_of_law=facts.conflict_of_law,
        outcome=case.outcome or OPEN,
        outcome_at=case.outcome_at,
        notice=facts.notice,
        notified_at=facts.notified_at,
    )


def _values(case: Case, kinds: Iterable[str]) -> tuple[str, ...]:
    return tuple(target.value for target in case.targets.all() if target.kind in kinds)


def _last_day(text: str) -> date | str | None:
    if not text or text == INDEFINITE:
        return text or None
    return date.fromisoformat(text)
