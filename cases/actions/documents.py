"""Documents that come to a case after it was opened."""

from datetime import datetime

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import changing_for, record
from cases.models import Case, CaseDocument
from vault.actions import keep, new_scope
from vault.models import Document
from vault.uploads import EncryptedUpload


def add_document(*, case_id: int, upload: EncryptedUpload, role: str, by: User, now: datetime) -> Document:
    """Keep a received document under the case's key and return it.

    `role` is process, order, production, filing or evidence. Raises NotForYou, vault.actions.documents.RefusedDocument.
    """
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        if case.keys is None:
            case.keys = new_scope(now=now)
            Case.objects.filter(pk=case.pk).update(keys=case.keys)
        document = keep(upload, scope=case.keys, by_id=by.pk, now=now)
        CaseDocument.objects.create(case=case, document=document, role=role, added_at=now)
        record(case, kinds.DOCUMENT_ADDED, at=now, by=by, document=str(document.pk), role=role)
        return document
