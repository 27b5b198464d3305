"""Deleting sealed files that no document needs: left by requests that failed, or by destroyed scopes."""

from datetime import datetime, timedelta

from vault.models import Document
from vault.storage import sealed_documents

GRACE = timedelta(days=1)  # longer than any request takes between storing a document and committing its row
BATCH = 500


def sweep_orphans(*, now: datetime) -> int:
    """Delete stored files older than a day without a document that can be opened; return how many."""
    try:
        _folders, names = sealed_documents().listdir("")
    except FileNotFoundError:  # nothing was ever stored
        return 0
    return sum(_sweep(names[start : start + BATCH], before=now - GRACE) for start in range(0, len(names), BATCH))


def _sweep(names: list[str], *, before: datetime) -> int:
    storage = sealed_documents()
    needed = set(
        Document.objects.filter(storage_name__in=names, scope__destroyed_at=None).values_list("storage_name", flat=True)
    )
    orphans = [name for name in names if name not in needed and storage.get_modified_time(name) < before]
    for name in orphans:
        storage.delete(name)
    return len(orphans)
