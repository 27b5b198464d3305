"""The customer's door: a link alone shows nothing; a code to their own address opens it once."""

import html
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import Role
from cases.actions.changing import CaseNotFound, NotForYou, Refused
from cases.models import Case
from ledger.models import LedgerEntry
from notifications.actions import doors
from notifications.links import link_for
from notifications.models import CustomerLink, DoorCode
from notifications.states import AttemptOutcome, Way
from notifications.transports import Carrier, Reply
from tests import lives
from tests.adversarial import sealed
from tests.fixtures.staff import make_staff
from tests.lives import Staff
from tests.notifications.scene import open_door, plan_and_send, token_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fixed(now: datetime) -> object:
    cache.clear()
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def case(staff: Staff, now: datetime) -> Case:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_and_send(now)
    return lives.again(case)


@pytest.fixture
def link(case: Case, mailoutbox: list[EmailMessage]) -> str:
    return f"/notice/{token_in(str(mailoutbox[0].body))}/"


def code_in(mail: EmailMessage) -> str:
    found = re.search(r"\b\d{4} \d{4}\b", str(mail.body))
    assert found
    return found.group()


def test_a_link_alone_says_nothing_of_what_is_asked_by_whom_or_about_what(
    case: Case, link: str, client: Client
) -> None:
    for path in ("", "object/", "agree/", "take-back/", "receipt/"):
        answer = client.post(link + path, {"text": "no"}) if path == "object/" else client.get(link + path)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{link}door/")
    page = client.get(f"{link}door/").content.decode()
    customer = case.targets.get().customer
    assert customer
    for secret in (case.agency.name, case.targets.get().value, customer.email, "subpoena", customer.name):
        assert secret not in page
    assert f"{customer.email[0]}•••@customer.example" in page
    assert not case.duties.get().objections.exists()


