"""PNG files of pages made small: pictures of text are smallest unfiltered, and a browser writes them filtered."""

import struct
import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {2: 3, 6: 4}  # by colour type: RGB, RGB with alpha; 8 bits each


def smaller(picture: bytes) -> bytes:
    """Return the same picture, its rows unfiltered and packed as tightly as zlib can (RFC 2083, 6)."""
    chunks = list(_chunks(picture))
    _width, _height, _depth, colour = struct.unpack(">IIBB", chunks[0][1][:10])
    rows = zlib.decompress(b"".join(data for name, data in chunks if name == b"IDAT"))
    stride = struct.unpack(">I", chunks[0][1][:4])[0] * CHANNELS[colour]
    packed = zlib.compress(b"".join(b"\0" + row for row in _unfiltered(rows, stride, CHANNELS[colour])), 9)
    return SIGNATURE + b"".join(_chunk(name, data) for name, data in [chunks[0], (b"IDAT", packed), (b"IEND", b"")])


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        yield picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        at += length + 12


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _unfiltered(rows: bytes, stride: int, pixel: int) -> Iterator[bytes]:
    above = bytearray(stride)
    for at in range(0, len(rows), stride + 1):
        row = bytearray(rows[at + 1 : at + 1 + stride])
        _undo(rows[at], row, above, pixel)
        yield bytes(row)
        above = row


def _undo(kind: int, row: bytearray, above: bytearray, pixel: int) -> None:
    """Undo the filter of one row in place: 1 left, 2 above, 3 their mean, 4 Paeth."""
    for i in range(len(row)):
        left = row[i - pixel] if i >= pixel else 0
        corner = above[i - pixel] if i >= pixel else 0
        guess = (0, left, above[i], (left + above[i]) // 2, 0)[kind] if kind < 4 else _paeth(left, above[i], corner)
        row[i] = (row[i] + guess) & 255


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda one: abs(guess - one))
