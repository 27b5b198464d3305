"""The customer says no: received, proven, withdrawn, decided."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.approvals import RELEASE_KINDS, propose, void_approvals
from cases.actions.changing import Refused, changing, changing_for, committed, record
from cases.actions.duties import owe
from cases.actions.objection_papers import keep_papers
from cases.models import Approval, Case, NoticeDuty, Objection
from cases.rules.deadlines import end_of
from cases.states import OPEN, ApprovalKind, DutyKind, DutyState, ObjectionState
from vault.uploads import EncryptedUpload


class TooLateToObject(Refused):
    """The case is answered or ended."""


def receive_objection(
    *,
    duty_id: int,
    text: str,
    now: datetime,
    lawyer: str = "",
    uploads: Sequence[EncryptedUpload] = (),
) -> Objection:
    """Record the customer's objection. While it is open nothing is answered; releases approved before are void.

    `lawyer` says who speaks for them; `uploads` are kept under the case's key. Raises TooLateToObject, Refused, and
    as cases.actions.objection_papers.keep_papers.
    """
    case_id = NoticeDuty.objects.values_list("case_id", flat=True).get(pk=duty_id)
    with changing(case_id) as case:
        duty = case.duties.get(pk=duty_id)
        if case.state not in OPEN:
            raise TooLateToObject(_("This request has been dealt with already: there is nothing left to stop."))
        # A controller is informed of an order that only the authorities and the courts can stop.
        if duty.state != DutyState.DELIVERED or duty.kind == DutyKind.CONTROLLER:
            raise Refused(_("There is no notice to object to."))
        if duty.objections.filter(state=ObjectionState.OPEN).exists():
            raise Refused(_("We have your objection already."))
        objection = Objection.objects.create(duty=duty, text=text.strip(), lawyer=lawyer.strip(), received_at=now)
        _mark(case)
        record(
            case,
            kinds.OBJECTION_RECEIVED,
            at=now,
            by=None,
            duty=duty.pk,
            objection=objection.pk,
            text=committed(case, "\n".join(filter(None, (text.strip(), lawyer.strip()))), now=now),
        )
        keep_papers(case, objection, uploads, now=now)
        void_approvals(case, RELEASE_KINDS, because="objection", now=now)
        return objection


def withdraw_objection(*, objection_id: int, now: datetime) -> None:
    """The customer takes the objection back."""
    with changing(_case_id(objection_id)) as case:
        _end(case, objection_id, ObjectionState.WITHDRAWN, reason="", by=None, now=now)


def ask_for_proof(*, objection_id: int, by: User, now: datetime) -> None:
    """Ask the customer to show that they filed with a court; the setting says within how many days."""
    with changing_for(by, _case_id(objection_id), Role.ANALYST, Role.COUNSEL) as case:
        objection = _open(case, objection_id)
        zone = objection.duty.customer.zone if objection.duty.customer else settings.WRITDESK.receiving_zone
        last_day = now.astimezone(zone).date() + timedelta(days=settings.WRITDESK.objection_proof_days)
        objection.proof_asked_at, objection.proof_due_at = now, end_of(last_day, zone)
        objection.save()
        record(
            case,
            kinds.OBJECTION_PROOF_ASKED,
            at=now,
            by=by,
            objection=objection.pk,
            until=objection.proof_due_at,
        )


def show_proof(*, objection_id: int, by: User, now: datetime) -> None:
    """Note that the customer showed a filing: now only a court or the customer ends the objection by itself."""
    with changing_for(by, _case_id(objection_id), Role.ANALYST, Role.COUNSEL) as case:
        objection = _open(case, objection_id)
        objection.proof_shown_at = now
        objection.save()
        record(case, kinds.OBJECTION_PROOF_SHOWN, at=now, by=by, objection=objection.pk)


def record_court_decision(*, objection_id: int, decision: str, by: User, now: datetime) -> None:
    """A court decided on the customer's filing."""
    if not decision.strip():
        raise Refused(_("Say which court decided what."))
    with changing_for(by, _case_id(objection_id), Role.COUNSEL) as case:
        _end(case, objection_id, ObjectionState.COURT, reason=decision, by=by, now=now)


def propose_decision(*, objection_id: int, decision: str, by: User, now: datetime) -> Approval:
    """Counsel decides the objection with reasons; another approves; the customer is told before anything leaves."""
    with changing_for(by, _case_id(objection_id), Role.COUNSEL) as case:
        objection = _open(case, objection_id)
        if not decision.strip():
            raise Refused(_("Write the reasons that the customer will read."))
        params = {"objection": objection.pk, "decision": decision.strip()}
        return propose(case, ApprovalKind.OBJECTION, params, reason=decision, by=by, now=now)


def decide(case: Case, approval: Approval, *, by: User, now: datetime) -> None:
    """Carry out an approved decision: the objection ends, and the customer is owed the reasons."""
    params = approval.subject["params"]
    objection = _open(case, params["objection"])
    objection.decided_by = approval.proposed_by
    objection.save(update_fields=["decided_by"])
    _end(case, objection.pk, ObjectionState.DECIDED, reason=params["decision"], by=by, now=now)
    owe(case, DutyKind.DECISION, customer_id=objection.duty.customer_id, now=now, by=by)


def end_unproven(*, now: datetime) -> int:
    """End the objections whose proof of filing did not come in time; return how many."""
    late = Objection.objects.filter(state=ObjectionState.OPEN, proof_due_at__lte=now, proof_shown_at=None)
    ended = 0
    for objection_id, case_id in late.values_list("pk", "duty__case_id"):
        with changing(case_id) as case:
            if Objection.objects.filter(pk=objection_id, state=ObjectionState.OPEN, proof_shown_at=None).exists():
                _end(case, objection_id, ObjectionState.UNPROVEN, reason="", by=None, now=now)
                ended += 1
    return ended


def _case_id(objection_id: int) -> int:
    return Objection.objects.values_list("duty__case_id", flat=True).get(pk=objection_id)


def _open(case: Case, objection_id: int) -> Objection:
    found = Objection.objects.filter(duty__case=case, pk=objection_id, state=ObjectionState.OPEN)
    objection = found.select_related("duty__customer").first()
    if objection is None:
        raise Refused(_("This objection has ended already."))
    return objection


def _end(case: Case, objection_id: int, state: ObjectionState, *, reason: str, by: User | None, now: datetime) -> None:
    objection = _open(case, objection_id)
    objection.state, objection.ended_at, objection.decision = state, now, reason.strip()
    objection.save()
    _mark(case)
    record(
        case,
        kinds.OBJECTION_ENDED,
        at=now,
        by=by,
        objection=objection.pk,
        how=state,
        reason=committed(case, reason.strip(), now=now),
    )


def _mark(case: Case) -> None:
    case.has_objection = Objection.objects.filter(duty__case=case, state=ObjectionState.OPEN).exists()
    Case.objects.filter(pk=case.pk).update(has_objection=case.has_objection)
