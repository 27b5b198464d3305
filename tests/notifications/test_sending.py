"""A duty that is due travels to the customer, once, and the case hears of it."""

from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage

from cases.states import CaseState, DutyState
from ledger.models import LedgerEntry
from notifications.actions.planning import plan_notices
from notifications.actions.sending import send_due
from notifications.models import Attempt, CustomerLink
from notifications.states import MessageState
from tests import lives
from tests.fixtures.mail import Sink
from tests.lives import Staff
from tests.notifications.scene import messages_of, plan_and_send

pytestmark = pytest.mark.django_db


def test_carla_gets_one_mail_and_the_case_moves_on(staff: Staff, now: datetime, smtp_sink: Sink) -> None:
    case = lives.notice_pending(
        lives.received(now, customers=[lives.carla(email="carla@customer.example")]), staff, now
    )
    assert plan_and_send(now) == 1
    assert plan_and_send(now) == 0
    (letter,) = smtp_sink.letters
    assert letter.recipients == ["carla@customer.example"]
    (message,) = messages_of(case)
    assert (message.state, message.template, message.attempt_count) == (MessageState.SENT, "request_for_data", 1)
    assert letter.message["Message-ID"] == f"<{message.key}@provider.example>"
    duty = case.duties.get()
    assert (duty.state, duty.delivered_at) == (DutyState.DELIVERED, now)
    assert lives.again(case).state == CaseState.CUSTOMER_NOTIFIED


def test_nothing_sensitive_stands_in_what_a_phone_shows_on_its_lock_screen(
    staff: Staff, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_and_send(now)
    subject = mailoutbox[0].subject
    assert subject == f"A notice about your account ({case.reference})"


def test_several_customers_of_one_case_each_get_their_own_and_see_nothing_of_the_others(
    staff: Staff, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    customers = [lives.carla(language=language) for language in ("en", "fr", "en")]
    case = lives.notice_pending(lives.received(now, customers=customers), staff, now)
    assert plan_and_send(now) == 3
    assert CustomerLink.objects.filter(case=case).count() == 3
    for customer in customers:
        (mail,) = [mail for mail in mailoutbox if mail.to == [customer.email]]
        whole = mail.message().as_string()
        assert customer.identifier in str(mail.body)
        assert not any(other.identifier in whole for other in customers if other != customer)
        assert mail.extra_headers["Content-Language"] == customer.language


def test_what_happened_stands_in_the_ledger_without_an_address(
    staff: Staff, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_and_send(now)
    entries = LedgerEntry.objects.filter(stream=case.stream).order_by("seq")
    kinds = [entry.payload["kind"] for entry in entries]
    first = kinds.index("message_planned")
    assert kinds[first:] == [
        "message_planned",
        "message_attempted",
        "message_attempt_ended",
        "notice_delivered",
        "notices_settled",
    ]
    assert "@" not in "".join(str(entry.payload) for entry in entries)


def test_the_attempt_is_on_record_before_the_first_byte(
    staff: Staff, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    lives.notice_pending(lives.received(now), staff, now)
    seen: list[tuple[int, str | None]] = []

    def look(self: object, _mails: object) -> int:
        seen.extend(Attempt.objects.values_list("number", "outcome"))
        return 1

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", look)
    plan_and_send(now)
    assert seen == [(1, None)]


def test_a_message_planned_yesterday_says_what_is_true_today(
    staff: Staff, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_notices(now=now)
    duty = messages_of(case)[0].duty
    assert duty
    customer = duty.customer
    assert customer
    customer.email, customer.language = "new@customer.example", "fr"
    customer.save()
    lives.rejected(case, staff, now)
    send_due(now=now + timedelta(days=1))
    (mail,) = [mail for mail in mailoutbox if mail.to == ["new@customer.example"]]
    assert messages_of(case)[0].template == "request_received"
    assert "refusé" in str(mail.body)


def test_two_duties_due_at_once_get_a_message_each_and_a_second_planning_none(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now, customers=[lives.carla(), lives.carla()]), staff, now)
    assert plan_notices(now=now) == 2
    assert plan_notices(now=now) == 0
    assert len(messages_of(case)) == 2
