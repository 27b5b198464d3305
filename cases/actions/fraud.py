"""A request that turns out to be forged: nothing more leaves for it, who it was about is told, its sender is looked at.

What it brought not to tell is voided by two counsel only: otherwise one person could lift a court's order by crying
fraud.
"""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.approvals import propose
from cases.actions.cascade import flag_sender
from cases.actions.changing import Refused, changing_for, record
from cases.actions.clocks import start_clock
from cases.actions.deliveries import close_all
from cases.actions.duties import change_duty, owe
from cases.actions.letters import drop_drafts_to_forger
from cases.actions.nondisclosure import mark_gagged
from cases.models import Approval, Case, Disclosure, FraudSignal
from cases.queries.deliveries import is_forged
from cases.rules.clocks import BREACH
from cases.rules.fraud_signals import FORGED as FORGED_SIGNAL
from cases.states import ApprovalKind, DisclosureResult, DutyKind, DutyState
from ledger.facts import Fact

FORGED = "forged"  # the ground of rejection


def expose(case: Case, *, reason: str, by: User, now: datetime) -> None:
    """Draw the consequences of a forgery, once, in the caller's transaction.

    The agency in whose name it came is not verified any more, in no case, until somebody proves it anew, and every
    other request of this sender is flagged. Every customer it was about is owed a notice of the fraud instead of one of
    a request; if data left, the time for notifying a breach runs from now. What may still be fetched is closed, and
    what was drafted for the sender is dropped. Reports count the case as a forgery and in no line. Another counsel is
    asked to void the orders not to tell.
    Law: GDPR Art. 33(1); FBI Private Industry Notification of 4 November 2024; requirement 26 of docs/law.md.
    """
    if is_forged(case):
        return
    FraudSignal.objects.create(
        case=case, code=FORGED_SIGNAL, found_at=now, cleared_at=now, cleared_by=by, note=reason.strip()
    )
    record(
        case,
        kinds.FRAUD_PROVEN,
        at=now,
        by=by,
        fact=Fact(name="fraud", at=now, line=case.instrument.line, restricted=case.instrument.national_security),
    )
    flag_sender(case, by=by, now=now)
    close_all(case, because="fraud", by=by, now=now)
    drop_drafts_to_forger(case, by=by, now=now)
    _tell_of_fraud(case, by=by, now=now)
    if Disclosure.objects.filter(production__case=case, result=DisclosureResult.PRODUCED).exists():
        start_clock(case, BREACH, event_at=now, now=now, by=by)
    if _standing_orders(case):
        _propose_voiding(case, reason, by=by, now=now)


def _tell_of_fraud(case: Case, *, by: User, now: datetime) -> None:
    """Before legal review a setting decides, as for every request, unless anything was kept or left."""
    concerned = case.duties.exists() or case.preservations.exists() or case.productions.exists()
    for duty in case.duties.filter(state__in=[DutyState.PENDING, DutyState.WITHHELD, DutyState.FAILED]):
        change_duty(case, duty, DutyState.NOT_OWED, now=now, by=by, basis_code="fraud")
    if not (concerned or settings.WRITDESK.notice_before_review):
        return
    customers = case.targets.filter(customer__isnull=False).order_by("customer").values_list("customer", flat=True)
    for customer_id in customers.distinct():
        owe(case, DutyKind.FRAUD, customer_id=customer_id, now=now, by=by)


def propose_voiding(*, case_id: int, reason: str, by: User, now: datetime) -> Approval:
    """Ask another counsel to void the orders not to tell that a forger brought. Raises Refused where none stands."""
    with changing_for(by, case_id, Role.COUNSEL) as case:
        if not is_forged(case):
            raise Refused(_("Only the orders of a request that was proven to be a fraud can be voided."))
        if not _standing_orders(case):
            raise Refused(_("No order not to tell stands in this case."))
        return _propose_voiding(case, reason, by=by, now=now)


def _propose_voiding(case: Case, reason: str, *, by: User, now: datetime) -> Approval:
    params = {"orders": _standing_orders(case)}
    return propose(case, ApprovalKind.VOID_ORDERS, params, reason=reason, by=by, now=now)


def _standing_orders(case: Case) -> list[int]:
    return list(case.orders.filter(lifted_at=None).order_by("pk").values_list("pk", flat=True))


def void_orders(case: Case, approval: Approval, *, by: User, now: datetime) -> None:
    """Carry out an approved voiding: these orders never bound anybody. The clock tells the customers."""
    ids = approval.subject["params"]["orders"]
    case.orders.filter(pk__in=ids, lifted_at=None).update(lifted_at=now, lifted_reason=FORGED)
    record(case, kinds.ORDERS_VOIDED, at=now, by=by, orders=ids)
    mark_gagged(case, now=now)
