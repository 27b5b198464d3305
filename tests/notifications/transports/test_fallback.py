"""A second relay for what the first did not take; never for what it may have. Against two real ones."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from pytest_django.fixtures import Settings

from notifications.models import Attempt
from notifications.states import AttemptOutcome, MessageState
from notifications.transports import Reply, mail_transport
from notifications.transports.fallback import REST, FallbackTransport
from tests import lives
from tests.fixtures.mail import Sink, relay
from tests.lives import Staff
from tests.notifications.scene import messages_of, plan_and_send
from tests.notifications.transports.mails import mail

TO = "carla@customer.example"
SENT = AttemptOutcome.SENT


@pytest.fixture
def second(smtp_sink: Sink, settings: Settings) -> Iterator[Sink]:
    """The relay that EMAIL_FALLBACK_URL names."""
    settings.EMAIL_TIMEOUT = 1
    with relay(Sink()) as sink:
        settings.EMAIL_FALLBACK = {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": sink.port,
            "EMAIL_HOST_USER": "",
            "EMAIL_HOST_PASSWORD": "",
            "EMAIL_USE_SSL": False,
            "EMAIL_USE_TLS": False,
        }
        yield sink


@pytest.fixture
def hour(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock by which a relay rests, in seconds; moved by hand."""
    at = [1000.0]
    monkeypatch.setattr("notifications.transports.fallback.time.monotonic", lambda: at[0])
    return at


def sent() -> Reply:
    with mail_transport() as transport:
        return transport.send(mail())


def test_the_second_is_not_asked_while_the_first_takes_mail(smtp_sink: Sink, second: Sink) -> None:
    assert sent() == Reply(SENT, 250)
    assert (len(smtp_sink.letters), len(second.letters)) == (1, 0)


def test_the_second_takes_what_the_first_cannot_be_reached_for(second: Sink, settings: Settings) -> None:
    settings.EMAIL_PORT = 9  # nobody listens there
    assert sent() == Reply(SENT, 250, "fallback")
    assert len(second.letters) == 1


@pytest.mark.parametrize("at", ["recipient", "text"])
def test_the_second_takes_what_the_first_puts_off(at: str, smtp_sink: Sink, second: Sink) -> None:
    if at == "recipient":
        smtp_sink.replies[TO] = "451 4.3.0 later"
    else:
        smtp_sink.final_reply = "451 4.3.0 later"
    assert sent() == Reply(SENT, 250, "fallback")
    assert (len(smtp_sink.letters), len(second.letters)) == (0, 1)


def test_what_the_first_refuses_for_good_is_refused(smtp_sink: Sink, second: Sink) -> None:
    smtp_sink.replies[TO] = "550 5.1.1 no such user"
    assert sent() == Reply(AttemptOutcome.REFUSED, 550)
    assert second.letters == []


def test_what_the_first_may_have_taken_never_goes_to_the_second(smtp_sink: Sink, second: Sink) -> None:
    smtp_sink.hangs = True
    assert sent() == Reply(None)
    assert second.letters == []


def test_what_both_put_off_is_put_off(smtp_sink: Sink, second: Sink) -> None:
    smtp_sink.replies[TO] = second.replies[TO] = "451 later"
    assert sent() == Reply(AttemptOutcome.DEFERRED, 451, "fallback")


class Down:
    """A relay that cannot be reached, and counts who tried."""

    def __init__(self, reply: Reply) -> None:
        self.reply, self.asked = reply, 0

    def __enter__(self) -> "Down":
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing is kept open."""

    def send(self, _mail: object) -> Reply:
        self.asked += 1
        return self.reply


@pytest.mark.parametrize(
    ("reply", "asked"),
    [
        pytest.param(Reply(AttemptOutcome.DEFERRED), [1, 1, 2], id="not reached: it rests for a minute"),
        pytest.param(Reply(AttemptOutcome.DEFERRED, 451), [1, 2, 3], id="put off: it is asked for the next mail"),
    ],
)
def test_a_relay_that_cannot_be_reached_rests(reply: Reply, asked: list[int], hour: list[float]) -> None:
    first, second = Down(reply), Down(Reply(SENT, 250))
    seen = []
    with FallbackTransport(first, second) as transport:
        for seconds in (0.0, REST - 1, 1.0):
            hour[0] += seconds
            assert transport.send(mail()).outcome == SENT
            seen.append(first.asked)
    assert (seen, second.asked) == (asked, 3)


@pytest.mark.django_db
def test_the_attempt_says_through_which_it_left(staff: Staff, now: datetime, smtp_sink: Sink, second: Sink) -> None:
    case = lives.notice_pending(lives.received(now, customers=[lives.carla(email=TO)]), staff, now)
    smtp_sink.replies[TO] = "451 later"
    with time_machine.travel(now, tick=False):
        assert plan_and_send(now) == 1
    attempt = Attempt.objects.get()
    assert (attempt.through, attempt.outcome, attempt.reply_code) == ("fallback", SENT, 250)
    assert messages_of(case)[0].state == MessageState.SENT
