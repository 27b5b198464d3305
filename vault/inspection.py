"""A look into a received document, decrypted piece by piece in memory: what it is, and whether it opens."""

import enum
import io
import logging
import zipfile
from typing import NoReturn

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError

from vault.content_types import ALLOWED, DOCX, ODT, PDF, UNKNOWN, ZIP, detect
from vault.sealing import SealedReader, SegmentRefused
from vault.spool import SealedSpool

# It quotes the document in its warnings, and a log must hold nothing of one.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

TAIL_BYTES = 2048
READ_BYTES = 8 * 1024 * 1024  # the most that a parser may take into memory at once
SEGMENTS = 2000  # the most that a parser may have decrypted, about a second's worth


class Problem(enum.StrEnum):
    """Why a received document cannot be kept."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNEXPECTED_TYPE = "unexpected_type"
    PASSWORD_PROTECTED = "password_protected"  # noqa: S105  # no password
    DAMAGED = "damaged"


class OverBudget(Exception):
    """A parser asked for more than a glance."""


class _Segments(SealedReader):
    """The clear bytes of a spool that stays open. A hostile file may send a parser in circles, so they are counted."""

    left = SEGMENTS
    exhausted = False

    def segment(self, number: int) -> bytes:
        self.left -= 1
        if self.left < 0:
            self.refuse()
        return super().segment(number)

    def refuse(self) -> NoReturn:
        self.exhausted = True  # parsers swallow errors
        raise OverBudget

    def close(self) -> None:
        io.RawIOBase.close(self)


class _Glance(io.BufferedReader):
    """What a parser reads from: never the whole of a large document at once."""

    def __init__(self, spool: SealedSpool) -> None:
        self.segments = _Segments(spool.sealed, spool.key, spool.document_id)
        super().__init__(self.segments)

    def read(self, size: int | None = -1, /) -> bytes:
        rest = self.segments.size - self.tell()
        if (rest if size is None or size < 0 else min(size, rest)) > READ_BYTES:
            self.segments.refuse()
        return super().read(size)


def inspect(spool: SealedSpool) -> tuple[str, Problem | None]:
    """Return the content type of a finished spool and what is wrong with it, None when nothing is.

    A document that is too unusual to look into within bounds of time and memory counts as what its head says.
    """
    if spool.size == 0:
        return UNKNOWN, Problem.EMPTY
    content_type = detect(spool.head)
    if content_type == ZIP:
        return _packed(_Glance(spool))
    if (kind := ALLOWED.get(content_type)) is None:
        return content_type, Problem.UNEXPECTED_TYPE
    glance = _Glance(spool)
    glance.seek(max(0, spool.size - TAIL_BYTES))
    if kind.ending not in glance.read(TAIL_BYTES):
        return content_type, Problem.DAMAGED
    return content_type, _pdf_problem(glance) if content_type == PDF else None


def _packed(glance: _Glance) -> tuple[str, Problem | None]:
    """Return which of the ZIP-packed kinds it is. Other ZIPs, and documents that carry programs, are not taken."""
    try:
        with zipfile.ZipFile(glance) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names and "word/vbaProject.bin" not in names:
                return DOCX, None
            if "mimetype" in names and archive.getinfo("mimetype").file_size == len(ODT):
                return (ODT, None) if archive.read("mimetype") == ODT.encode() else (ZIP, Problem.UNEXPECTED_TYPE)
    except SegmentRefused:
        raise
    except Exception:  # zipfile raises half a dozen kinds for a broken archive, not all of them its own
        return ZIP, Problem.UNEXPECTED_TYPE if glance.segments.exhausted else Problem.DAMAGED
    return ZIP, Problem.UNEXPECTED_TYPE


def _pdf_problem(glance: _Glance) -> Problem | None:
    """Return why a PDF does not open without a password, None when it does."""
    try:
        reader = PdfReader(glance)
        int(reader.root_object["/Pages"]["/Count"])  # type: ignore[index]  # if it is not so, it is damaged
    except SegmentRefused:
        raise
    except (FileNotDecryptedError, NotImplementedError):  # the second: opens with a certificate only
        return Problem.PASSWORD_PROTECTED
    except Exception:  # a broken file makes a parser fail anywhere, with anything
        return None if glance.segments.exhausted else Problem.DAMAGED
    return None
