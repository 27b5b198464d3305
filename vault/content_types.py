"""What kinds of document we take, told by their content. The list is data: reviewable, and the only place to change."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import puremagic
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

PDF = "application/pdf"
ZIP = "application/zip"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
UNKNOWN = "application/octet-stream"


@dataclass(frozen=True)
class Kind:
    """A kind of document that legal process comes as."""

    label: StrOrPromise
    extensions: tuple[str, ...]  # the first is given to a file whose name has none of them
    ending: bytes = b""  # found near the end of every whole file


ALLOWED: Mapping[str, Kind] = {
    PDF: Kind(_("PDF"), ("pdf",), ending=b"%%EOF"),
    "image/png": Kind(_("PNG image"), ("png",), ending=b"IEND"),
    "image/jpeg": Kind(_("JPEG image"), ("jpg", "jpeg", "jpe", "jfif")),
    "image/tiff": Kind(_("TIFF image"), ("tif", "tiff")),
    "text/plain": Kind(_("plain text"), ("txt", "text", "asc", "log", "csv", "md")),
    "application/rtf": Kind(_("rich text (RTF)"), ("rtf",)),
    DOCX: Kind(_("Word document (DOCX)"), ("docx",)),
    ODT: Kind(_("OpenDocument text (ODT)"), ("odt",)),
    "message/rfc822": Kind(_("e-mail message (EML)"), ("eml",)),
    "application/xml": Kind(_("XML"), ("xml", "xsd", "xsl")),
}

BINARY = frozenset({PDF, "image/png", "image/jpeg", "image/tiff", "application/rtf"})
TEXT_CONTROLS = frozenset(b"\t\n\f\r\x1b")
MAIL_HEADER = re.compile(
    rb"(return-path|received|delivered-to|from|to|date|subject|message-id|mime-version|dkim-signature|x-[a-z-]+):[ \t]",
    re.IGNORECASE,
)
MARKUP = re.compile(rb"<(!doctype html|html|head|body|script|svg)\b", re.IGNORECASE)


def detect(head: bytes) -> str:
    """Return the content type of a document from its first bytes; UNKNOWN when it is none that we know.

    A ZIP is not opened: it may be a DOCX or ODT (see vault.inspection).
    """
    start = head.lstrip()
    if start.startswith(b"PK\x03\x04"):
        return ZIP
    if (found := _by_magic(start)) in BINARY:
        return found
    if not _is_text(head):
        return UNKNOWN
    if MARKUP.match(start):
        return "text/html"
    if start.startswith((b"<?xml", b"\xef\xbb\xbf<?xml")):
        return "application/xml"
    return "message/rfc822" if MAIL_HEADER.match(start) else "text/plain"


def _by_magic(start: bytes) -> str:
    try:
        matches = puremagic.magic_string(start)
    except (puremagic.PureError, ValueError):  # nothing it knows; nothing at all
        return ""
    return str(matches[0].mime_type)


def _is_text(head: bytes) -> bool:
    """Whether the bytes read as text in UTF-8, UTF-16 with a mark, or an 8-bit encoding."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return b"\x00\x00" not in head
    return all((byte >= 0x20 and byte != 0x7F) or byte in TEXT_CONTROLS for byte in head)
