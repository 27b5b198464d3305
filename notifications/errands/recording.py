"""What the ledger says of an errand, in the stream of its case."""

from datetime import datetime

from accounts.models import User
from ledger.actions import append
from ledger.kinds import EntryKind
from notifications.errands.errand import Errand


def record(errand: Errand, kind: EntryKind, *, now: datetime, by: User | None = None, **fields: object) -> None:
    """Write one entry about the errand, in the caller's transaction."""
    named: dict[str, object] = {**errand.named, **fields}
    append(stream=errand.case.stream, kind=kind, at=now, by=by.pk if by else None, fact=None, **named)
