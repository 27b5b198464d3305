"""When something goes wrong the page says so in plain words, and needs neither a session nor a database to do it."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path
from pytest_django import Settings

from tests.config.shell.looking import faults_of_source

SENTENCES = {
    "400.html": "We could not read what your browser sent",
    "403.html": "You may not do this",
    "403_csrf.html": "This page was open too long",
    "404.html": "There is no such page",
    "429.html": "Too many tries",
    "500.html": "Something broke on our side",
}
WRONG: dict[str, Exception] = {
    "400": SuspiciousOperation("a detail for the log"),
    "403": PermissionDenied("Only Paul can open <this>."),
    "404": Http404("a detail for the log"),
    "500": RuntimeError("a detail for the log"),
}


def go_wrong(_request: HttpRequest, status: str) -> HttpResponse:
    raise WRONG[status]


urlpatterns = [path("wrong/<str:status>/", go_wrong)]


@pytest.fixture
def stranger(settings: Settings) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("template", "sentence"), SENTENCES.items())
def test_every_error_page_stands_on_its_own(template: str, sentence: str) -> None:
    html = render_to_string(template)
    assert sentence in html
    assert faults_of_source(html) == []


@pytest.mark.parametrize("status", WRONG)
def test_what_went_wrong_is_said_without_details(stranger: Client, status: str) -> None:
    response = stranger.get(f"/wrong/{status}/")
    assert response.status_code == int(status)
    assert SENTENCES[f"{status}.html"] in response.content.decode()
    assert "a detail for the log" not in response.content.decode()
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]


def test_a_refusal_says_why_and_escapes_it(stranger: Client) -> None:
    assert "Only Paul can open &lt;this&gt;." in stranger.get("/wrong/403/").content.decode()
