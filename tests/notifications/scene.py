"""What tests of notices do again and again."""

from datetime import datetime
from typing import ClassVar

from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone

from cases.models import Case
from notifications import links
from notifications.actions import doors
from notifications.actions.planning import plan_notices
from notifications.actions.sending import send_due
from notifications.models import Message
from notifications.states import Way
from notifications.transports import Carrier, Reply


def plan_and_send(now: datetime) -> int:
    """What the clock does once."""
    plan_notices(now=now)
    return send_due(now=now)


def messages_of(case: Case) -> list[Message]:
    """The messages of a case, oldest first."""
    return list(Message.objects.filter(case=case).order_by("id"))


def token_in(text: str) -> str:
    """Return the token of the customer's link in a mail."""
    return text.partition("/notice/")[2].partition("/")[0]


def open_door(client: Client, link: str) -> None:
    """Enter a code that Carla had sent to herself."""
    found = links.find(link.split("/notice/")[1].split("/")[0])
    assert found
    code = doors.make_code(found, now=timezone.now())
    answer = client.post(f"{link}door/", {"code": doors.digits_of(code)})
    assert answer.status_code == 302, answer.content


class Vanishing(Carrier):
    """A wire that takes a mail and never says whether it did."""

    taken: ClassVar[list[EmailMultiAlternatives]] = []

    def __enter__(self) -> "Vanishing":
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing is kept open."""

    def send(self, mail: EmailMultiAlternatives, way: Way) -> Reply:
        self.taken.append(mail)
        return Reply(None)
