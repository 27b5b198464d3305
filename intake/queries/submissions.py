"""A submission as its case's readers see it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from cases.access import known_to
from cases.models import Case, IncomingHold
from intake.models import Submission
from vault.models import Document


@dataclass(frozen=True)
class Arrival:
    """What arrived for a case, as its sender put it, and the other cases that it may concern."""

    case: Case
    submission: Submission | None  # None: it came with an import, and nothing else is kept of its arrival
    documents: list[Document]  # in the order in which they came
    concerns: QuerySet[IncomingHold]  # in the cases that this person may know of


def arrival(user: User, reference: str) -> Arrival | None:
    """Return what arrived for the case, or None where there is none that the person may know of."""
    case = Case.objects.visible_to(user).filter(reference=reference).first()
    if case is None:
        return None
    submission = Submission.objects.filter(case=case).select_related("entered_by").first()
    if submission is None:
        return Arrival(case, None, [], IncomingHold.objects.none())
    kept = Document.objects.in_bulk(submission.document_ids)
    documents = [kept[key] for key in submission.document_ids if key in kept]
    held = known_to(user, IncomingHold.objects.filter(source=submission.source))
    concerns = held.select_related("case", "looked_by").order_by("case")
    return Arrival(case, submission, documents, concerns)


def numbers_given(case_id: int) -> list[str]:
    """Return the telephone numbers that the sender of a case's submission gave."""
    return list(Submission.objects.filter(case=case_id).values_list("sender_phone", flat=True))
