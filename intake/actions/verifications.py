"""Verifications that end: the guard has closed by itself; here it is written down, once."""

from datetime import datetime

from django.db import transaction

from cases.models import Agency
from intake.ledger_kinds import VERIFICATION_LAPSED
from ledger.actions import append


def note_lapsed(*, now: datetime) -> int:
    """Write down which agencies' verifications have ended and were not noted yet; return how many."""
    lapsed = Agency.objects.filter(verified_until__lte=now).order_by("pk")
    return sum(_note(key, now) for key in lapsed.values_list("pk", flat=True))


@transaction.atomic
def _note(agency_id: int, now: datetime) -> int:
    # Compare and swap: of two schedulers one writes the entry, and a verification given meanwhile stands.
    if not Agency.objects.filter(pk=agency_id, verified_until__lte=now).update(verified_until=None):
        return 0
    append(stream=f"agency:{agency_id}", kind=VERIFICATION_LAPSED, at=now, by=None, agency=agency_id)
    return 1
