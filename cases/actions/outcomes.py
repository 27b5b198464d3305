"""What is owed to customers once a case has ended, however it did."""

from datetime import datetime

from django.conf import settings

from accounts.models import User
from cases.actions.duties import create_duties, owe_followers
from cases.models import Case, Disclosure
from cases.states import LEAVES, DutyKind, DutyState, Outcome


def outcome_unless_part_left(case: Case, otherwise: Outcome) -> Outcome:
    """Return the outcome of a case that ends without an answer: what left before stays counted as a part.

    A withdrawal, a rejection or a court's decision takes nothing back that an agency already holds, and a report that
    said so would state fewer disclosures than there were.
    """
    left = Disclosure.objects.filter(production__case=case, result__in=LEAVES).exists()
    return Outcome.ANSWERED_PARTIAL if left else otherwise


def owe_after_end(case: Case, *, by: User | None, now: datetime) -> None:
    """Owe a notice to who was asked about, whatever the outcome, and the outcome to who had a first notice.

    Before legal review (which an impostor's request never passes) a setting decides, and whether anything was kept or
    left. The case has ended already.
    """
    owed = was_reviewed(case) or settings.WRITDESK.notice_before_review
    if owed or case.preservations.exists() or case.productions.exists():
        create_duties(case, now=now, by=by, due_at=now)
    case.duties.filter(state=DutyState.PENDING, due_at=None).update(due_at=now)
    owe_followers(case, DutyKind.OUTCOME, now=now, by=by)


def was_reviewed(case: Case) -> bool:
    """Whether the case ever passed legal review: its duties begin then."""
    return case.duties.exists()
