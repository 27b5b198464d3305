"""Redactions: the bytes that are worked on, and what a customer may be shown at this moment."""

from uuid import UUID

from django.db.models import Q, QuerySet

from cases.models import Case, CaseDocument, Customer, Redaction
from cases.models.redaction import REDACTABLE
from cases.queries.deliveries import is_forged
from cases.redaction.limits import USUAL
from cases.redaction.problems import TooLarge
from vault.actions import read
from vault.content_types import PDF
from vault.models import Document

NAMED = 100  # customers of a case who are offered by name


def redactable(case: Case) -> QuerySet[CaseDocument]:
    """Return the documents of a case that a customer may be shown, once redacted."""
    return case.documents.filter(role__in=REDACTABLE, document__content_type=PDF).select_related("document__scope")


def find_redactable(case: Case, document_id: UUID) -> CaseDocument | None:
    """Return the document of that key if a customer may be shown it, once redacted."""
    return redactable(case).filter(document=document_id).first()


def pdf_of(document: Document) -> bytes:
    """Return a document's bytes, whole. Raises TooLarge, and what vault.actions.read raises."""
    if document.size > USUAL.pdf_bytes:
        raise TooLarge
    return b"".join(read(document))


def customers_of(case: Case) -> QuerySet[Customer]:
    """Return the customers for whom alone a document of this case may be redacted: whoever is told something of it."""
    told = Q(pk__in=case.targets.exclude(customer=None).order_by().values("customer"))
    told |= Q(pk__in=case.duties.exclude(customer=None).order_by().values("customer"))
    return Customer.objects.filter(told).order_by("identifier", "pk")


def redactions_of(case: Case) -> QuerySet[Redaction]:
    """Return the redactions of a case with what their pages need."""
    return case.redactions.select_related("original__document__scope", "burned__scope", "approval", "customer")


def for_customer(case: Case, customer: Customer, *, is_target: bool) -> list[Redaction]:
    """Return what this customer of the case may be shown now, by number: approved, not withdrawn, still to be opened.

    Whoever is not told as the one whom the request is about, as a controller or who is hit beside a target, sees only
    what was redacted for them by name: what all targets may read was not read with them in mind. Of one document what
    was redacted for them goes before what was redacted for all. Of a forged request nothing is shown: what an
    impostor wrote is no document of an authority, and names people who have nothing to do with it.
    """
    if is_forged(case):
        return []
    audience = Q(customer=customer) | Q(customer=None) if is_target else Q(customer=customer)
    approved = case.redactions.filter(audience, approved_at__isnull=False, withdrawn_at=None)
    usable = approved.filter(burned__scope__destroyed_at=None).select_related("burned__scope", "shown")
    of_document: dict[int, Redaction] = {}
    for redaction in usable.order_by("number"):
        known = of_document.get(redaction.original_id)
        if known is None or redaction.customer_id is not None or known.customer_id is None:
            of_document[redaction.original_id] = redaction
    return sorted(of_document.values(), key=lambda one: one.number)
