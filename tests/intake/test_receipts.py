"""The receipt: for whoever has its address, and saying nothing but that a request arrived and how far it is."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from cases.actions.ending import withdraw
from cases.models import Agency, Case
from intake import limits
from tests.intake.sending import file, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(client: Client, now: datetime) -> str:
    with time_machine.travel(now, tick=False):
        return send(client, file()).headers["Location"]


def test_it_shows_our_reference_and_nothing_of_customer_account_or_data(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    assert Case.objects.get().reference in html
    for word in ("carla", "192.0.2.7", "Springfield", "Osei", "warrant", "SP-2026"):
        assert word not in html
    assert "noindex" in html


def test_it_says_in_neutral_words_how_far_it_is(
    client: Client, address: str, analyst: User, verified_police: Agency, now: datetime
) -> None:
    assert 'aria-current="step"><b>Received' in client.get(address).content.decode()
    withdraw(case_id=Case.objects.get().pk, reason="Osei called", by=analyst, now=now + timedelta(hours=1))
    html = client.get(address).content.decode()
    assert 'aria-current="step"><b>Answered' in html
    assert "ithdrawn" not in html


@pytest.mark.parametrize("token", ["x", "a" * 32, "..%2F", "'%20OR%201=1"])
def test_a_guess_finds_nothing(client: Client, address: str, token: str) -> None:
    assert client.get(f"/receipt/{token}/").status_code == 404


def test_guessing_is_slow(client: Client, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RECEIPTS", limits.Limit("receipt", 3, 60))
    statuses = [client.get(f"/receipt/{number}/").status_code for number in range(5)]
    assert statuses == [404, 404, 404, 429, 429]
    assert client.get(address).status_code == 429


def test_it_is_kept_in_no_cache_and_cannot_be_posted_to(client: Client, address: str) -> None:
    assert "no-store" in client.get(address).headers["Cache-Control"]
    assert client.post(address).status_code == 405
