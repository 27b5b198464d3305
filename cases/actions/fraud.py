"""A request that turns out to be forged: what it brought no longer binds, and who it was about is told."""

from datetime import datetime

from django.conf import settings

from accounts.models import User
from cases import ledger_kinds as kinds
from cases.actions.agencies import revoke_all
from cases.actions.changing import record
from cases.actions.deliveries import close_all
from cases.actions.duties import change_duty, owe
from cases.actions.nondisclosure import mark_gagged
from cases.models import Case
from cases.states import DutyKind, DutyState
from ledger.facts import Fact
from ledger.models import LedgerEntry

FORGED = "forged"  # the ground of rejection


def expose(case: Case, *, by: User, now: datetime) -> None:
    """Draw the consequences of a forgery, once, in the caller's transaction.

    The forger's orders not to tell never bound anybody. The agency in whose name it came is not verified any more, in
    no case, until somebody proves it anew. Every customer it was about is owed a notice of the fraud instead of one of
    a request. Reports count the case as a forgery and in no line. Law: docs/law.md.
    """
    if LedgerEntry.objects.filter(stream=case.stream, payload__kind=kinds.FRAUD_PROVEN.name).exists():
        return
    for order in case.orders.filter(lifted_at=None):
        order.lifted_at, order.lifted_reason = now, FORGED
        order.save(update_fields=["lifted_at", "lifted_reason"])
        record(case, kinds.ORDER_LIFTED, at=now, by=by, order=order.pk, reason=None)
    mark_gagged(case, now=now)
    revoke_all(case.agency, by=by, now=now)
    close_all(case, because="fraud", by=by, now=now)
    _tell_of_fraud(case, by=by, now=now)
    record(
        case,
        kinds.FRAUD_PROVEN,
        at=now,
        by=by,
        fact=Fact(name="fraud", at=now, line=case.instrument.line, restricted=case.instrument.national_security),
    )


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
