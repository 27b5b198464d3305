"""Findings on a conflict of law that fall: the facts that they were made on have changed."""

from datetime import datetime

from django.db.models import QuerySet

from cases import ledger_kinds as kinds
from cases import tally
from cases.actions.approvals import void_all
from cases.actions.changing import record
from cases.models import Case, ConflictAssessment, Target


def drop_assessments(case: Case, targets: QuerySet[Target], *, because: str, now: datetime) -> None:
    """Let the findings on these targets fall, and what a second person approved on their ground. Under the case's lock.

    Before anything leaves they are made anew: cases.guards.conflicts_assessed.
    """
    fell, _by_model = ConflictAssessment.objects.filter(target__in=targets.order_by().values("pk")).delete()
    if not fell:
        return
    tally.recount(case)
    record(case, kinds.FINDINGS_FELL, at=now, by=None, targets=fell, because=because)
    void_all(case, because=because, now=now)
