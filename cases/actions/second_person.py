"""Who may be the second person, and that what is carried out is what was approved (invariant 5)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.models import Role, User, received_from
from cases.actions.changing import CaseNotFound, NotForYou, Refused, require_role, require_sight
from cases.approvals import digest_of, subject_of
from cases.models import Approval, Case
from cases.states import ApprovalState

INDEPENDENCE = timedelta(hours=24)  # an approver who got role or compartment from the proposer is theirs for a day


class SecondPersonRequired(NotForYou):
    """The approver is the proposer, under this or another account."""


class NotIndependent(NotForYou):
    """The approver owes role or compartment to the proposer, since less than a day."""


class ApproverGone(NotForYou):
    """Who approved no longer holds the role or the compartment, or never was independent."""


class NotWhatWasApproved(Refused):
    """Something has changed since: what would be done now is not what the second person saw."""


class NotApproved(Refused):
    """Nobody has approved this, or it is void or done."""


class NotWhatWasRead(NotApproved):
    """The digest is not the one of the proposal: the page that was read shows something else."""


class Expired(NotApproved):
    """The time in which it was to be decided and carried out is over."""


def require_second_person(case: Case, approval: Approval, approver: User, now: datetime) -> None:
    """Raise unless the approver is another person with role and compartment at this moment, and independent."""
    require_sight(approver, case)
    require_role(approver, Role.COUNSEL)
    if approver.person_id == approval.proposed_by.person_id:
        raise SecondPersonRequired(_("You proposed this: another person must approve it."))
    if received_from(approver, approval.proposed_by, now - INDEPENDENCE):
        raise NotIndependent(
            _("You were given your role or compartment by the proposer less than a day ago: someone else must approve.")
        )


def require_in_time(approval: Approval, now: datetime) -> None:
    """Raise Expired where its time is over, whether or not the clock has come by."""
    if approval.is_over(now):
        raise Expired(_("The time for this is over. Propose it again."))


def require_same(case: Case, approval: Approval) -> None:
    """Raise NotWhatWasApproved where the subject, read anew, has another digest."""
    if digest_of(subject_of(approval.kind, case, approval.subject["params"])) != approval.digest:
        raise NotWhatWasApproved(_("Something has changed since this was proposed. Propose it again."))


def execute(case: Case, approval: Approval, *, now: datetime) -> None:
    """Mark an approval as carried out, asking everything again. The caller does the deed in the same transaction.

    Raises NotApproved, Expired, NotWhatWasApproved, ApproverGone.
    """
    approver = approval.decided_by
    require_in_time(approval, now)
    if approval.state != ApprovalState.APPROVED or approver is None:
        raise NotApproved(_("This is not approved, or no longer."))
    approver.forget_grants()
    try:
        require_second_person(case, approval, approver, now)
    except (CaseNotFound, NotForYou) as error:
        raise ApproverGone(_("Who approved this may no longer do so: ask another counsel.")) from error
    require_same(case, approval)
    approval.state, approval.executed_at = ApprovalState.EXECUTED, now
    approval.save(update_fields=["state", "executed_at"])
