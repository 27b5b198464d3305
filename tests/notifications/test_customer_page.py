"""The customer's page: open to who has the link, and as if it had never been to everybody else."""

import html
import logging
import time
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django.fixtures import Settings

from accounts import guesses
from accounts.guesses import SECONDS_TO_SAY_NO
from cases.actions import objections
from cases.actions.nondisclosure import hold_notices
from cases.models import Approval, Case, Objection
from cases.states import ApprovalState, DutyState, ObjectionState
from notifications.models import CustomerLink
from tests import lives
from tests.intake.sending import file
from tests.lives import Staff
from tests.notifications.scene import Vanishing, open_door, plan_and_send, token_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counts(now: datetime) -> object:
    cache.clear()
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def case(staff: Staff, now: datetime) -> Case:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_and_send(now)
    return lives.again(case)


@pytest.fixture
def link(case: Case, mailoutbox: list[EmailMessage], client: Client, now: datetime) -> str:
    """The address that Carla got by mail. Her browser has entered a code."""
    address = f"/notice/{token_in(str(mailoutbox[0].body))}/"
    open_door(client, address)
    return address


def test_it_says_what_is_asked_by_whom_and_until_when(case: Case, link: str, client: Client) -> None:
    page = html.unescape(client.get(link).content.decode())
    for words in (
        case.reference,
        case.agency.name,
        case.targets.get().value,
        "Who you are: the name, address, contact and payment details",
        "Your password: we do not hand it out",
        "You can object until the end of Thursday 10 December 2026 (Eastern Time).",
        "Where to get help",
    ):
        assert words in page


def test_it_is_kept_by_nobody_and_the_token_leaves_in_no_referer(link: str, client: Client) -> None:
    headers = client.get(link).headers
    assert headers["Cache-Control"] == "no-store, private"
    assert headers["Referrer-Policy"] == "strict-origin"
    assert "noindex" in headers["X-Robots-Tag"]


def test_only_a_hash_of_the_token_is_kept_and_it_has_256_bits(link: str) -> None:
    token = link.split("/")[2]
    assert len(token) * 4 == 256
    assert token not in str(CustomerLink.objects.values().get())


