"""What tests of redactions do again and again."""

from datetime import datetime

from accounts.models import User
from cases.actions import redactions
from cases.models import Approval, Case, CaseDocument, Customer, Redaction
from cases.redaction.boxes import Box
from tests import lives
from tests.cases.redaction import papers
from tests.lives import Staff
from vault.actions import new_scope, store

SECRET = "Zebedee"
TOP = Box(1, 0.1, 0.1, 0.5, 0.2)


def with_order(
    case: Case, now: datetime, *, pdf: bytes | None = None, role: str = "process", name: str = "order on Zebedee.pdf"
) -> CaseDocument:
    """Keep the order that the authority sent."""
    case = lives.again(case)
    if case.keys is None:
        case.keys = new_scope(now=now)
        Case.objects.filter(pk=case.pk).update(keys=case.keys)
    data = papers.order("To the provider", f"Suspect: {SECRET}", "Signed, the court") if pdf is None else pdf
    document = store([data], scope=case.keys, name=name, by_id=None, now=now)
    return CaseDocument.objects.create(case=case, document=document, role=role, added_at=now)


def begun(original: CaseDocument, by: User, now: datetime, customer: Customer | None = None) -> Redaction:
    """Return a redaction of it without boxes."""
    return redactions.begin_redaction(
        case_id=original.case_id, document_id=original.document_id, customer=customer, by=by, now=now
    )


def draw(redaction: Redaction, by: User, now: datetime, *boxes: Box) -> None:
    """Draw boxes over a third party's data."""
    redactions.draw_boxes(
        redaction_id=redaction.pk, boxes=boxes or [TOP], reason="third_party", words="", by=by, now=now
    )


def proposed(redaction: Redaction, by: User, now: datetime) -> Approval:
    """Propose to show it."""
    return redactions.propose_redaction(redaction_id=redaction.pk, reason="All third parties are out.", by=by, now=now)


def shown(original: CaseDocument, staff: Staff, now: datetime, customer: Customer | None = None) -> Redaction:
    """Return a redaction with a box, drawn and proposed by Ines and approved by Paul."""
    redaction = begun(original, staff.ines, now, customer)
    draw(redaction, staff.ines, now)
    lives.approved(proposed(redaction, staff.ines, now), staff, now)
    return Redaction.objects.get(pk=redaction.pk)
