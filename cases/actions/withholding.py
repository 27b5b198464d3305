"""Not telling by our own decision, or telling with less time: another person agrees first."""

from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.approvals import propose
from cases.actions.changing import Refused, changing_for, committed, record
from cases.actions.duties import change_duty, owe, settle_notices
from cases.models import Approval, Case, NoticeDuty
from cases.rules.nondisclosure import BASES, basis
from cases.states import ApprovalKind, DutyKind, DutyState


def propose_withholding(
    *, duty_id: int, basis_code: str, review_date: date, reason: str, by: User, now: datetime
) -> Approval:
    """Ask a second counsel to withhold one notice by policy, until a day on which it is looked at again.

    An order or statute needs no second person: record it (cases.actions.nondisclosure) and it holds.
    """
    if basis_code not in BASES or basis(basis_code).kind != "policy":
        raise Refused(_("Choose one of the reasons that our policy knows."))
    case_id = NoticeDuty.objects.values_list("case_id", flat=True).get(pk=duty_id)
    with changing_for(by, case_id, Role.COUNSEL) as case:
        duty = case.duties.get(pk=duty_id)
        if duty.state not in (DutyState.PENDING, DutyState.FAILED):
            raise Refused(_("This notice is no longer waiting."))
        if review_date <= now.astimezone(settings.WRITDESK.receiving_zone).date():
            raise Refused(_("Choose a day in the future on which this is looked at again."))
        params = {"duty": duty.pk, "basis": basis_code, "review_date": review_date.isoformat()}
        return propose(case, ApprovalKind.WITHHOLD, params, reason=reason, by=by, now=now)


def withhold(case: Case, approval: Approval, *, by: User, now: datetime) -> None:
    """Carry out an approved withholding."""
    params = approval.subject["params"]
    duty = case.duties.get(pk=params["duty"])
    duty.order, duty.withheld_until = None, None
    duty.review_date = date.fromisoformat(params["review_date"])
    change_duty(case, duty, DutyState.WITHHELD, now=now, by=by, basis_code=params["basis"], reason=approval.reason)
    settle_notices(case, now=now)


def propose_shorter_window(*, duty_id: int, ends_at: datetime, reason: str, by: User, now: datetime) -> Approval:
    """Ask a second counsel to end an objection window early, where the return date leaves no other way."""
    case_id = NoticeDuty.objects.values_list("case_id", flat=True).get(pk=duty_id)
    with changing_for(by, case_id, Role.COUNSEL) as case:
        duty = case.duties.get(pk=duty_id)
        if duty.window_ends_at is None or not now < ends_at < duty.window_ends_at:
            raise Refused(_("Choose an end between now and the end of the running window."))
        params = {"duty": duty.pk, "ends_at": ends_at.isoformat()}
        return propose(case, ApprovalKind.SHORTEN_WINDOW, params, reason=reason, by=by, now=now)


def shorten(case: Case, approval: Approval, *, by: User, now: datetime) -> None:
    """Carry out an approved shorter window; the customer is told of it."""
    params = approval.subject["params"]
    duty = case.duties.get(pk=params["duty"])
    duty.window_ends_at = datetime.fromisoformat(params["ends_at"])
    duty.save(update_fields=["window_ends_at"])
    record(
        case,
        kinds.WINDOW_SHORTENED,
        at=now,
        by=by,
        duty=duty.pk,
        ends=duty.window_ends_at,
        reason=committed(case, approval.reason, now=now),
    )
    owe(case, DutyKind.DECISION, customer_id=duty.customer_id, now=now, by=by)
