"""What a document is, told by its content."""

import io
import zipfile

import pytest
from pypdf import PdfWriter

from tests.vault.conftest import pdf, received
from vault import inspection
from vault.content_types import DOCX, ODT
from vault.inspection import Problem

MEBIBYTE = 1024 * 1024


def packed(**members: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return written.getvalue()


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(60) + b"IEND\xaeB`\x82"
WORD = packed(word__document_xml=b"<w:document/>")
MACROS = packed(word__document_xml=b"<w:document/>", word__vbaProject_bin=b"Sub AutoOpen()")
OPEN_DOCUMENT = packed(mimetype=ODT.encode(), content_xml=b"<office:document/>")
SPREADSHEET = packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet")


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        pytest.param(pdf(), "application/pdf", id="PDF"),
        pytest.param(b"\r\n" + pdf(), "application/pdf", id="PDF after an empty line"),
        pytest.param(PNG, "image/png", id="PNG"),
        pytest.param(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(60), "image/jpeg", id="JPEG"),
        pytest.param(b"II*\x00\x08\x00\x00\x00" + bytes(60), "image/tiff", id="TIFF"),
        pytest.param(b"MM\x00*\x00\x00\x00\x08" + bytes(60), "image/tiff", id="TIFF, the other way round"),
        pytest.param(b"{\\rtf1\\ansi Order}", "application/rtf", id="RTF"),
        pytest.param(b"To whom it may concern", "text/plain", id="text"),
        pytest.param("À qui de droit".encode("cp1252"), "text/plain", id="text of the nineties"),
        pytest.param("À qui de droit".encode("utf-16"), "text/plain", id="text in UTF-16"),
        pytest.param(b"From: Osei <osei@police.example>\r\nSubject: Order\r\n\r\n", "message/rfc822", id="e-mail"),
        pytest.param(b"Received: by relay.example\n\t with SMTP\n", "message/rfc822", id="e-mail with its way"),
        pytest.param(b'<?xml version="1.0"?><order/>', "application/xml", id="XML"),
        pytest.param(b'\xef\xbb\xbf<?xml version="1.0"?><order/>', "application/xml", id="XML with a mark"),
        pytest.param(WORD, DOCX, id="DOCX"),
        pytest.param(OPEN_DOCUMENT, ODT, id="ODT"),
    ],
)
def test_these_kinds_are_taken(data: bytes, content_type: str) -> None:
    upload = received(data, "order")
    assert (upload.content_type, upload.problem) == (content_type, None)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"MZ\x90\x00\x03\x00\x00\x00" + bytes(60), id="Windows program"),
        pytest.param(b"\x7fELF\x02\x01\x01" + bytes(60), id="Linux program"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), id="old Word document"),
        pytest.param(b"<!DOCTYPE html><script>alert(1)</script>", id="web page"),
        pytest.param(b"\n <svg onload=alert(1)>", id="drawing that runs"),
        pytest.param(b"\x1f\x8b\x08" + bytes(60), id="gzip"),
        pytest.param(bytes(60), id="zeros"),
        pytest.param(packed(order_pdf=pdf()), id="ZIP"),
        pytest.param(MACROS, id="DOCX with macros"),
        pytest.param(SPREADSHEET, id="OpenDocument spreadsheet"),
    ],
)
def test_these_kinds_are_not_taken_whatever_they_are_called(data: bytes) -> None:
    assert received(data, "order.pdf").problem is Problem.UNEXPECTED_TYPE


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_pdf_is_damaged_wherever_it_was_cut(kept: float) -> None:
    whole = pdf(pages=40)
    assert received(whole[: int(len(whole) * kept)]).problem is Problem.DAMAGED


def test_a_pdf_whose_middle_is_missing_is_damaged() -> None:
    whole = pdf()
    assert received(whole[:20] + whole[-40:]).problem is Problem.DAMAGED


def test_a_truncated_image_or_word_document_is_damaged() -> None:
    assert received(PNG[:40], "scan.png").problem is Problem.DAMAGED
    assert received(WORD[:-30], "order.docx").problem is Problem.DAMAGED


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_that_needs_a_password_is_told_apart(algorithm: str) -> None:
    def protect(writer: PdfWriter) -> None:
        writer.encrypt("secret", algorithm=algorithm)

    assert received(pdf(protect)).problem is Problem.PASSWORD_PROTECTED


def test_a_pdf_that_opens_without_its_owners_password_is_taken() -> None:
    assert received(pdf(lambda writer: writer.encrypt("", "owner", algorithm="AES-256"))).problem is None


# What only looks like a PDF at both ends: to be sure of that, a parser must read it all.
GARBAGE = b"%PDF-1.4\n" + b"\x00" * 3 * MEBIBYTE + b"\nstartxref\n5\n%%EOF\n"


def test_what_only_looks_like_a_pdf_is_damaged() -> None:
    assert received(GARBAGE).problem is Problem.DAMAGED


def test_a_parser_never_takes_a_large_document_into_memory_to_repair_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "READ_BYTES", MEBIBYTE)
    assert received(GARBAGE).problem is None


def test_a_parser_that_goes_in_circles_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection._Segments, "left", 3)
    assert received(GARBAGE).problem is None
