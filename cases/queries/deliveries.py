"""Whether a link to a production is open, and what lies behind it."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.delivery_codes import token_hash
from cases.models import Case, CaseDocument, Delivery, DeliveryWay, Production
from cases.queries.installation import hold_in_force
from cases.rules.delivery import ATTEMPTS
from cases.rules.fraud_signals import FORGED
from cases.states import CaseState

SHUT_IN = (CaseState.WITHDRAWN, CaseState.CHALLENGED)
NEVER_GIVEN = ("forged", "quashed")  # grounds of rejection by which nobody may have the data


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
    if delivery is None or why_shut(delivery.production.case):
        return None
    return delivery


def why_shut(case: Case) -> str | None:
    """Return why nothing of the case may be fetched now, or None where it may."""
    if hold_in_force():
        return _("This installation is held: nothing leaves before two people release it.")
    if case.is_held:
        return _("This case came with an import and waits for an operator.")
    if is_forged(case):
        return _("The request was found to be a fraud: nobody may have the data.")
    if case.state in SHUT_IN or case.rejection_ground in NEVER_GIVEN or case.authority_refused_at:
        return _("The request was withdrawn, is challenged, or was struck down: nothing may be fetched.")
    return None


def is_forged(case: Case) -> bool:
    """Whether the request was proven to be a fraud, once and for all."""
    return case.fraud_signals.filter(code=FORGED).exists()


def files_of(production: Production) -> QuerySet[CaseDocument]:
    """Return the files of a production, in the order of its manifest."""
    approved = production.approval.subject["params"]["files"]
    files = production.case.documents.filter(document__in=approved)
    return files.select_related("document__scope").order_by("document_id")
