"""Letters on paper: the words of the mail, whole and in every language, the same bytes each time, nothing fetched."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import mark_safe
from pypdf import PdfReader
from pytest_django.fixtures import Settings

from notifications import paper
from notifications.catalogue import MAILS
from notifications.checks import check_paper
from notifications.languages import LANGUAGES
from notifications.samples import REFERENCE, sample
from notifications.saying import said
from tests.notifications.post import words

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9H0z"/></svg>'


def sheet(body: str, language: str = "en", envelope: tuple[str, ...] = ("Carla Moreau", "1 Main Street")) -> str:
    context = {
        "body": body,
        "language": language,
        "envelope": envelope,
        "reference": REFERENCE,
        "provider": "Example Network",
        "contact": "legal@provider.example",
        "day": "Monday 30 November 2026",
        "planned_at": NOON,
    }
    with translation.override(language):
        return render_to_string("notifications/paper/sheet.html", context)


@pytest.fixture(autouse=True)
def _pango() -> None:
    if not paper.is_possible():
        pytest.fail("The library Pango is missing: run `make fonts` to install it.")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MAILS)
def test_every_mail_is_a_sheet_in_every_language(name: str, language: str) -> None:
    mail = MAILS[name]
    with translation.override(language):
        context = sample(mail)
        body = said(mail, context, None, frame={"on_paper": True, "code": "1234 5678"}).html
    assert "<style" not in body
    assert "href" not in body
    pdf = paper.as_pdf(sheet(body, language), picture=PICTURE)
    text = words(pdf)
    assert REFERENCE in text
    assert ("1234 5678" in text) == ("page" in context)
    if "page" in context:
        assert str(context["page"]) in text.replace(" ", "")
    assert "\ufffd" not in text
    root: Any = PdfReader(BytesIO(pdf)).trailer["/Root"]
    assert str(root["/Lang"]).lower() == language
    assert root["/MarkInfo"]["/Marked"]


def test_the_same_letter_gives_the_same_bytes_and_says_nothing_in_its_properties() -> None:
    first, second = (paper.as_pdf(sheet("<p>Carla</p>")) for _number in range(2))
    assert first == second
    properties = PdfReader(BytesIO(first)).metadata
    assert properties
    assert properties.title == "Example Network"
    assert properties.creation_date == NOON
    assert "Carla" not in str(properties)


def test_nothing_is_fetched_from_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []

    def refuse(_self: object, address: object, *_args: object, **_named: object) -> None:
        opened.append(address)
        raise OSError

    monkeypatch.setattr("urllib.request.OpenerDirector.open", refuse)
    body = (
        '<img src="https://tracker.example/a.png"><img src="file:///etc/passwd"><img src="data:image/png;base64,AA">'
        '<link rel="stylesheet" href="https://tracker.example/a.css"><link rel="attachment" href="file:///etc/passwd">'
        '<style>@import "https://tracker.example/b.css"; p { background: url(file:///etc/hostname) }</style>'
        "<p>Words</p>"
    )
    pdf = paper.as_pdf(sheet(mark_safe(body)))  # noqa: S308 - what must not work
    assert opened == []
    assert "Words" in words(pdf)
    assert b"root:" not in pdf
    assert not PdfReader(BytesIO(pdf)).attachments


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("<img src=x><script>alert(1)</script>", id="HTML"),
        pytest.param("\u202eaeroM alraC", id="right to left"),
        pytest.param("مرحبا Carla", id="two directions"),
        pytest.param("&amp; {{ reference }} {% now %}", id="template"),
    ],
)
def test_what_somebody_calls_themselves_stays_text(hostile: str) -> None:
    html = sheet("<p>Words</p>", envelope=(hostile, "1 Main Street"))
    assert escape(hostile) in html
    text = words(paper.as_pdf(html))
    assert "1 Main Street" in text
    if hostile.isascii():
        assert " ".join(hostile.split()) in text


def test_a_very_long_text_without_a_space_is_broken_and_ends() -> None:
    pdf = paper.as_pdf(sheet("a" * 100_000))
    reader = PdfReader(BytesIO(pdf))
    assert len(reader.pages) > 10
    assert f"1/{len(reader.pages)}" in reader.pages[0].extract_text()


@pytest.mark.parametrize(("country", "height"), [("US", 792), ("CA", 792), ("DE", 842)])
def test_paper_is_that_of_the_receiving_country(country: str, height: int, settings: Settings) -> None:
    settings.WRITDESK = replace(settings.WRITDESK, receiving_country=country)
    page = PdfReader(BytesIO(paper.as_pdf(sheet("")))).pages[0]
    assert round(page.mediabox.height) == height


def test_letters_printed_together_each_begin_on_a_page_of_their_own() -> None:
    both = paper.together([paper.as_pdf(sheet("<p>One</p>")), paper.as_pdf(sheet("<p>Two</p>"))])
    first, second = PdfReader(BytesIO(both)).pages
    assert "One" in first.extract_text()
    assert "1/1" in second.extract_text()


def test_where_nothing_can_be_drawn_a_check_warns_and_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_paper() == []
    monkeypatch.setattr(paper, "is_possible", lambda: False)
    (warning,) = check_paper()
    assert (warning.id, warning.is_serious()) == ("notifications.W001", False)
    with pytest.raises(paper.NoPaper):
        paper.as_pdf("<p>")
