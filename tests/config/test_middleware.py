"""What every page says to the browser, and in which language and hour it speaks."""

from datetime import UTC, datetime

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import translation

from accounts.models import User
from config.middleware import speak_to_reader


@pytest.mark.parametrize("address", ["/healthz", "/no/such/page", "/sign-in/"])
def test_every_answer_forbids_inline_code_frames_and_leaking_addresses(address: str, client: Client, db: None) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "geolocation=()" in headers["Permissions-Policy"]


def page_for(user: User) -> str:
    """What a page with an instant and a translated word shows this reader."""

    def page(request: HttpRequest) -> HttpResponse:
        template = engines["django"].from_string('{% load i18n %}{{ at|date:"H:i" }} {% translate "January" %}')
        return HttpResponse(template.render({"at": datetime(2026, 7, 1, 12, tzinfo=UTC)}, request))

    request = RequestFactory().get("/")
    request.user = user
    return speak_to_reader(page)(request).text


def test_a_reader_sees_their_own_hour_and_language(ines: User) -> None:
    ines.timezone, ines.language = "Europe/Paris", "fr"
    assert page_for(ines) == "14:00 janvier"


def test_one_reader_s_choice_does_not_stay_for_the_next(ines: User, paul: User) -> None:
    ines.timezone, ines.language = "Asia/Tokyo", "fr"
    page_for(ines)
    assert translation.get_language() == "en"
    assert page_for(paul) == "12:00 January"
