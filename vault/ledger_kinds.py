"""What the vault writes to the ledger."""

from django.utils.translation import gettext_lazy as _

from ledger.kinds import Field, declare

DOCUMENT_KEPT = declare(
    "document_kept",
    _("Document {document} was kept ({size} bytes)"),
    document=Field.CODE,
    size=Field.COUNT,
    digest=Field.COMMITMENT,  # of the SHA-256: the hash itself would tell whoever has the same document
)
SCOPE_DESTROYED = declare(
    "scope_destroyed",
    _("A key was destroyed[; documents under it: {documents}]"),
    scope=Field.CODE,
    documents=Field.COUNT,
)
