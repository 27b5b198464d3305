"""What the holder of a receipt may know: that something arrived, and in neutral words how far it is."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.tokens import token_hash
from cases.states import ENDED, CaseState
from intake.models import Submission

RECEIVED, LOOKED_AT, ANSWERED = _("Received"), _("Being looked at"), _("Answered")


@dataclass(frozen=True)
class Stage:
    """A step of the way, for components/path.html; status is done, here or empty."""

    label: str | Promise
    status: str


@dataclass(frozen=True)
class Receipt:
    """A submission as its receipt shows it: nothing of any customer, account or data."""

    reference: str
    received_at: datetime
    documents: int
    stages: tuple[Stage, ...]


def receipt(token: str) -> Receipt | None:
    """Return the receipt of this token, or None for one that was guessed."""
    columns = ("case__reference", "case__state", "received_at", "document_ids")
    found = Submission.objects.filter(receipt_token_hash=token_hash(token)).values_list(*columns).first()
    if found is None:
        return None
    reference, state, received_at, document_ids = found
    return Receipt(reference, received_at, len(document_ids), _stages(state))


def _stages(state: str) -> tuple[Stage, ...]:
    reached = 0 if state == CaseState.RECEIVED else 2 if state in ENDED else 1
    marks = ["done"] * reached + ["here"] + [""] * (2 - reached)
    return tuple(Stage(*pair) for pair in zip((RECEIVED, LOOKED_AT, ANSWERED), marks, strict=True))
