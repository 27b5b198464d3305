"""What a customer sends with an objection, or after it: documents, more words, the proof that they went to court."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, changing, committed, record
from cases.models import Case, CaseDocument, Objection
from cases.states import ObjectionState
from vault.actions import keep, new_scope
from vault.uploads import EncryptedUpload

ROLE = "objection"
MOST_PAPERS = 20  # of one objection


class TooManyPapers(Refused):
    """More documents than an objection may have."""


def add_to_objection(*, objection_id: int, text: str, uploads: Sequence[EncryptedUpload], now: datetime) -> None:
    """Add words and documents of the customer to an open objection; counsel looks whether they prove a filing.

    Raises TooManyPapers, vault.actions.documents.RefusedDocument, and Refused where it has ended or nothing was sent.
    """
    case_id = Objection.objects.values_list("duty__case_id", flat=True).get(pk=objection_id)
    with changing(case_id) as case:
        objection = Objection.objects.filter(pk=objection_id, state=ObjectionState.OPEN).first()
        if objection is None:
            raise Refused(_("This objection has ended already."))
        if not text.strip() and not uploads:
            raise Refused(_("Write something or choose a document."))
        if text.strip():
            objection.text = f"{objection.text}\n\n[{now:%Y-%m-%d}] {text.strip()}".strip()
            objection.save(update_fields=["text"])
            words = committed(case, text.strip(), now=now)
            record(case, kinds.OBJECTION_ADDED, at=now, by=None, objection=objection.pk, text=words)
        keep_papers(case, objection, uploads, now=now)


def keep_papers(case: Case, objection: Objection, uploads: Sequence[EncryptedUpload], *, now: datetime) -> None:
    """Keep documents of an objection under the case's key, in the caller's transaction. Raises as add_to_objection."""
    if not uploads:
        return
    if case.documents.filter(objection=objection).count() + len(uploads) > MOST_PAPERS:
        raise TooManyPapers(_("These are more documents than we can take here. Send the others by e-mail."))
    if case.keys is None:
        case.keys = new_scope(now=now)
        Case.objects.filter(pk=case.pk).update(keys=case.keys)
    for upload in uploads:
        document = keep(upload, scope=case.keys, by_id=None, now=now)
        CaseDocument.objects.create(case=case, document=document, role=ROLE, objection=objection, added_at=now)
        record(case, kinds.DOCUMENT_ADDED, at=now, by=None, document=str(document.pk), role=ROLE)
