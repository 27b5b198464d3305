"""What goes wrong in a form: said beside the field, and nothing that the sender typed is lost."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from cases.models import Agency, Case
from tests.intake.sending import FILLED, file, pdf, send
from vault.models import Document

pytestmark = pytest.mark.django_db


def errors(html: str) -> dict[str, str]:
    """Return the error summary: the field that each line leads to, and its words."""
    summary = html.split('class="error-summary"')[1].split("</div>")[0]
    return dict(re.findall(r'<a href="#id_(\w+)">(.*?)</a>', summary))


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        pytest.param(file(b""), "empty", id="empty"),
        pytest.param(file(pdf()[:200]), "damaged or incomplete", id="truncated"),
        pytest.param(file(pdf("secret")), "password-protected", id="password"),
        pytest.param(file(b"\x7fELF" + bytes(200), "warrant.pdf"), "not accepted", id="a program named as a PDF"),
        pytest.param(file(b"x" * 3_000_000), "too large", id="too large"),
    ],
)
def test_a_bad_document_is_named_beside_its_field_and_everything_typed_is_kept(
    client: Client, settings: Settings, sent: SimpleUploadedFile, words: str
) -> None:
    settings.WRITDESK = _with_limit(settings, 2_000_000)
    html = send(client, sent).content.decode()
    [(field, sentence)] = errors(html).items()
    assert field == "documents"
    assert words in sentence
    assert "warrant.pdf" in sentence
    assert "Choose your files once more" in html
    for name in ("agency_name", "officer_email", "agency_reference", "return_date", "message"):
        assert str(FILLED[name]) in html
    assert "carla@customer.example" in html
    assert '<option value="us_search_warrant" selected>' in html
    assert re.search(r'value="content"[^>]*checked', html)
    for model in (Case, Agency, Document):
        assert not model.objects.exists()


def _with_limit(settings: Settings, most: int) -> object:
    return replace(settings.WRITDESK, upload_max_bytes=most)


def test_one_bad_document_beside_a_good_one_keeps_neither(client: Client) -> None:
    html = send(client, file(), file(b"", "annex.pdf")).content.decode()
    assert "annex.pdf" in errors(html)["documents"]
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"instrument": ""}, "instrument", "Choose an answer: What kind of document is it?"),
        ({"instrument": "us_letter"}, "instrument", "Select a valid choice"),
        ({"agency_name": " "}, "agency_name", "Fill in: Name of the court or authority"),
        ({"agency_country": "UK"}, "agency_country", "Select a valid choice"),
        ({"agency_kind": ""}, "agency_kind", "Choose an answer: What is it?"),
        ({"officer_email": "osei"}, "officer_email", "Enter a valid email address"),
        ({"targets": " \r\n "}, "targets", "Name at least one account, domain or address."),
        ({"targets": "x" * 2001}, "targets", "1 line is too long to be a target."),
        ({"targets": "\r\n".join(map(str, range(25_001)))}, "targets", "Send at most 25000 lines"),
        ({"our_reference": "wd-2026-7k3m9qxa0"}, "our_reference", "a character of it is not right"),
        ({"return_date": "soon"}, "return_date", "Enter a valid date"),
        ({"categories": ["dna"]}, "categories_0", "Select a valid choice"),
        ({"emergency": "on", "message": ""}, "message", "Say who is in danger, and how."),
        ({"website": "http://mallory.example"}, "website", "empty"),
        ({"agency_name": "a\x00b"}, "agency_name", "Null characters are not allowed"),
    ],
)
def test_a_wrong_answer_is_named_and_leads_to_its_field(
    client: Client, changes: dict[str, object], field: str, words: str
) -> None:
    found = errors(send(client, file(), **changes).content.decode())
    assert words in found[field]
    assert not Case.objects.exists()


def test_a_form_without_a_document_asks_for_one(client: Client) -> None:
    assert errors(send(client).content.decode()) == {"documents": "Add a file: The document, and what belongs to it"}


def test_what_a_sender_typed_comes_back_harmless(client: Client) -> None:
    html = send(client, agency_name='"><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in html


def test_a_forged_post_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, file()).status_code == 403
    assert not Case.objects.exists()


def test_a_flood_is_stopped_and_what_was_typed_is_kept(client: Client, settings: Settings) -> None:
    settings.SUBMISSIONS_PER_HOUR = 2
    statuses = [send(client, file()).status_code for _attempt in range(3)]
    assert statuses == [302, 302, 429]
    assert Case.objects.count() == 2
    blocked = send(client, file()).content.decode()
    assert "many forms within an hour" in blocked
    assert "Springfield Police" in blocked
    assert client.post("/submit/", FILLED, REMOTE_ADDR="198.51.100.9").status_code == 200


def test_behind_a_proxy_the_sender_is_whom_the_proxy_saw(client: Client, settings: Settings) -> None:
    settings.SUBMISSIONS_PER_HOUR = 1
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    def status(forwarded: str) -> int:
        return client.post("/submit/", FILLED, headers={"x-forwarded-for": forwarded}).status_code

    assert status("203.0.113.1") == 200
    assert status("1.1.1.1, 203.0.113.1") == 429  # what the sender wrote itself does not help
    assert status("203.0.113.2") == 200
