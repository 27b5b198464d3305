"""The sealed form of a document: 1 MiB segments of AES-256-GCM, chained by the STREAM construction.

    header    magic (4 bytes) and a random nonce prefix (7 bytes)
    segment   up to 1 MiB of ciphertext and its tag (16 bytes), repeated

A segment's nonce is prefix, counter (32 bits) and one byte that is 1 in the last segment only; its associated data is
the document's id. So a segment that was changed, cut off, appended, repeated, moved or taken from another document
does not verify. STREAM: Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015.
"""

import io
import os
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAGIC = b"WDV1"
PREFIX_BYTES = 7
HEADER_BYTES = len(MAGIC) + PREFIX_BYTES
SEGMENT_BYTES = 1024 * 1024
TAG_BYTES = 16
SEALED_BYTES = SEGMENT_BYTES + TAG_BYTES


class SegmentRefused(Exception):
    """The stored bytes are not the ones that were sealed."""


class Sink(Protocol):
    """Where ciphertext is written."""

    def write(self, data: bytes, /) -> object: ...


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


class Sealer:
    """Writes what it is given to the sink, sealed. Holds back at most one segment of clear bytes, in memory."""

    def __init__(self, key: bytes, document_id: UUID, sink: Sink) -> None:
        self._cipher = AESGCM(key)
        self._document = document_id.bytes
        self._sink = sink
        self._prefix = os.urandom(PREFIX_BYTES)
        self._pending = bytearray()
        self._number = 0
        sink.write(MAGIC + self._prefix)

    def write(self, chunk: bytes) -> None:
        """Seal another chunk of any length."""
        self._pending += chunk
        # A full segment waits until a byte follows it: only then is it known not to be the last.
        while len(self._pending) > SEGMENT_BYTES:
            self._seal(bytes(self._pending[:SEGMENT_BYTES]), last=False)
            del self._pending[:SEGMENT_BYTES]

    def finish(self) -> None:
        """Seal what is left as the last segment. Without this call the document does not open."""
        self._seal(bytes(self._pending), last=True)
        self._pending.clear()

    def _seal(self, clear: bytes, *, last: bool) -> None:
        self._sink.write(self._cipher.encrypt(_nonce(self._prefix, self._number, last), clear, self._document))
        self._number += 1


class SealedReader(io.RawIOBase):
    """The clear bytes of a sealed file, for reading from anywhere; only verified segments are ever released.

    Holds one clear segment in memory. Closing it closes the sealed file.
    Raises SegmentRefused, when opening and at every read.
    """

    def __init__(self, sealed: IO[bytes], key: bytes, document_id: UUID) -> None:
        self._sealed = sealed
        self._cipher = AESGCM(key)
        self._document = document_id.bytes
        self._position = 0
        self._held: tuple[int, bytes] | None = None
        body = sealed.seek(0, io.SEEK_END) - HEADER_BYTES
        sealed.seek(0)
        header = sealed.read(HEADER_BYTES)
        self.count = max(1, -(-body // SEALED_BYTES))
        self.size = body - self.count * TAG_BYTES  # of the clear bytes
        if header[: len(MAGIC)] != MAGIC or self.size < 0:
            raise SegmentRefused(_("The stored document is damaged at its start."))
        self._prefix = header[len(MAGIC) :]

    def segment(self, number: int) -> bytes:
        """Return the clear bytes of one segment, counted from 0."""
        self._sealed.seek(HEADER_BYTES + number * SEALED_BYTES)
        sealed = self._sealed.read(SEALED_BYTES)
        try:
            return self._cipher.decrypt(_nonce(self._prefix, number, number == self.count - 1), sealed, self._document)
        except InvalidTag:
            raise SegmentRefused(
                _("Part %(part)d of %(parts)d of the stored document is not what was sealed.")
                % {"part": number + 1, "parts": self.count}
            ) from None

    def segments(self) -> Iterator[bytes]:
        """Yield all clear bytes in order. Complete only if it ends without raising."""
        for number in range(self.count):
            yield self.segment(number)

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill the buffer up to the end of the current segment; 0 at the end of the document."""
        target = memoryview(buffer).cast("B")
        if self._position >= self.size:
            self._held = None
            return 0
        number, offset = divmod(self._position, SEGMENT_BYTES)
        if self._held is None or self._held[0] != number:
            self._held = (number, self.segment(number))
        piece = self._held[1][offset : offset + len(target)]
        target[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to a clear byte and return its place."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size}[whence]
        if start + offset < 0:
            raise ValueError("There is nothing before the first byte.")
        self._position = start + offset
        return self._position

    def tell(self) -> int:
        return self._position

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        self._held = None
        self._sealed.close()
        super().close()
