"""What staff see of notices and do about them; nothing of a case that is not theirs to know."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from accounts.models import Compartment, User
from cases.models import Case, Customer
from cases.states import DutyState
from notifications.models import Message
from notifications.queries import needing, needy
from notifications.states import Because, MessageState, Need
from tests import lives
from tests.fixtures.mail import Sink
from tests.lives import Staff
from tests.notifications.scene import Vanishing, messages_of, plan_and_send

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused(staff: Staff, now: datetime, smtp_sink: Sink) -> Case:
    """A case whose customer has no mailbox where we wrote to."""
    customer = lives.carla(email="wrong@customer.example")
    smtp_sink.replies["wrong@customer.example"] = "550 5.1.1 no such user"
    case = lives.notice_pending(lives.received(now, customers=[customer]), staff, now)
    plan_and_send(now)
    return case


@pytest.fixture
def uncertain(staff: Staff, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case of whose notice nobody knows whether it arrived."""
    case = lives.notice_pending(lives.received(now), staff, now)
    with monkeypatch.context() as wire:
        wire.setattr("notifications.actions.sending.opened", Vanishing)
        plan_and_send(now)
    return case


def test_everything_that_needs_a_person_is_counted_and_named(
    refused: Case, uncertain: Case, staff: Staff, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lives.notice_pending(lives.received(now, customers=[lives.carla(email="")]), staff, now)
    waiting = lives.notice_pending(lives.received(now), staff, now - timedelta(days=2))
    waiting.preservations.update(confirmed_at=None)
    staff.analyst.forget_grants()
    with django_assert_num_queries(3):
        found = [needy(duty) for duty in needing(staff.analyst, now)]
    assert sorted(row.need for row in found) == sorted(Need)
    because = {row.duty.case_id: row.because for row in found}
    assert because[refused.pk] == Because.REFUSED
    assert because[waiting.pk] == Because.NOT_PRESERVED


def test_a_case_in_a_compartment_shows_to_its_members_only(refused: Case, analyst: User, now: datetime) -> None:
    Case.objects.filter(pk=refused.pk).update(compartment=Compartment.objects.create(code="circle", name="Circle"))
    assert not needing(analyst, now)
    client = Client()
    client.force_login(analyst)
    assert refused.reference not in client.get("/notices/").content.decode()
    assert client.get(f"/notices/{refused.reference}/1/").status_code == 404
    assert client.post(f"/notices/{refused.reference}/1/address/", {"email": "a@b.example"}).status_code == 404


@pytest.mark.parametrize("path", ["/notices/", "/notices/outbox/", "/notices/WD-2026-MD3BVP8KR/1/"])
def test_the_pages_are_for_staff(path: str, client: Client, publisher: User) -> None:
    assert client.get(path).status_code == 302
    client.force_login(publisher)
    assert client.get(path).status_code == 403


def test_an_auditor_looks_and_does_nothing(refused: Case, client: Client, auditor: User) -> None:
    client.force_login(auditor)
    page = client.get(f"/notices/{refused.reference}/1/").content.decode()
    assert "Refused for good" in page
    assert "Save and send again" not in page
    response = client.post(f"/notices/{refused.reference}/1/address/", {"email": "right@customer.example"})
    assert response.status_code == 403


def test_a_corrected_address_sends_the_notice_there(
    refused: Case, client: Client, analyst: User, now: datetime, smtp_sink: Sink
) -> None:
    client.force_login(analyst)
    with time_machine.travel(now, tick=False):
        client.post(f"/notices/{refused.reference}/1/address/", {"email": "right@customer.example"})
    assert plan_and_send(now) == 1
    assert [letter.recipients for letter in smtp_sink.letters] == [["right@customer.example"]]
    assert [message.state for message in messages_of(refused)] == [MessageState.FAILED, MessageState.SENT]
    assert Customer.objects.get(targets__case=refused).email == "right@customer.example"


def test_a_mistyped_address_is_refused_in_plain_words(refused: Case, client: Client, analyst: User) -> None:
    client.force_login(analyst)
    response = client.post(f"/notices/{refused.reference}/1/address/", {"email": "right@customer"})
    assert response.status_code == 422
    assert refused.duties.get().state == DutyState.FAILED


def test_what_arrived_after_all_counts_from_its_attempt(
    uncertain: Case, client: Client, analyst: User, now: datetime
) -> None:
    with time_machine.travel(now + timedelta(days=1), tick=False):
        client.force_login(analyst)
        client.post(f"/notices/{uncertain.reference}/1/settle/", {"arrived": "yes"})
    duty = uncertain.duties.get()
    assert (duty.state, duty.delivered_at) == (DutyState.DELIVERED, now)
    message = Message.objects.get()
    assert (message.state, message.settled_by) == (MessageState.SENT, analyst)


def test_what_did_not_arrive_can_be_sent_again_and_only_then(
    uncertain: Case, client: Client, analyst: User, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    assert plan_and_send(now + timedelta(days=30)) == 0
    client.force_login(analyst)
    page = f"/notices/{uncertain.reference}/1/"
    client.post(f"{page}settle/", {"arrived": "no"})
    assert uncertain.duties.get().state == DutyState.FAILED
    customer = Customer.objects.get(targets__case=uncertain)
    with time_machine.travel(now, tick=False):
        client.post(f"{page}address/", {"email": customer.email})
    assert plan_and_send(now) == 1
    assert len(mailoutbox) == 1


def test_two_people_settle_one_message_at_once_and_the_second_hears_it(
    uncertain: Case, client: Client, analyst: User
) -> None:
    client.force_login(analyst)
    client.post(f"/notices/{uncertain.reference}/1/settle/", {"arrived": "yes"})
    response = client.post(f"/notices/{uncertain.reference}/1/settle/", {"arrived": "no"}, follow=True)
    assert "Somebody has settled this already." in response.content.decode()
    assert uncertain.duties.get().state == DutyState.DELIVERED


def test_a_notice_that_came_back_takes_the_case_back_and_can_be_sent_anew(
    staff: Staff, now: datetime, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_and_send(now)
    page = f"/notices/{case.reference}/1/"
    client.force_login(staff.analyst)
    with time_machine.travel(now, tick=False):
        client.post(f"{page}came-back/")
        duty = case.duties.get()
        assert (lives.again(case).state, duty.state, duty.window_ends_at) == ("notice_pending", "failed", None)
        client.post(f"{page}address/", {"email": "right@customer.example"})
    assert plan_and_send(now) == 1
    assert mailoutbox[-1].to == ["right@customer.example"]


def test_with_no_mail_server_the_console_shows_the_files_and_says_so(
    staff: Staff, now: datetime, client: Client, settings: Settings, tmp_path: object
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_and_send(now)
    client.force_login(staff.analyst)
    page = client.get("/notices/outbox/").content.decode()
    assert "nothing left this machine" in page
    assert case.reference in page
    letter = client.get(f"/notices/outbox/{Message.objects.get().key}/").content.decode()
    assert "Osei" in letter
    Case.objects.update(compartment=Compartment.objects.create(code="circle", name="Circle"))
    assert case.reference not in client.get("/notices/outbox/").content.decode()
    assert client.get(f"/notices/outbox/{Message.objects.get().key}/").status_code == 404
