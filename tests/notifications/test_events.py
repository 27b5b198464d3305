"""Reports of what became of a message: each counts once, in any order, and none sends anything again."""

from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage

from cases.models import Case, LetterState
from cases.states import ApprovalState, CaseState, DutyState
from ledger.models import LedgerEntry
from notifications.actions.claiming import claim
from notifications.actions.events import LONGEST_ID, Event, take_event
from notifications.actions.planning import plan_notices
from notifications.actions.sending import send_due
from notifications.actions.settling import correct_address
from notifications.actions.sweeping import ABANDONED_AFTER, sweep
from notifications.models import Attempt, DeliveryEvent, Message
from notifications.states import Because, EventKind, MessageState
from tests import lives
from tests.fixtures.mail import Sink
from tests.lives import Staff
from tests.notifications.scene import Vanishing, again, plan_and_send, post, ready_letter

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
P, C, S, U, F, X = (
    MessageState.PLANNED,
    MessageState.CLAIMED,
    MessageState.SENT,
    MessageState.UNCERTAIN,
    MessageState.FAILED,
    MessageState.CANCELLED,
)
DELIVERED, DELAYED, BOUNCED, SPAM = (
    EventKind.DELIVERED,
    EventKind.DELAYED,
    EventKind.BOUNCED,
    EventKind.COMPLAINED,
)


def event(
    message: Message, kind: EventKind, at: datetime, *, event_id: str = "", source: str = "dsn", key: str | None = None
) -> Event:
    return Event(source, event_id or f"{kind}-{at}", kind, at, key=message.key if key is None else key)