def test_the_code_comes_to_the_customers_own_address_and_opens_the_page(
    case: Case, link: str, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    answer = client.post(f"{link}door/code/", follow=True)
    assert "We have sent you a code" in answer.content.decode()
    mail = mailoutbox[-1]
    customer = case.targets.get().customer
    assert customer
    assert (mail.to, mail.subject) == ([customer.email], "Your code")
    assert case.reference not in str(mail.message())
    page = client.post(f"{link}door/", {"code": code_in(mail)}, follow=True)
    assert case.agency.name in html.unescape(page.content.decode())


def test_it_opens_once_and_not_after_a_quarter_of_an_hour(
    link: str, client: Client, mailoutbox: list[EmailMessage], now: datetime
) -> None:
    client.post(f"{link}door/code/")
    code = code_in(mailoutbox[-1])
    assert client.post(f"{link}door/", {"code": code}).status_code == 302
    assert Client().post(f"{link}door/", {"code": code}).status_code == 422
    client.post(f"{link}door/code/")
    with time_machine.travel(now + timedelta(minutes=15), tick=False):
        assert Client().post(f"{link}door/", {"code": code_in(mailoutbox[-1])}).status_code == 422


def test_five_wrong_ones_end_the_code(link: str, client: Client, mailoutbox: list[EmailMessage]) -> None:
    client.post(f"{link}door/code/")
    right = code_in(mailoutbox[-1])
    for _number in range(5):
        assert client.post(f"{link}door/", {"code": "00000000"}).status_code == 422
    assert client.post(f"{link}door/", {"code": right}).status_code == 422


@pytest.mark.parametrize("typed", ["", " ", "1" * 19, "abc", "٠١٢٣٤٥٦٧", "\x00", "<script>"])
def test_what_is_no_code_is_said_to_be_none(typed: str, link: str, client: Client) -> None:
    client.post(f"{link}door/code/")
    answer = client.post(f"{link}door/", {"code": typed})
    assert answer.status_code == 422
    assert "<script>" not in answer.content.decode()


def test_nobody_floods_a_mailbox_through_a_link(
    link: str, client: Client, mailoutbox: list[EmailMessage], now: datetime
) -> None:
    before = len(mailoutbox)
    for _number in range(9):
        page = client.post(f"{link}door/code/", follow=True).content.decode()
    assert "several codes already" in page
    assert len(mailoutbox) - before == doors.CODES_AN_HOUR
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        assert "We have sent you a code" in client.post(f"{link}door/code/", follow=True).content.decode()


def test_codes_are_kept_nowhere(link: str, client: Client, mailoutbox: list[EmailMessage]) -> None:
    client.post(f"{link}door/code/")
    code = code_in(mailoutbox[-1]).replace(" ", "")
    assert code not in str(DoorCode.objects.values().get())


def test_a_key_opens_one_door_and_dies_with_the_address_that_it_went_to(
    case: Case, link: str, staff: Staff, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    other = lives.notice_pending(lives.received(now, customers=[lives.carla()]), staff, now)
    plan_and_send(now)
    theirs = f"/notice/{token_in(str(mailoutbox[-1].body))}/"
    browser = Client()
    open_door(browser, link)
    browser.cookies["door"]["path"] = "/"
    assert browser.get(theirs).status_code == 302
    assert other.reference not in browser.get(theirs, follow=True).content.decode().replace(other.reference, "", 2)
    assert browser.get(link).status_code == 200
    customer = case.targets.get().customer
    assert customer
    customer.email = "new@customer.example"
    customer.save()
    assert browser.get(link).status_code == 302


def test_no_code_leaves_while_a_word_is_forbidden(
    case: Case, link: str, client: Client, staff: Staff, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    found = CustomerLink.objects.get()
    code = doors.make_code(found, now=now)
    lives.brandts_order(case, staff, now)
    before = len(mailoutbox)
    assert client.post(f"{link}door/code/").status_code == 404
    with pytest.raises(doors.CodeNotSent):
        doors.send_code(code, EmailMessage(), Way.EMAIL, now=now)  # type: ignore[arg-type]
    assert len(mailoutbox) == before


def test_a_relay_that_is_down_is_said_so(link: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Carrier, "send", lambda _self, _mail, _way: Reply(AttemptOutcome.DEFERRED))
    assert "could not send the code" in client.post(f"{link}door/code/", follow=True).content.decode()


def test_where_mail_goes_to_files_the_code_is_said_but_never_in_production(
    link: str, client: Client, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert "here it is: " in client.post(f"{link}door/code/", follow=True).content.decode()
    settings.PRODUCTION = True
    settings.SECURE_SSL_REDIRECT = False
    assert "here it is: " not in client.post(f"{link}door/code/", follow=True).content.decode()


def test_staff_shut_the_page_for_good_and_the_next_notice_brings_a_new_link(
    case: Case, link: str, client: Client, staff: Staff, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    open_door(client, link)
    found = CustomerLink.objects.get()
    with pytest.raises(NotForYou):
        doors.revoke_link(link_id=found.pk, by=make_staff("Olga Auditor", Role.AUDITOR, since=now), now=now)
    doors.revoke_link(link_id=found.pk, by=staff.analyst, now=now)
    assert client.get(link).status_code == 404
    assert LedgerEntry.objects.filter(stream=case.stream, payload__kind="link_revoked").count() == 1
    with pytest.raises(Refused, match="any more"):
        doors.revoke_link(link_id=found.pk, by=staff.analyst, now=now)
    lives.rejected(case, staff, now)
    plan_and_send(now)
    newer = f"/notice/{token_in(str(mailoutbox[-1].body))}/"
    assert newer != link
    open_door(client, newer)
    assert client.get(newer).status_code == 200
    assert client.get(link).status_code == 404


def test_nobody_outside_a_compartment_shuts_the_page_of_its_cases(
    staff: Staff, last_year: datetime, now: datetime
) -> None:
    north = sealed.compartment_of(staff, last_year)
    case = sealed.sealed_case(staff, north, lives.oseis_agency(now), now)
    link_for(case, lives.carla(), now)
    outsider = make_staff("Otto Outside", Role.ANALYST, Role.COUNSEL, since=last_year)
    with pytest.raises(CaseNotFound):
        doors.revoke_link(link_id=CustomerLink.objects.filter(case=case)[0].pk, by=outsider, now=now)


@pytest.mark.django_db(transaction=True)
def test_many_who_guess_at_once_have_five_tries_together(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_and_send(now)
    link = CustomerLink.objects.get(case=case)
    doors.make_code(link, now=now)

    def guess(number: int) -> bool:
        try:
            return doors.open_with_code(CustomerLink.objects.get(pk=link.pk), f"{number:08}", now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert not any(pool.map(guess, range(24)))
    assert DoorCode.objects.get().failed_tries == doors.TRIES


def test_staff_shut_the_page_from_the_page_of_the_notice(case: Case, link: str, client: Client, staff: Staff) -> None:
    desk = Client()
    desk.force_login(staff.analyst)
    address = f"/notices/{case.reference}/1/"
    assert "Shut this page" in desk.get(address).content.decode()
    assert "The page is shut" in desk.post(f"{address}shut/", follow=True).content.decode()
    assert client.get(f"{link}door/").status_code == 404
    assert "Shut this page" not in desk.get(address).content.decode()
    assert "does not open anything" in desk.post(f"{address}shut/", follow=True).content.decode()
