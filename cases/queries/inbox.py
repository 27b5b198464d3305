"""What waits for a second person."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Role, User
from cases.access import known_to
from cases.models import Approval
from cases.queries.counting import capped
from cases.states import ApprovalState


def waiting_for(user: User) -> QuerySet[Approval]:
    """Return the proposals that this person may decide, what they were asked first, then the oldest.

    Those of the same person are under no account among them.
    """
    if not user.has_role(Role.COUNSEL):
        return Approval.objects.none()
    proposed = Approval.objects.filter(state=ApprovalState.PROPOSED).exclude(proposed_by__person=user.person_id)
    is_asked = Exists(User.objects.filter(pk=OuterRef("asked"), person=user.person_id))
    return known_to(user, proposed).select_related("case__agency").order_by(is_asked.desc(), "proposed_at", "pk")


def proposed_by(user: User) -> QuerySet[Approval]:
    """Return what this person proposed, under any account, and is not carried out yet, oldest first."""
    standing = Approval.objects.filter(state__in=[ApprovalState.PROPOSED, ApprovalState.APPROVED])
    own = known_to(user, standing.filter(proposed_by__person=user.person_id))
    return own.select_related("case__agency").order_by("proposed_at", "pk")


def expired_for(user: User) -> QuerySet[Approval]:
    """Return what this person proposed or was asked and nobody decided or carried out in its time, the latest first."""
    mine = Q(proposed_by__person=user.person_id) | Q(asked__person=user.person_id)
    expired = known_to(user, Approval.objects.filter(mine, state=ApprovalState.EXPIRED))
    return expired.select_related("case__agency").order_by("-expires_at", "-pk")


def number_waiting(user: User) -> int:
    """Return how many proposals wait for this person, up to a cap."""
    return capped({"waiting": waiting_for(user)})["waiting"]
