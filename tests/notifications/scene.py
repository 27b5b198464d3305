"""What tests of notices do again and again."""

from datetime import datetime
from typing import ClassVar

from django.core.mail import EmailMultiAlternatives

from cases.models import Case
from notifications.actions.planning import plan_notices
from notifications.actions.sending import send_due
from notifications.models import Message
from notifications.states import Way
from notifications.transports import Reply


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


class Vanishing:
    """A wire that takes a mail and never says whether it did."""

    taken: ClassVar[list[EmailMultiAlternatives]] = []

    def __enter__(self) -> "Vanishing":
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing is kept open."""

    def send(self, mail: EmailMultiAlternatives, _way: Way) -> Reply:
        self.taken.append(mail)
        return Reply(None)
