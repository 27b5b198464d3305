"""What waits for a second person."""

from django.db.models import QuerySet

from accounts.models import Role, User
from cases.access import known_to
from cases.models import Approval
from cases.queries.counting import capped
from cases.states import ApprovalState


def waiting_for(user: User) -> QuerySet[Approval]:
    """Return the proposals that this person may decide, oldest first; those of the same person under no account."""
    if not user.has_role(Role.COUNSEL):
        return Approval.objects.none()
    proposed = Approval.objects.filter(state=ApprovalState.PROPOSED).exclude(proposed_by__person=user.person_id)
    return known_to(user, proposed).select_related("case__agency").order_by("proposed_at", "pk")


def proposed_by(user: User) -> QuerySet[Approval]:
    """Return what this person proposed, under any account, and is not carried out yet, oldest first."""
    standing = Approval.objects.filter(state__in=[ApprovalState.PROPOSED, ApprovalState.APPROVED])
    own = known_to(user, standing.filter(proposed_by__person=user.person_id))
    return own.select_related("case__agency").order_by("proposed_at", "pk")


def number_waiting(user: User) -> int:
    """Return how many proposals wait for this person, up to a cap."""
    return capped({"waiting": waiting_for(user)})["waiting"]
