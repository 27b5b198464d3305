"""Where sealed documents lie: the storage named "vault" in the settings. Files by default; any of Django's works."""

from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.deconstruct import deconstructible

from vault.durable import flush


def sealed_documents() -> Storage:
    """Return the storage that holds ciphertext and nothing else."""
    return storages["vault"]


@deconstructible(path="vault.storage.DurableFileStorage")
class DurableFileStorage(FileSystemStorage):
    """Files that are on the disk, not only on their way there, before the database says that they exist."""

    def save(self, name: str | None, content: IO[Any], max_length: int | None = None) -> str:
        saved = super().save(name, content, max_length)
        path = Path(self.path(saved))
        flush(path)
        flush(path.parent)
        return saved
