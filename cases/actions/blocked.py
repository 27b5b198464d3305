"""Attempts that the rule of two persons blocked: on record, although everything else about them is undone."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from accounts.models import User
from cases import ledger_kinds as kinds
from cases.actions import second_person
from cases.actions.changing import ChangedMeanwhile, NotForYou, Refused, record
from cases.models import Approval

logger = logging.getLogger(__name__)

# Refusal → its word in the ledger; the first that fits. Others, a reason that is missing say, block nobody.
BECAUSE: Mapping[type[Refused], str] = {
    second_person.SecondPersonRequired: "same_person",
    second_person.NotIndependent: "not_independent",
    second_person.ApproverGone: "approver_gone",
    second_person.NotWhatWasRead: "not_what_was_read",
    second_person.NotWhatWasApproved: "changed_since",
    second_person.Expired: "expired",
    second_person.NotApproved: "not_waiting",
    ChangedMeanwhile: "case_moved",
    NotForYou: "wrong_role",
}


@contextmanager
def noted_if_blocked(attempt: str, approval: Approval, *, by: User, now: datetime) -> Iterator[None]:
    """Let a blocked attempt within be refused as it is, and write it into the ledger afterwards.

    What was begun is rolled back by then, so the entry stands in a transaction of its own. That it cannot be written
    changes no refusal into an error: it is logged.
    """
    try:
        yield
    except Refused as refusal:
        if because := next((word for kind, word in BECAUSE.items() if isinstance(refusal, kind)), None):
            _note(attempt, approval, because, by=by, now=now)
        raise


def _note(attempt: str, approval: Approval, because: str, *, by: User, now: datetime) -> None:
    try:
        with transaction.atomic():
            record(
                approval.case,
                kinds.APPROVAL_BLOCKED,
                at=now,
                by=by,
                approval=approval.pk,
                what=approval.kind,
                attempt=attempt,
                because=because,
            )
    except Exception:
        logger.exception("A blocked attempt upon approval %d is not in the ledger.", approval.pk)