def test_every_mail_to_a_customer_of_a_case_carries_the_same_link(
    case: Case, link: str, staff: Staff, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    lives.rejected(case, staff, now)
    assert plan_and_send(now) == 1
    assert token_in(str(mailoutbox[-1].body)) in link


def test_after_a_change_of_the_secret_old_links_work_until_the_next_mail_brings_a_new_one(
    case: Case,
    link: str,
    client: Client,
    staff: Staff,
    now: datetime,
    mailoutbox: list[EmailMessage],
    settings: Settings,
) -> None:
    settings.SECRET_KEY = "another secret of this installation"
    open_door(client, link)
    assert client.get(link).status_code == 200
    lives.rejected(case, staff, now)
    plan_and_send(now)
    newer = f"/notice/{token_in(str(mailoutbox[-1].body))}/"
    open_door(client, newer)
    assert client.get(newer).status_code == 200
    assert client.get(link).status_code == 404


def test_an_objection_stops_the_answer_and_voids_what_was_approved(
    case: Case, link: str, client: Client, staff: Staff, now: datetime
) -> None:
    later = now + timedelta(days=15)
    approval = lives.approved(lives.answer_proposed(case, staff, later), staff, later)
    response = client.post(
        f"{link}object/", {"grounds": ["court"], "court": "D. Or. 3:26-mc-318", "text": "Not me."}, follow=True
    )
    assert "We have your objection" in response.content.decode()
    objection = Objection.objects.get()
    assert objection.text == "I am going to court about it\nD. Or. 3:26-mc-318\nNot me."
    assert Approval.objects.get(pk=approval.pk).state == ApprovalState.VOID
    assert lives.again(case).has_objection


def test_a_plain_no_is_enough_and_a_second_one_is_answered_kindly(link: str, client: Client) -> None:
    client.post(f"{link}object/")
    response = client.post(f"{link}object/", follow=True)
    assert "We have your objection already." in response.content.decode()
    assert Objection.objects.count() == 1


def test_an_objection_can_be_taken_back_after_being_asked_once_more(link: str, client: Client) -> None:
    client.post(f"{link}object/")
    assert "Keep my objection" in client.get(f"{link}take-back/").content.decode()
    response = client.post(f"{link}take-back/", follow=True)
    assert "Your objection is taken back" in response.content.decode()
    assert Objection.objects.get().state == ObjectionState.WITHDRAWN


def test_agreeing_takes_two_steps_and_ends_the_window(case: Case, link: str, client: Client) -> None:
    assert "You cannot take this back" in client.get(f"{link}agree/").content.decode()
    assert client.post(f"{link}agree/").status_code == 422
    assert case.duties.get().waived_at is None
    response = client.post(f"{link}agree/", {"agrees": "on"}, follow=True)
    assert "You agreed" in response.content.decode()
    assert case.duties.get().waived_at is not None


def test_a_form_from_elsewhere_is_refused(link: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{link}object/").status_code == 403
    assert Objection.objects.count() == 0


def test_it_speaks_the_customers_language_until_they_choose_another(case: Case, link: str, client: Client) -> None:
    customer = case.duties.get().customer
    assert customer
    customer.language = "fr"
    customer.save()
    french = client.get(link)
    assert "Qui demande" in french.content.decode()
    assert french.headers["Content-Language"] == "fr"
    page = client.get(f"{link}?language=en", follow=True)
    assert page.redirect_chain == [(link, 302)]
    assert "Who asks" in page.content.decode()


def unknown(client: Client) -> str:
    response = client.get(f"/notice/{'0' * 64}/")
    assert response.status_code == 404
    return response.content.decode()


def test_once_an_order_is_in_force_the_link_looks_as_if_it_had_never_been(
    case: Case, link: str, client: Client, staff: Staff, now: datetime
) -> None:
    lives.brandts_order(case, staff, now)
    for response in (client.get(link), client.post(f"{link}object/"), client.get(f"{link}receipt/")):
        assert (response.status_code, response.content.decode()) == (404, unknown(client))
    assert Objection.objects.count() == 0


def test_while_something_is_not_looked_at_the_link_is_unknown_too(
    case: Case, link: str, client: Client, now: datetime
) -> None:
    hold_notices(case_id=case.pk, source="submission:1", because="reference", now=now)
    assert client.get(link).content.decode() == unknown(client)


def test_an_expired_link_is_unknown(link: str, client: Client, now: datetime) -> None:
    with time_machine.travel(now + timedelta(days=61), tick=False):
        assert client.get(link).content.decode() == unknown(client)


def test_a_no_always_takes_the_same_time(case: Case, link: str, client: Client, staff: Staff, now: datetime) -> None:
    lives.brandts_order(case, staff, now)
    for path in (link, f"/notice/{'0' * 64}/"):
        began = time.perf_counter()
        client.get(path)
        assert time.perf_counter() - began >= SECONDS_TO_SAY_NO


def test_who_guesses_too_often_gets_no_answer_for_a_while(
    link: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "ALLOWED", 3)
    answers = [client.get(f"/notice/{number:064d}/").status_code for number in range(5)]
    assert answers == [404, 404, 404, 429, 429]
    assert client.get(link).status_code == 429
    assert client.get(link, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_neither_token_nor_address_stands_in_a_log(
    case: Case, link: str, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client.get(link)
    client.get(f"/notice/{'0' * 64}/")
    lines = [logging.getLogger("x").handlers, *(record.getMessage() for record in caplog.records)]
    customer = case.duties.get().customer
    assert customer
    assert not any(link.split("/")[2] in str(line) or customer.email in str(line) for line in lines)


def test_two_customers_see_each_their_own(
    staff: Staff, now: datetime, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    customers = [lives.carla(), lives.carla()]
    case = lives.notice_pending(lives.received(now, customers=customers), staff, now)
    plan_and_send(now)
    for letter in mailoutbox:
        address = f"/notice/{token_in(str(letter.body))}/"
        open_door(client, address)
        page = client.get(address).content.decode()
        shown = [customer for customer in customers if customer.identifier in page]
        assert [customer.email for customer in shown] == letter.to
    assert case.duties.count() == 2


def test_who_answers_a_mail_of_which_nobody_knew_has_it(
    staff: Staff, now: datetime, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    with monkeypatch.context() as wire:
        wire.setattr("notifications.actions.sending.opened", Vanishing)
        plan_and_send(now)
    link = f"/notice/{token_in(str(Vanishing.taken[-1].body))}/"
    open_door(client, link)
    assert client.get(link).status_code == 200
    client.post(f"{link}object/")
    assert case.duties.get().state == DutyState.DELIVERED
    assert lives.again(case).has_objection


def test_an_objection_brings_its_documents_and_says_who_speaks_for_her(
    case: Case, link: str, client: Client, staff: Staff
) -> None:
    sent = {
        "text": "Not me.",
        "lawyer": "Noor Haddad, noor@law.example",
        "documents": [file(name="motion.pdf"), file(name="receipt.pdf")],
    }
    assert "We have your objection" in client.post(f"{link}object/", sent, follow=True).content.decode()
    objection = Objection.objects.get()
    assert objection.lawyer == "Noor Haddad, noor@law.example"
    kept = [(paper.role, paper.document.name) for paper in objection.papers.order_by("id")]
    assert kept == [("objection", "motion.pdf"), ("objection", "receipt.pdf")]
    assert case.documents.filter(objection=objection).count() == 2
    client.force_login(staff.ines)
    page = html.unescape(client.get(case.get_absolute_url()).content.decode())
    assert "Lawyer: Noor Haddad, noor@law.example" in page
    assert "motion.pdf" in page


def test_she_adds_to_it_until_it_is_decided(case: Case, link: str, client: Client, staff: Staff, now: datetime) -> None:
    assert client.post(f"{link}add/", {"more": "Too early."}, follow=True).status_code == 200
    assert not Objection.objects.exists()
    client.post(f"{link}object/", {"text": "Not me."})
    objection = Objection.objects.get()
    objections.ask_for_proof(objection_id=objection.pk, by=staff.analyst, now=now)
    page = html.unescape(client.get(link).content.decode())
    assert "Show us by the end of Monday 7 December 2026 (Eastern Time) that you went to court" in page
    client.post(f"{link}add/", {"more": "Filed today.", "papers": [file()]})
    objection.refresh_from_db()
    assert objection.text == "Not me.\n\n[2026-11-30] Filed today."
    assert objection.papers.count() == 1
    assert objection.proof_shown_at is None  # counsel looks at it first
    assert "Write something" in client.post(f"{link}add/", {"more": " "}, follow=True).content.decode()
    client.post(f"{link}take-back/")
    assert "ended already" in client.post(f"{link}add/", {"more": "Late."}, follow=True).content.decode()
    objection.refresh_from_db()
    assert "Late." not in objection.text


def test_a_document_that_cannot_be_taken_loses_nothing_of_the_words(link: str, client: Client) -> None:
    answer = client.post(f"{link}object/", {"text": "Not me.", "documents": [file(b"")]})
    assert answer.status_code == 422
    assert "Not me." in answer.content.decode()
    assert not Objection.objects.exists()


def test_nobody_fills_the_vault_through_an_objection(case: Case, link: str, client: Client) -> None:
    client.post(f"{link}object/", {"text": "No.", "documents": [file() for _number in range(19)]})
    page = client.post(f"{link}add/", {"papers": [file(), file()]}, follow=True).content.decode()
    assert "more documents than we can take here" in page
    assert case.documents.count() == 19
