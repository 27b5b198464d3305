"""Whatever a relay answers, whoever dies, whatever is reported and in what order: what can never be is never."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Case
from cases.states import DutyState
from ledger.models import LedgerEntry
from notifications.actions.claiming import claim
from notifications.actions.events import Event, take_event
from notifications.actions.planning import plan_notices
from notifications.actions.sending import send
from notifications.actions.sweeping import sweep
from notifications.models import DeliveryEvent, Message
from notifications.states import AttemptOutcome, EventKind, MessageState, Way
from notifications.transports import Carrier, Reply
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

STEP = timedelta(hours=5)  # longer than any pause between two attempts
ANSWERS = [*AttemptOutcome, None]


@dataclass
class Wire(Carrier):
    """A relay that answers what the example says, and counts what it may have taken."""

    answer: AttemptOutcome | None = None
    may_have: int = 0
    took: int = 0
    reported: set[EventKind] = field(default_factory=set)  # once an attempt had begun

    def send(self, mail: EmailMultiAlternatives, way: Way) -> Reply:
        self.may_have += self.answer in (AttemptOutcome.SENT, None)
        self.took += self.answer == AttemptOutcome.SENT
        return Reply(self.answer, through=way)


@pytest.fixture
def case(staff: Staff, now: datetime) -> Case:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_notices(now=now)
    return case


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("send"), st.sampled_from(ANSWERS)),
        st.tuples(st.just("die"), st.none()),
        st.tuples(st.just("sweep"), st.none()),
        st.tuples(st.just("report"), st.tuples(st.sampled_from(EventKind), st.sampled_from(["1", "2", "3"]))),
    ),
    max_size=12,
)


@given(steps=STEPS)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_delivers_out_of_nothing_counts_twice_or_sends_again(
    case: Case, now: datetime, steps: list[tuple[str, object]]
) -> None:
    with transaction.atomic():
        wire, at = Wire(), now
        for step in steps:
            at += STEP
            take(step, wire, at)
            assert_sound(case, wire)
        transaction.set_rollback(True)


def take(step: tuple[str, object], wire: Wire, at: datetime) -> None:
    message = Message.objects.get()
    match step:
        case ("send", answer):
            wire.answer = AttemptOutcome(answer) if isinstance(answer, str) else None
            plan_notices(now=at)
            send(message.pk, now=at, carrier=wire)
        case ("die", _):
            claim(message.pk, now=at)
        case ("sweep", _):
            sweep(now=at)
        case ("report", (EventKind() as kind, str() as event_id)):
            if message.attempt_count:
                wire.reported.add(kind)
            take_event(Event("dsn", event_id, kind, at, key=message.key), now=at)


def assert_sound(case: Case, wire: Wire) -> None:
    message, duty = Message.objects.get(), case.duties.get()
    kinds = [entry.payload["kind"] for entry in LedgerEntry.objects.filter(stream=case.stream)]
    # Sent once, unless a person says so; a worker that died may have sent it, and no other does.
    assert wire.may_have <= 1
    assert kinds.count("message_attempted") == message.attempt_count == message.attempts.count()
    assert kinds.count("notice_delivered") <= 1
    assert kinds.count("notice_failed") <= 1
    assert kinds.count("delivery_confirmed") <= 1
    if duty.state == DutyState.DELIVERED:
        assert message.state == MessageState.SENT
        assert wire.took or EventKind.DELIVERED in wire.reported
    if duty.confirmed_at:
        assert EventKind.DELIVERED in wire.reported
    if message.state == MessageState.FAILED:
        assert duty.state == DutyState.FAILED
    assert DeliveryEvent.objects.count() == len(set(DeliveryEvent.objects.values_list("source", "event_id")))
