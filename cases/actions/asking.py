"""Asking one named counsel to decide a proposal. Anybody else who is entitled may still be quicker."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import CaseNotFound, NotForYou, Refused, changing_for, record
from cases.actions.second_person import NotApproved, require_in_time, require_second_person
from cases.models import Approval
from cases.states import ApprovalState


class CannotBeAsked(Refused):
    """Who is to be asked could not decide it: no other person, no counsel, not independent, or not to know of it."""


def ask_to_decide(*, approval_id: int, asked: User, by: User, now: datetime) -> None:
    """Ask one counsel to decide what waits. Who proposed it may ask, and who was asked may hand it on.

    Raises NotForYou, NotApproved, Expired, CannotBeAsked.
    """
    found = Approval.objects.get(pk=approval_id)
    with changing_for(by, found.case_id, Role.COUNSEL, Role.ANALYST) as case:
        approval = case.approvals.select_related("proposed_by", "asked").get(pk=approval_id)
        require_in_time(approval, now)
        if approval.state != ApprovalState.PROPOSED:
            raise NotApproved(_("This no longer waits for anyone."))
        if by.person_id not in {one.person_id for one in (approval.proposed_by, approval.asked) if one}:
            raise NotForYou(_("Only who proposed this, or was asked, can ask somebody to decide it."))
        try:
            require_second_person(case, approval, asked, now)
        except (CaseNotFound, NotForYou) as error:
            raise CannotBeAsked(
                _("%(name)s cannot decide this: ask another counsel.") % {"name": asked.name}
            ) from error
        approval.asked = asked
        approval.save(update_fields=["asked"])
        record(case, kinds.APPROVAL_ASKED, at=now, by=by, approval=approval.pk, what=approval.kind, asked=asked.pk)
