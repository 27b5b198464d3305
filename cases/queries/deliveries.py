"""Whether a link to a production is open, and what lies behind it."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.tokens import token_hash
from cases.models import Case, CaseDocument, Delivery, DeliveryWay, Objection, Production
from cases.queries.installation import hold_in_force
from cases.rules.delivery import ATTEMPTS
from cases.rules.fraud_signals import FORGED
from cases.states import CaseState, ObjectionState

# Where a production stands by which data may be fetched: not in a case that is reviewed anew, challenged or over
# without an answer.
OPEN_IN = (CaseState.CUSTOMER_NOTIFIED, CaseState.NOTICE_WITHHELD, CaseState.ANSWERED, CaseState.CLOSED)


def find(token: str, now: datetime) -> Delivery | None:
    """Return the delivery of this token while its link is open; None, too, for a token that was never given out."""
    pk = Delivery.objects.filter(token_hash=token_hash(token)).values_list("pk", flat=True).first()
    return open_delivery(pk, now) if pk else None


def open_delivery(delivery_id: int, now: datetime) -> Delivery | None:
    """Return the delivery with its production and case while its link is open at this moment, else None."""
    found = Delivery.objects.select_related("production__case__agency", "production__approval")
    delivery = found.filter(
        pk=delivery_id,
        way=DeliveryWay.LINK,
        revoked_at=None,
        available_at__lte=now,
        expires_at__gt=now,
        failed_codes__lt=ATTEMPTS,
    ).first()
    if delivery is None or why_shut(delivery.production.case, now):
        return None
    return delivery


def why_shut(case: Case, now: datetime) -> str | None:
    """Return why nothing of the case may be fetched at this moment, or None where it may.

    What was released was lawful then; until it is fetched it can still be kept back (invariants 1 and 12).
    """
    if hold_in_force():
        return _("This installation is held: nothing leaves before two people release it.")
    if case.is_held:
        return _("This case came with an import and waits for an operator.")
    if is_forged(case):
        return _("The request was found to be a fraud: nobody may have the data.")
    if case.state not in OPEN_IN or case.rejection_ground or case.authority_refused_at:
        return _("The request was withdrawn or refused, is challenged or looked at again: nothing may be fetched.")
    return _why_not_yet(case, now)


def _why_not_yet(case: Case, now: datetime) -> str | None:
    called_back = case.verifications.filter(revoked_at=None, expires_at__gt=now, second_verifier__isnull=False)
    if not (case.agency.is_verified(now) or called_back.exists()):
        return _("Nobody is sure any more who asks: verify the agency first.")
    if case.fraud_signals.filter(cleared_at=None).exists():
        return _("A sign of fraud waits for a person.")
    if Objection.objects.filter(duty__case=case, state=ObjectionState.OPEN).exists():
        return _("A customer objected: the objection must end first.")
    if case.is_open and case.incoming_holds.filter(looked_at=None).exists():
        return _("Look at what arrived and may concern this case.")
    return None


def is_forged(case: Case) -> bool:
    """Whether the request was proven to be a fraud, once and for all."""
    return case.fraud_signals.filter(code=FORGED).exists()


def latest_out_of_band(production: Production) -> Delivery | None:
    """Return how a production was handed over last by other means than a link, or None."""
    return production.deliveries.filter(way=DeliveryWay.OUT_OF_BAND).last()


def files_of(production: Production) -> QuerySet[CaseDocument]:
    """Return the files of a production, in the order of its manifest."""
    approved = production.approval.subject["params"]["files"]
    files = production.case.documents.filter(document__in=approved)
    return files.select_related("document__scope").order_by("document_id")
