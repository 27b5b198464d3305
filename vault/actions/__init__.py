"""What the vault does: open a scope, keep and read documents, destroy a scope, wrap all keys anew."""

from vault.actions.documents import DocumentMissing, RefusedDocument, keep, open_document, read, store, take_sha512
from vault.actions.scopes import destroy_scope, new_scope, prepare_scopes

__all__ = [
    "DocumentMissing",
    "RefusedDocument",
    "destroy_scope",
    "keep",
    "new_scope",
    "open_document",
    "prepare_scopes",
    "read",
    "store",
    "take_sha512",
]
