"""What a proven forgery means for every other request of the same sender."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import User
from cases import ledger_kinds as kinds
from cases.actions.agencies import revoke_all
from cases.actions.approvals import RELEASE_KINDS, void_approvals
from cases.actions.call_backs import revoke_call_backs
from cases.actions.deliveries import close_all
from cases.models import Agency, Case, Delivery, DeliveryWay, FraudSignal
from cases.rules.fraud_signals import FORGED_ELSEWHERE
from cases.states import ApprovalState
from ledger.actions import Row, append_many

LIVE = (ApprovalState.PROPOSED, ApprovalState.APPROVED)


def flag_sender(case: Case, *, by: User, now: datetime) -> None:
    """Flag every other request of the agency or the officer, which nobody is verified for now, in the same transaction.

    Open ones are answered by nobody before a person looked; answered ones wait for a person as well. Of a sealed
    forgery only cases of its compartment are told, and the agency stays verified for everybody else until somebody
    inside takes that back by hand (invariant 6).
    """
    others = _of_the_same_sender(case)
    # Under the lock of each: what is released of another case at this moment is either out, or finds itself flagged.
    ids = list(others.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    _raise_in_all(ids, case.reference, now=now)
    if case.compartment_id is None:  # an agency that lost its verification would tell everybody of a sealed forgery
        for agency in _agencies(case):
            revoke_all(agency, by=by, now=now)
    revoke_call_backs(case, by=by, now=now)
    for other in others.filter(verifications__revoked_at=None).distinct():
        revoke_call_backs(other, by=by, now=now)
    for other in others.filter(approvals__kind__in=RELEASE_KINDS, approvals__state__in=LIVE).distinct():
        void_approvals(other, RELEASE_KINDS, because="sign_of_fraud", now=now)
    open_links = Delivery.objects.filter(way=DeliveryWay.LINK, revoked_at=None)
    for other in others.filter(productions__deliveries__in=open_links).distinct():
        close_all(other, because="fraud", by=by, now=now)


def _of_the_same_sender(case: Case) -> QuerySet[Case]:
    sender = Q(agency=case.agency_id)
    if case.officer and case.officer.email:
        sender |= Q(officer__email=case.officer.email)
    circle = Q(compartment=case.compartment_id) if case.compartment_id else Q()
    found: QuerySet[Case] = Case.objects.filter(sender & circle).exclude(pk=case.pk)
    return found


def _agencies(case: Case) -> list[Agency]:
    same = Q(pk=case.agency_id)
    if case.officer and case.officer.email:
        same |= Q(officers__email=case.officer.email)
    return list(Agency.objects.filter(same).distinct().order_by("pk"))


def _raise_in_all(ids: list[int], reference: str, *, now: datetime) -> None:
    """Raise the sign in every case by a few statements, whatever their number; one that was cleared waits anew."""
    waiting = FraudSignal.objects.filter(case__in=ids, code=FORGED_ELSEWHERE, cleared_at=None)
    told = set(waiting.values_list("case_id", flat=True))
    FraudSignal.objects.filter(case__in=ids, code=FORGED_ELSEWHERE).exclude(case__in=told).update(
        cleared_at=None, cleared_by=None, found_at=now, detail=reference
    )
    FraudSignal.objects.bulk_create(
        (FraudSignal(case_id=pk, code=FORGED_ELSEWHERE, detail=reference, found_at=now) for pk in ids),
        batch_size=2000,
        ignore_conflicts=True,
    )
    append_many(
        Row(f"case:{pk}", kinds.SIGNAL_RAISED, now, None, None, {"code": FORGED_ELSEWHERE})
        for pk in ids
        if pk not in told
    )
