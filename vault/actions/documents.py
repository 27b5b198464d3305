"""A document's life: received, kept under its scope's key, read again."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from ledger.actions import append
from vault import file_names, keys
from vault.commitments import commit
from vault.content_types import UNKNOWN
from vault.inspection import inspect
from vault.ledger_kinds import DOCUMENT_KEPT
from vault.models import Document, KeyScope
from vault.sealing import SEGMENT_BYTES, SealedReader
from vault.spool import SealedSpool
from vault.storage import sealed_documents
from vault.uploads import EncryptedUpload, sentence


@dataclass(frozen=True)
class Filing:
    """What is recorded of a document beside its bytes."""

    scope: KeyScope
    name: str
    content_type: str
    by_id: int | None
    now: datetime
    stream: str | None


class RefusedDocument(Exception):
    """A document with a problem was to be kept: the form that received it was not asked."""


class DocumentMissing(Exception):
    """The database knows the document, and the storage does not have it."""


def keep(
    upload: EncryptedUpload,
    *,
    scope: KeyScope,
    by_id: int | None,
    now: datetime,
    stream: str | None = None,
) -> Document:
    """Keep a received document under the scope and return it; an entry goes to the ledger's stream if one is given.

    Raises RefusedDocument, vault.keys.ScopeDestroyed.
    """
    if upload.problem:
        raise RefusedDocument(sentence(upload.problem))
    filing = Filing(scope, upload.name or "", upload.content_type or UNKNOWN, by_id, now, stream)
    if upload.scope and upload.scope.pk == scope.pk:
        return _file(upload.spool, filing)
    with closing(_sealed(upload.chunks(SEGMENT_BYTES), scope)) as spool:
        return _file(spool, filing)


def store(
    data: Iterable[bytes],
    *,
    scope: KeyScope,
    name: str,
    by_id: int | None,
    now: datetime,
    stream: str | None = None,
    document_id: UUID | None = None,
) -> Document:
    """Keep what we made ourselves, or have in memory, as keep does. Any content is taken; its type is told by content.

    The id is a new random one unless one is given, which must never have been used: its key seals one document.

    Raises vault.keys.ScopeDestroyed.
    """
    with closing(_sealed(data, scope, document_id)) as spool:
        content_type, _problem = inspect(spool)
        return _file(spool, Filing(scope, name, content_type, by_id, now, stream))


def open_document(document: Document) -> SealedReader:
    """Return the document's clear bytes for reading from anywhere. Close it after use.

    Raises DocumentMissing, vault.keys.ScopeDestroyed, vault.sealing.SegmentRefused.
    """
    key = keys.document_key(keys.unwrap(document.scope), document.pk)
    try:
        sealed = sealed_documents().open(document.storage_name, "rb")
    except FileNotFoundError:
        raise DocumentMissing(_("The document %(id)s is not in the storage.") % {"id": document.pk}) from None
    return SealedReader(sealed, key, document.pk)


def read(document: Document) -> Iterator[bytes]:
    """Yield the document's clear bytes, verified; complete only if it ends without raising as open_document does."""
    with open_document(document) as reader:
        yield from reader.segments()


def take_sha512(document: Document) -> str:
    """Return the document's SHA-512, taken from its bytes now where it was kept before that was done on receipt.

    Raises what open_document raises.
    """
    if not document.sha512:
        found = hashlib.sha512()
        for part in read(document):
            found.update(part)
        document.sha512 = found.hexdigest()
        document.save(update_fields=["sha512"])
    return document.sha512


def _sealed(data: Iterable[bytes], scope: KeyScope, document_id: UUID | None = None) -> SealedSpool:
    spool = SealedSpool(keys.unwrap(scope), document_id)
    for chunk in data:
        spool.write(chunk)
    spool.finish()
    return spool


def _file(spool: SealedSpool, filing: Filing) -> Document:
    """Store a finished spool and record it. If the transaction fails later, the sweep deletes the stored bytes."""
    storage = sealed_documents()
    stored = storage.save(f"{spool.document_id.hex}.sealed", File(spool.sealed))
    try:
        return _record(spool, filing, stored)
    except BaseException:
        storage.delete(stored)
        raise


@transaction.atomic
def _record(spool: SealedSpool, filing: Filing, stored: str) -> Document:
    # A scope destroyed meanwhile would leave a document that nobody can ever open.
    scope = KeyScope.objects.select_for_update(no_key=True).get(pk=filing.scope.pk)
    digest = commit(scope, spool.sha256)
    document = Document.objects.create(
        id=spool.document_id,
        scope=scope,
        name=file_names.clean(filing.name),
        size=spool.size,
        sha256=spool.sha256,
        sha512=spool.sha512,
        content_type=filing.content_type,
        storage_name=stored,
        created_at=filing.now,
        created_by_id=filing.by_id,
    )
    if filing.stream:
        append(
            stream=filing.stream,
            kind=DOCUMENT_KEPT,
            at=filing.now,
            by=filing.by_id,
            document=str(document.pk),
            size=document.size,
            digest=digest,
        )
    return document