def led_to(state: MessageState, staff: Staff, now: datetime, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> Message:
    """Return the message of a notice in that state, led there by what leads there."""
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_notices(now=now)
    message = Message.objects.get()
    recipient = message.recipient
    if state == C:
        assert claim(message.pk, now=now)
    elif state == U:
        with monkeypatch.context() as wire:
            wire.setattr("notifications.actions.sending.opened", Vanishing)
            send_due(now=now)
    elif state == X:
        lives.brandts_order(case, staff, now)
        send_due(now=now)
    elif state != P:
        sink.replies[recipient] = "550 no" if state == F else "250 ok"
        send_due(now=now)
    message.refresh_from_db()
    assert message.state == state
    return message


@pytest.mark.parametrize(
    ("state", "kind", "then", "duty"),
    [
        (P, DELIVERED, P, DutyState.PENDING),
        (P, BOUNCED, P, DutyState.PENDING),
        (P, DELAYED, P, DutyState.PENDING),
        (P, SPAM, P, DutyState.PENDING),
        (C, DELIVERED, S, DutyState.DELIVERED),
        (C, BOUNCED, F, DutyState.FAILED),
        (C, DELAYED, C, DutyState.PENDING),
        (C, SPAM, C, DutyState.PENDING),
        (S, DELIVERED, S, DutyState.DELIVERED),
        (S, BOUNCED, F, DutyState.FAILED),
        (S, DELAYED, S, DutyState.DELIVERED),
        (S, SPAM, S, DutyState.DELIVERED),
        (U, DELIVERED, S, DutyState.DELIVERED),
        (U, BOUNCED, F, DutyState.FAILED),
        (U, DELAYED, U, DutyState.PENDING),
        (U, SPAM, U, DutyState.PENDING),
        (F, DELIVERED, F, DutyState.FAILED),
        (F, BOUNCED, F, DutyState.FAILED),
        (F, DELAYED, F, DutyState.FAILED),
        (F, SPAM, F, DutyState.FAILED),
        (X, DELIVERED, X, DutyState.WITHHELD),
        (X, BOUNCED, X, DutyState.WITHHELD),
        (X, DELAYED, X, DutyState.WITHHELD),
        (X, SPAM, X, DutyState.WITHHELD),
    ],
    ids=str,
)
def test_what_each_report_does_to_a_message_in_each_state(
    state: MessageState,
    kind: EventKind,
    then: MessageState,
    duty: DutyState,
    staff: Staff,
    now: datetime,
    smtp_sink: Sink,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    message = led_to(state, staff, now, smtp_sink, monkeypatch)
    letters, entries = len(smtp_sink.letters), LedgerEntry.objects.count()
    for _again in range(3):
        assert take_event(event(message, kind, now + HOUR, event_id="one"), now=now + DAY)
        entries_after = LedgerEntry.objects.count()
        message.refresh_from_db()
        assert (message.state, message.duty and message.duty.state) == (then, duty)
    row = DeliveryEvent.objects.get()
    assert (row.kind, row.at, row.recorded_at) == (kind, now + HOUR, now + DAY)
    changes = state in (C, S, U) and kind in (DELIVERED, BOUNCED)
    assert row.counted == changes == (entries_after > entries)
    assert len(smtp_sink.letters) == letters


def test_every_state_and_every_kind_stands_in_the_table() -> None:
    (mark,) = [
        one
        for one in test_what_each_report_does_to_a_message_in_each_state.pytestmark  # type: ignore[attr-defined]
        if one.name == "parametrize"
    ]
    assert {row[:2] for row in mark.args[1]} == {(state, kind) for state in MessageState for kind in EventKind}


@pytest.fixture
def sent(staff: Staff, now: datetime, smtp_sink: Sink) -> Message:
    """The message of a notice that the relay took."""
    lives.notice_pending(lives.received(now), staff, now)
    plan_and_send(now)
    return Message.objects.get()


def test_a_report_of_delivery_confirms_what_left_once(sent: Message, now: datetime) -> None:
    duty = sent.duty
    assert duty
    assert (duty.delivered_at, duty.confirmed_at) == (now, None)
    take_event(event(sent, DELIVERED, now + HOUR, event_id="a"), now=now + DAY)
    take_event(event(sent, DELIVERED, now + 2 * HOUR, event_id="b"), now=now + DAY)
    duty.refresh_from_db()
    assert (duty.delivered_at, duty.confirmed_at) == (now, now + HOUR)
    entries = [entry.payload["kind"] for entry in LedgerEntry.objects.filter(stream=sent.case.stream)]
    assert (entries.count("delivery_confirmed"), entries.count("notice_delivered")) == (1, 1)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        pytest.param(-DAY, timedelta(0), id="before it was planned: when it was planned"),
        pytest.param(2 * HOUR, 2 * HOUR, id="as it says"),
        pytest.param(9 * DAY, DAY, id="in the future: now"),
    ],
)
def test_the_moment_is_one_that_can_have_been(said: timedelta, kept: timedelta, sent: Message, now: datetime) -> None:
    take_event(event(sent, DELIVERED, now + said), now=now + DAY)
    assert DeliveryEvent.objects.get().at == now + kept
    assert sent.duty
    sent.duty.refresh_from_db()
    assert sent.duty.confirmed_at == now + kept


def test_a_bounce_after_a_report_of_delivery_is_believed_and_the_other_way_round_is_not(
    sent: Message, now: datetime
) -> None:
    take_event(event(sent, DELIVERED, now + HOUR), now=now + HOUR)
    take_event(event(sent, BOUNCED, now + 2 * HOUR), now=now + 2 * HOUR)
    take_event(event(sent, DELIVERED, now + 3 * HOUR), now=now + 3 * HOUR)
    sent.refresh_from_db()
    assert (sent.state, sent.because, sent.duty and sent.duty.state) == (F, Because.BOUNCED, DutyState.FAILED)
    assert [row.counted for row in DeliveryEvent.objects.all()] == [True, True, False]


def test_what_bounced_is_not_sent_again_by_itself(sent: Message, now: datetime, smtp_sink: Sink) -> None:
    take_event(event(sent, BOUNCED, now), now=now)
    for days in range(6):
        assert plan_and_send(now + days * DAY) == 0
    assert len(smtp_sink.letters) == 1


def test_a_bounce_after_the_days_to_object_were_over_voids_what_was_approved(
    sent: Message, staff: Staff, now: datetime
) -> None:
    later = now + 15 * DAY
    take_event(event(sent, DELIVERED, now), now=now)
    approval = lives.approved(lives.answer_proposed(lives.again(sent.case), staff, later), staff, later)
    take_event(event(sent, BOUNCED, later), now=later)
    approval.refresh_from_db()
    assert approval.state == ApprovalState.VOID
    case, duty = lives.again(sent.case), sent.case.duties.get()
    assert case.state == CaseState.NOTICE_PENDING
    assert (duty.state, duty.delivered_at, duty.confirmed_at, duty.window_ends_at) == (
        DutyState.FAILED,
        None,
        None,
        None,
    )


