"""Who looked at a sealed case, who tried to, and who took cases away as a list: written into the ledger.

In streams of their own, beside the case's: looking at a case does not change it, and a case's history is not to be
pushed aside by who read it.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from cases import ledger_kinds as kinds
from cases.models import Case
from ledger.actions import append

NOWHERE = "access:none"  # attempts at references of no case
EXPORTS = "access:exports"


@transaction.atomic
def note_look(case: Case, what: str, *, by: User, now: datetime) -> None:
    """Write down that somebody looked at the case, where it is sealed."""
    if case.compartment_id is not None:
        append(stream=case.access_stream, kind=kinds.SEALED_LOOKED_AT, at=now, by=by.pk, what=what)


@transaction.atomic
def note_refusal(reference: str, what: str, *, by: User, now: datetime) -> None:
    """Write down that somebody was refused a case, or asked for one that is not there.

    As much is done for either: not even the time that it takes tells them apart (invariant 6).
    """
    found = Case.objects.filter(reference=reference).order_by("pk").first()
    stream = found.access_stream if found else NOWHERE
    append(stream=stream, kind=kinds.ACCESS_REFUSED, at=now, by=by.pk, what=what)


@transaction.atomic
def note_export(cases: Iterable[Case], *, by: User, now: datetime) -> None:
    """Write down that these cases were taken away as a list, and in the stream of each sealed one that it was in it."""
    cases = list(cases)
    sealed = [case for case in cases if case.compartment_id is not None]
    append(
        stream=EXPORTS, kind=kinds.CASES_EXPORTED, at=now, by=by.pk, cases=len(cases) - len(sealed), sealed=len(sealed)
    )
    for case in sealed:
        note_look(case, "export", by=by, now=now)
