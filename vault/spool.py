"""A document on its way in: sealed from the first byte, measured and hashed as it passes."""

import hashlib
from pathlib import Path
from tempfile import SpooledTemporaryFile
from uuid import UUID, uuid4

from django.conf import settings

from vault import keys
from vault.sealing import SealedReader, Sealer

IN_MEMORY_BYTES = 128 * 1024  # a form may bring a hundred files
HEAD_BYTES = 8 * 1024  # enough to tell what a document is


class SealedSpool:
    """Ciphertext until it is stored: in memory while small, then in a file without a name under VAR_DIR/incoming.

    Without a name the file is gone when its process is, however that ends.
    """

    def __init__(self, secret: bytes, document_id: UUID | None = None) -> None:
        self.document_id = document_id or uuid4()
        self.key = keys.document_key(secret, self.document_id)
        folder = Path(settings.VAR_DIR) / "incoming"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.sealed = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES, dir=str(folder))  # noqa: SIM115  # lives as long as we do
        self._sealer = Sealer(self.key, self.document_id, self.sealed)
        self._hash = hashlib.sha256()
        self._longer_hash = hashlib.sha512()
        self.head = b""
        self.size = 0

    def write(self, chunk: bytes) -> None:
        """Take another chunk of the clear bytes."""
        self._sealer.write(chunk)
        self._hash.update(chunk)
        self._longer_hash.update(chunk)
        self.size += len(chunk)
        if len(self.head) < HEAD_BYTES:
            self.head += chunk[: HEAD_BYTES - len(self.head)]

    def finish(self) -> None:
        """Seal the end. Only then can the document be read or stored."""
        self._sealer.finish()

    @property
    def sha256(self) -> str:
        """Return the hash of the clear bytes, 64 hexadecimal digits."""
        return self._hash.hexdigest()

    @property
    def sha512(self) -> str:
        """Return the longer hash of the clear bytes, 128 hexadecimal digits: the one that a manifest names."""
        return self._longer_hash.hexdigest()

    def reader(self) -> SealedReader:
        """Return the clear bytes for reading. Closing the reader closes the spool."""
        return SealedReader(self.sealed, self.key, self.document_id)

    def close(self) -> None:
        self.sealed.close()
