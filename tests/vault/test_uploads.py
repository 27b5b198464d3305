"""What a form receives: sealed, measured, hashed, and refused beside the field where it cannot be used."""

import hashlib
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from tests.vault.conftest import pdf, received
from vault import actions
from vault.inspection import Problem
from vault.models import Document, KeyScope
from vault.uploads import EncryptedUpload, EncryptingUploadHandler

MEBIBYTE = 1024 * 1024

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.vault.desk")]


def send(**files: object) -> Any:
    """Return what the desk answers: the ids of what it kept, or the errors by field."""
    return Client().post("/submit", {"subject": "A warrant", **files}).json()


def file(data: bytes, name: str = "order.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_an_upload_knows_its_name_size_hash_and_type() -> None:
    upload = received(pdf(), "order.pdf")
    assert isinstance(upload, EncryptedUpload)
    assert (upload.name, upload.size, upload.content_type) == ("order.pdf", len(pdf()), "application/pdf")
    assert upload.sha256 == hashlib.sha256(pdf()).hexdigest()
    assert upload.problem is None


def test_an_upload_reads_like_any_uploaded_file() -> None:
    data = b"text " * MEBIBYTE
    upload = received(data, "order.txt")
    assert b"".join(upload.chunks()) == data
    upload.seek(7)
    assert upload.read(5) == data[7:12]
    assert b"".join(upload.chunks()) == data


def test_several_documents_of_one_form_are_kept_under_one_scope() -> None:
    answer = send(order=file(pdf()), annexes=[file(b"List of accounts", "list.txt"), file(pdf(pages=2), "annex.pdf")])
    kept = [Document.objects.get(pk=pk) for pk in answer["kept"]]
    assert [document.name for document in kept] == ["order.pdf", "list.txt", "annex.pdf"]
    assert b"".join(actions.read(kept[2])) == pdf(pages=2)
    assert {document.scope for document in kept} == {KeyScope.objects.get()}


def test_a_download_gives_back_what_was_sent() -> None:
    answer = send(order=file(pdf()), annexes=[file(b"text\n" * MEBIBYTE, "big.txt")])
    sent = [Client().get(f"/download/{pk}").getvalue() for pk in answer["kept"]]
    assert sent == [pdf(), b"text\n" * MEBIBYTE]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        pytest.param(b"", "order.pdf", "empty", id="empty"),
        pytest.param(pdf()[:-200], "order.pdf", "damaged", id="truncated"),
        pytest.param(pdf(lambda writer: writer.encrypt("secret")), "order.pdf", "password_protected", id="password"),
        pytest.param(b"MZ\x90\x00\x03\x00\x00\x00" + bytes(500), "order.pdf", "unexpected_type", id="program"),
        pytest.param(b"text" * MEBIBYTE, "order.txt", "too_large", id="too large"),
    ],
)
def test_a_document_that_cannot_be_used_is_refused_beside_its_field(
    data: bytes, name: str, code: str, settings: Settings
) -> None:
    handler = EncryptingUploadHandler(max_bytes=2 * MEBIBYTE)
    assert received(data, name, handler).problem == code
    object.__setattr__(settings.WRITDESK, "upload_max_bytes", 2 * MEBIBYTE)
    try:
        errors = send(order=file(data, name))
    finally:
        object.__setattr__(settings.WRITDESK, "upload_max_bytes", 250 * MEBIBYTE)
    assert [error["code"] for error in errors["order"]] == [code]
    assert errors["order"][0]["message"].endswith(".")
    assert not Document.objects.exists()


def test_one_bad_annex_is_named_and_the_others_are_not() -> None:
    errors = send(order=file(pdf()), annexes=[file(pdf(), "good.pdf"), file(pdf()[:-200], "bad.pdf")])
    assert list(errors) == ["annexes"]
    assert [error["message"].split(":")[0] for error in errors["annexes"]] == ["“bad.pdf”"]


def test_a_missing_document_is_missing() -> None:
    assert [error["code"] for error in send()["order"]] == ["required"]


def test_the_documents_of_one_form_share_the_limit_and_a_dropped_one_gives_its_share_back() -> None:
    handler = EncryptingUploadHandler(max_bytes=3 * MEBIBYTE)
    problems = [received(b"t" * size * MEBIBYTE, "a.txt", handler).problem for size in (2, 4, 1, 1)]
    assert problems == [None, Problem.TOO_LARGE, None, Problem.TOO_LARGE]


def test_what_goes_over_the_limit_is_dropped_while_it_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    handler = EncryptingUploadHandler(max_bytes=MEBIBYTE)
    upload = received(b"t" * 3 * MEBIBYTE, "a.txt", handler)
    assert upload.spool.sealed.closed
    assert upload.spool.size <= MEBIBYTE
    assert upload.read() == b""


def test_a_document_with_a_problem_cannot_be_kept(now: datetime) -> None:
    with pytest.raises(actions.RefusedDocument, match="empty"):
        actions.keep(received(b""), scope=actions.new_scope(now=now), by_id=None, now=now)


def test_a_pdf_called_png_is_a_pdf_and_its_sender_is_told() -> None:
    upload = received(pdf(), "scan.png")
    assert upload.content_type == "application/pdf"
    assert upload.remark == "“scan.png” is a PDF by its content, and is kept as one."
    assert received(pdf(), "scan.PDF").remark == ""


def test_an_upload_for_a_known_case_is_sealed_under_its_key_at_once(now: datetime) -> None:
    scope = actions.new_scope(now=now)
    upload = received(pdf(), handler=EncryptingUploadHandler(scope=scope))
    document = actions.keep(upload, scope=scope, by_id=None, now=now)
    assert document.pk == upload.spool.document_id
    assert b"".join(actions.read(document)) == pdf()


def test_an_upload_for_one_case_is_sealed_anew_for_another(now: datetime) -> None:
    scope, other = actions.new_scope(now=now), actions.new_scope(now=now)
    upload = received(pdf(), handler=EncryptingUploadHandler(scope=scope))
    document = actions.keep(upload, scope=other, by_id=None, now=now)
    assert document.pk != upload.spool.document_id
    assert b"".join(actions.read(document)) == pdf()


def test_an_upload_that_breaks_off_leaves_nothing() -> None:
    handler = EncryptingUploadHandler()
    received(b"first", "a.txt", handler)
    handler.receive_data_chunk(b"more", 0)
    handler.upload_interrupted()
    assert handler._spool.sealed.closed
