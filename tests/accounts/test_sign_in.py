"""Signing in: by address and password, with a second factor, to where one wanted to go and nowhere else."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.fixtures.staff import PASSWORD

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


def sign_in(client: Client, user: User, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in/", {"login": user.email, "password": password, **more})


def code_of_now() -> str:
    return str(format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time())))))


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_ana_signs_in_and_lands_on_the_queue(client: Client, analyst: User) -> None:
    response = sign_in(client, analyst)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert is_in(client)


def test_a_wrong_password_says_what_to_do_and_nothing_about_the_account(client: Client, analyst: User) -> None:
    wrong = sign_in(client, analyst, "nope").content.decode()
    analyst.email = "nobody@provider.example"
    unknown = sign_in(client, analyst, "nope").content.decode()
    sentence = "This address and password do not go together. Check both, then try again."
    assert sentence in wrong
    assert sentence in unknown
    assert not is_in(client)


def test_a_page_asked_for_is_reached_after_signing_in(client: Client, administrator: User) -> None:
    asked = client.get("/people/?page=2")
    assert asked.headers["Location"] == "/sign-in/?next=/people/%3Fpage%3D2"
    assert sign_in(client, administrator, next="/people/?page=2").headers["Location"] == "/people/?page=2"


@pytest.mark.parametrize(
    "elsewhere", ["https://mallory.example/", "//mallory.example", "javascript:alert(1)", "\\\\m.ex"]
)
def test_nobody_is_sent_elsewhere(client: Client, analyst: User, elsewhere: str) -> None:
    assert sign_in(client, analyst, next=elsewhere).headers["Location"] == "/"


def test_nobody_signs_up(client: Client) -> None:
    for path in ("/sign-up/", "/signup/", "/accounts/signup/"):
        assert client.post(path, {"email": "mallory@mallory.example"}).status_code == 404
    assert not User.objects.exists()


def test_a_closed_account_does_not_open(client: Client, analyst: User) -> None:
    User.objects.filter(pk=analyst.pk).update(is_active=False)
    sign_in(client, analyst)
    assert not is_in(client)


def test_a_forgotten_password_is_replaced_through_a_link_in_a_mail(
    client: Client, analyst: User, mailoutbox: list[EmailMessage]
) -> None:
    client.post("/password/reset/", {"email": analyst.email})
    (mail,) = mailoutbox
    assert mail.subject == "Set a new password for Writdesk"
    assert mail.to == [analyst.email]
    link = next(line for line in str(mail.body).splitlines() if line.startswith("http"))
    assert "Choose a password" in client.get(link, follow=True).content.decode()


def test_nobody_else_is_written_to_and_the_answer_is_the_same(
    client: Client, analyst: User, mailoutbox: list[EmailMessage]
) -> None:
    known = client.post("/password/reset/", {"email": analyst.email}, follow=True).content.decode()
    unknown = client.post("/password/reset/", {"email": "carla@customer.example"}, follow=True).content.decode()
    assert "Look into your mail" in known
    assert known == unknown
    assert [mail.to for mail in mailoutbox] == [[analyst.email]]


def test_signing_out_takes_a_post(client: Client, analyst: User) -> None:
    client.force_login(analyst)
    assert client.get("/sign-out/").status_code == 200
    assert is_in(client)
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert not is_in(client)


def test_a_form_from_another_site_is_refused_in_plain_words(analyst: User) -> None:
    response = sign_in(Client(enforce_csrf_checks=True), analyst)
    assert response.status_code == 403
    assert "This page was open too long" in response.content.decode()


def test_with_the_app_set_up_a_password_alone_does_not_sign_in(client: Client, analyst: User) -> None:
    TOTP.activate(analyst, SECRET)
    assert sign_in(client, analyst).headers["Location"] == "/sign-in/code/"
    assert not is_in(client)
    refused = client.post("/sign-in/code/", {"code": "000000"})
    assert "Enter the code that the app shows now" in refused.content.decode()
    assert not is_in(client)
    assert client.post("/sign-in/code/", {"code": code_of_now()}).headers["Location"] == "/"
    assert is_in(client)


def test_a_copy_of_the_database_holds_no_secret_of_the_app(analyst: User, settings: Settings) -> None:
    kept = TOTP.activate(analyst, SECRET).instance
    RecoveryCodes.activate(analyst)
    assert SECRET not in str(kept.data)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new one", [settings.SECRET_KEY]
    assert TOTP(kept).validate_code(code_of_now())


def test_a_recovery_code_signs_in_once(client: Client, analyst: User) -> None:
    TOTP.activate(analyst, SECRET)
    code = RecoveryCodes.activate(analyst).get_unused_codes()[0]
    sign_in(client, analyst)
    client.post("/sign-in/code/", {"code": code})
    assert is_in(client)
    client.logout()
    sign_in(client, analyst)
    client.post("/sign-in/code/", {"code": code})
    assert not is_in(client)


def test_ana_sets_up_the_app_after_giving_her_password_again(client: Client, analyst: User) -> None:
    client.force_login(analyst)
    assert client.get("/security/app/").headers["Location"].startswith("/confirm/password/")
    client.post("/confirm/password/", {"password": PASSWORD, "next": "/security/app/"})
    page = client.get("/security/app/")
    assert 'class="qr" src="data:image/svg+xml' in page.content.decode()
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert client.post("/security/app/", {"code": code}).status_code == 302
    assert Authenticator.objects.filter(user=analyst, type=Authenticator.Type.TOTP).exists()
    assert "Show the codes" in client.get("/security/").content.decode()


def test_guessing_is_stopped(client: Client, analyst: User, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/key"}
    cache.clear()
    for _try in range(3):
        sign_in(client, analyst, "guess")
    assert "Too many tries" in sign_in(client, analyst).content.decode()
    assert not is_in(client)


def test_a_flood_of_tries_gets_the_page_that_says_so(client: Client, analyst: User, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    cache.clear()
    sign_in(client, analyst, "guess")
    response = sign_in(client, analyst, "guess")
    assert response.status_code == 429
    assert "Too many tries" in response.content.decode()


@pytest.mark.parametrize("path", ["/security/", "/security/codes/new/", "/password/change/", "/appearance/"])
def test_the_staffs_own_pages_ask_to_sign_in(client: Client, path: str) -> None:
    assert client.get(path).headers["Location"].startswith("/sign-in/?next=")
