"""What leaves, leaves as an attachment, whole or visibly broken."""

import http.client
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponseBase

from tests.vault.conftest import pdf
from vault import actions
from vault.content_types import UNKNOWN
from vault.downloads import attachment
from vault.keys import ScopeDestroyed
from vault.models import Document
from vault.sealing import SEALED_BYTES, SegmentRefused
from vault.storage import sealed_documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(now: datetime) -> Callable[..., Document]:
    scope = actions.new_scope(now=now)

    def keep(data: bytes, name: str) -> Document:
        return actions.store([data], scope=scope, name=name, by_id=None, now=now)

    return keep


def test_no_browser_shows_runs_guesses_or_keeps_a_download(kept: Callable[..., Document]) -> None:
    response = attachment(kept(pdf(), "order.pdf"))
    assert response["Content-Disposition"] == 'attachment; filename="order.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Length"] == str(len(pdf()))
    assert b"".join(response) == pdf()


def test_a_type_that_we_do_not_take_is_sent_as_bytes(kept: Callable[..., Document]) -> None:
    assert attachment(kept(b"<html><script>", "page.html"))["Content-Type"] == UNKNOWN


def test_a_name_in_any_script_arrives_whole(kept: Callable[..., Document]) -> None:
    disposition = attachment(kept(pdf(), 'Décision "n° 1".pdf'))["Content-Disposition"]
    assert disposition == "attachment; filename*=utf-8''D%C3%A9cision%20%22n%C2%B0%201%22.pdf"


def damage(document: Document, place: int) -> None:
    path = Path(sealed_documents().path(document.storage_name))
    sealed = bytearray(path.read_bytes())
    sealed[place] ^= 1
    path.write_bytes(sealed)


def test_a_document_damaged_at_its_start_is_an_error_before_anything_is_sent(kept: Callable[..., Document]) -> None:
    document = kept(pdf(), "order.pdf")
    damage(document, 30)
    with pytest.raises(SegmentRefused):
        attachment(document)


def test_a_document_whose_key_is_gone_is_an_error_before_anything_is_sent(
    kept: Callable[..., Document], now: datetime
) -> None:
    document = kept(pdf(), "order.pdf")
    actions.destroy_scope(document.scope, now)
    with pytest.raises(ScopeDestroyed):
        attachment(document)


class OneView(WSGIHandler):
    """A whole Django application that answers everything with one response."""

    def __init__(self, response: HttpResponseBase) -> None:
        super().__init__()
        self.response = response

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        return self.response


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


def test_where_a_later_part_is_damaged_the_connection_breaks(
    kept: Callable[..., Document], capfd: pytest.CaptureFixture[str]
) -> None:
    document = kept(b"text\n" * 500_000, "log.txt")
    damage(document, SEALED_BYTES + 100)
    with make_server("127.0.0.1", 0, OneView(attachment(document)), handler_class=Quiet) as server:
        threading.Thread(target=server.handle_request).start()
        client = http.client.HTTPConnection(*server.server_address, timeout=10)  # type: ignore[misc]
        client.request("GET", "/")
        answer = client.getresponse()
        assert answer.status == 200
        with pytest.raises(http.client.IncompleteRead) as broken:
            answer.read()
    assert len(broken.value.partial) < document.size
    assert "SegmentRefused" in capfd.readouterr().err