def test_a_bounce_after_the_answer_is_a_person_s_work_and_undoes_no_answer(
    staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_and_send(now)
    message = Message.objects.get()
    take_event(event(message, DELIVERED, now), now=now)
    later = now + 15 * DAY
    case = lives.answered_now(case, staff, later)
    take_event(event(message, BOUNCED, later), now=later)
    assert lives.again(case).state == CaseState.ANSWERED
    assert case.duties.get(messages=message).state == DutyState.FAILED


def test_a_report_of_a_message_that_failed_changes_nothing_of_the_one_that_followed(
    staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    customer = lives.carla(email="wrong@customer.example")
    lives.notice_pending(lives.received(now, customers=[customer]), staff, now)
    plan_and_send(now)
    old = Message.objects.get()
    take_event(event(old, BOUNCED, now, event_id="first"), now=now)
    assert old.duty_id
    correct_address(duty_id=old.duty_id, email="right@customer.example", by=staff.analyst, now=now)
    plan_and_send(now)
    new = Message.objects.latest("id")
    assert new.state == S
    for kind in EventKind:
        take_event(event(old, kind, now + HOUR), now=now + HOUR)
    new.refresh_from_db()
    old.refresh_from_db()
    assert (old.state, new.state) == (F, S)
    assert new.duty
    assert (new.duty.state, new.duty.confirmed_at) == (DutyState.DELIVERED, None)
    assert not DeliveryEvent.objects.filter(counted=True).exclude(event_id="first").exists()


def test_a_report_that_changed_nothing_when_it_came_changes_nothing_when_it_comes_again(
    staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_notices(now=now)
    report = event(Message.objects.get(), BOUNCED, now)
    take_event(report, now=now)
    send_due(now=now)
    take_event(report, now=now)
    assert case.duties.get().state == DutyState.DELIVERED


def test_by_what_the_provider_calls_it_a_message_is_found_too(sent: Message, now: datetime) -> None:
    Attempt.objects.update(provider_id="pm-1")
    report = Event("anymail:postmark", "e1", BOUNCED, now, provider_id="pm-1")
    assert take_event(report, now=now)
    sent.refresh_from_db()
    assert sent.state == F


@pytest.mark.parametrize(
    ("key", "provider_id"),
    [
        pytest.param("0" * 32, "", id="an unknown key"),
        pytest.param("", "pm-9", id="an unknown id"),
        pytest.param("", "", id="nothing: attempts without an id are not meant"),
        pytest.param("0" * 32, "pm-1", id="another key with our id: the key says whose it is"),
        pytest.param("\x00", "", id="a NUL"),
        pytest.param("\ud800", "", id="half a character"),
        pytest.param("", "\x00", id="a NUL for an id"),
        pytest.param("k" * 100_000, "", id="a very long key"),
    ],
)
def test_what_is_not_of_a_message_of_ours_is_nothing(key: str, provider_id: str, sent: Message, now: datetime) -> None:
    Attempt.objects.filter(message=sent).update(provider_id="pm-1")
    assert not take_event(Event("dsn", "e1", BOUNCED, now, key=key, provider_id=provider_id), now=now)
    sent.refresh_from_db()
    assert (sent.state, DeliveryEvent.objects.count()) == (S, 0)


def test_two_reports_with_long_names_are_two(sent: Message, now: datetime) -> None:
    for end in ("delivered", "bounced"):
        take_event(event(sent, EventKind(end), now, event_id="n" * LONGEST_ID + end), now=now)
    sent.refresh_from_db()
    assert (sent.state, DeliveryEvent.objects.count()) == (F, 2)


def test_the_same_name_from_two_sources_is_two_reports(sent: Message, now: datetime) -> None:
    take_event(event(sent, DELIVERED, now, event_id="1", source="dsn"), now=now)
    take_event(event(sent, BOUNCED, now, event_id="1", source="messaging"), now=now)
    sent.refresh_from_db()
    assert sent.state == F


def test_a_message_whose_worker_died_is_settled_by_a_report_and_swept_no_more(
    staff: Staff, now: datetime, smtp_sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = led_to(C, staff, now, smtp_sink, monkeypatch)
    take_event(event(message, DELIVERED, now + HOUR), now=now + HOUR)
    message.refresh_from_db()
    assert message.duty
    assert (message.state, message.duty.delivered_at, message.duty.state) == (S, now, DutyState.DELIVERED)
    assert sweep(now=now + ABANDONED_AFTER + DAY) == 0
    assert plan_and_send(now + DAY) == 0


def test_what_was_put_off_and_arrived_all_the_same_is_not_sent_twice(
    staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    smtp_sink.final_reply = "451 later"
    plan_and_send(now)
    message = Message.objects.get()
    assert (message.state, message.attempt_count) == (P, 1)
    smtp_sink.final_reply = "250 ok"
    assert take_event(event(message, DELIVERED, now), now=now)
    assert plan_and_send(now + DAY) == 0
    message.refresh_from_db()
    assert (message.state, smtp_sink.letters) == (S, [])
    assert case.duties.get().state == DutyState.DELIVERED


def test_a_delivery_that_comes_to_light_under_an_order_is_noted_once_as_told_before(
    staff: Staff, now: datetime, smtp_sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = led_to(U, staff, now, smtp_sink, monkeypatch)
    lives.brandts_order(message.case, staff, now + HOUR)
    for number in range(3):
        take_event(event(message, DELIVERED, now + HOUR, event_id=str(number)), now=now + 2 * HOUR)
    duty = message.case.duties.get()
    assert (duty.state, duty.told_before, duty.delivered_at) == (DutyState.WITHHELD, True, now)
    entries = [entry.payload["kind"] for entry in LedgerEntry.objects.filter(stream=message.case.stream)]
    assert entries.count("notice_delivered") == 1


@pytest.mark.parametrize(
    ("kind", "state", "then"),
    [
        (DELIVERED, LetterState.SENT, S),
        (DELAYED, LetterState.SENT, S),
        (BOUNCED, LetterState.DRAFTED, F),
        (SPAM, LetterState.SENT, S),
    ],
)
def test_a_letter_that_came_back_is_a_draft_again_and_one_that_arrived_stays_sent(
    kind: EventKind, state: LetterState, then: MessageState, staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    letter = ready_letter(staff, now)
    post(now)
    message = Message.objects.get()
    take_event(event(message, kind, now + HOUR), now=now + DAY)
    message.refresh_from_db()
    letter = again(letter)
    assert (letter.state, message.state) == (state, then)
    assert letter.failed_at == (now + DAY if kind == BOUNCED else None)
    assert post(now + DAY) == 0


def test_an_uncertain_letter_of_which_a_report_comes_is_settled(
    staff: Staff, now: datetime, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage]
) -> None:
    letter = ready_letter(staff, now)
    with monkeypatch.context() as wire:
        wire.setattr("notifications.actions.sending.opened", Vanishing)
        post(now)
    take_event(event(Message.objects.get(), DELIVERED, now + HOUR), now=now + DAY)
    assert (again(letter).state, again(letter).sent_at) == (LetterState.SENT, now)


def test_a_late_bounce_does_not_open_a_letter_that_was_answered(staff: Staff, now: datetime, smtp_sink: Sink) -> None:
    letter = ready_letter(staff, now)
    post(now)
    Case.objects.get(pk=letter.case_id).letters.update(state=LetterState.ANSWERED, answered_at=now)
    take_event(event(Message.objects.get(), BOUNCED, now), now=now)
    assert again(letter).state == LetterState.ANSWERED


def test_the_ledger_names_no_address_and_no_key_of_a_message(sent: Message, now: datetime) -> None:
    for kind in EventKind:
        take_event(event(sent, kind, now), now=now)
    said = str(list(LedgerEntry.objects.values_list("payload", flat=True)))
    assert "@" not in said
    assert sent.key not in said
