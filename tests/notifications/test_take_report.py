"""The command behind the alias that RETURN_PATH names: one report on standard input, one line, an exit status."""

import io
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from cases.states import DutyState
from notifications.models import DeliveryEvent, Message
from notifications.states import MessageState
from tests import lives
from tests.config.commands import MANAGE, environment
from tests.fixtures.mail import Sink
from tests.lives import Staff
from tests.notifications.scene import plan_and_send
from tests.notifications.test_dsn import KEY, POSTFIX, of

pytestmark = pytest.mark.django_db

NOWHERE = "postgresql://nobody@127.0.0.1:9/none"


class Piped(io.StringIO):
    """Standard input with that mail in it."""

    def __init__(self, mail: bytes) -> None:
        super().__init__()
        self.mail = io.BytesIO(mail)

    @property
    def buffer(self) -> io.BytesIO:
        return self.mail


@pytest.fixture
def sent(staff: Staff, now: datetime, smtp_sink: Sink) -> Message:
    """The message of a notice that left."""
    lives.notice_pending(lives.received(now), staff, now)
    plan_and_send(now)
    return Message.objects.get()


def taken(mail: bytes, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sys, "stdin", Piped(mail))
    said = io.StringIO()
    call_command("take_report", stdout=said)
    return said.getvalue()


def test_a_mail_that_came_back_is_a_person_s_work(sent: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    mail = of(POSTFIX.replace(KEY, sent.key))
    for _again in range(2):
        assert taken(mail, monkeypatch) == "Taken: bounced.\n"
    sent.refresh_from_db()
    assert (sent.state, sent.case.duties.get().state) == (MessageState.FAILED, DutyState.FAILED)
    assert DeliveryEvent.objects.get().source == "dsn"


@pytest.mark.parametrize(
    ("mail", "why"),
    [
        pytest.param(of(POSTFIX), "Not taken: it is of no message of ours.", id="of a message that never was"),
        pytest.param(b"Subject: hello\r\n\r\nhello", "Not taken: not a report.", id="no report"),
        pytest.param(b"", "Not taken: not a report.", id="nothing"),
    ],
)
def test_what_is_not_taken_says_why_in_one_line(
    mail: bytes, why: str, sent: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandError) as refused:
        taken(mail, monkeypatch)
    assert (str(refused.value), refused.value.returncode) == (why, 1)
    assert not DeliveryEvent.objects.exists()


def test_while_the_database_is_away_the_mail_server_keeps_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_arguments: object, **_options: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("notifications.management.commands.take_report.take_event", away)
    with pytest.raises(CommandError) as refused:
        taken(of(POSTFIX), monkeypatch)
    assert refused.value.returncode == os.EX_TEMPFAIL
    assert "connection" not in str(refused.value)


def piped(mail: bytes, env: dict[str, str]) -> tuple[int, list[str]]:
    """Run the command as a mail server does; return its exit status and what it said of what went wrong."""
    command = [sys.executable, str(MANAGE), "take_report"]
    done = subprocess.run(command, input=mail, env=env, capture_output=True, check=False)
    return done.returncode, done.stderr.decode().splitlines()


def test_as_a_mail_server_runs_it_what_is_no_report_is_status_1_and_one_line(tmp_path: Path) -> None:
    assert piped(b"hello", environment(tmp_path, DATABASE_URL=NOWHERE)) == (
        1,
        ["CommandError: Not taken: not a report."],
    )


def test_as_a_mail_server_runs_it_a_database_that_is_away_is_status_75_and_one_line(tmp_path: Path) -> None:
    """75 is EX_TEMPFAIL of sysexits.h: the mail server brings the report again."""
    env = environment(tmp_path, DATABASE_URL=NOWHERE)
    assert piped(of(POSTFIX), env) == (75, ["CommandError: Not taken: the database does not answer."])
