"""What a slow and careful person would write down to know when a customer may be told: no rule of the house is asked.

Only the notes of the courts' days, of what arrived, and of every mail that left.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.core.mail import EmailMultiAlternatives

from notifications.states import AttemptOutcome, Way
from notifications.transports import Reply

OFFICE = ZoneInfo("UTC")  # in which the receiving office counts, in tests
SATURDAY = 5


def midnight_after(day: date, zone: ZoneInfo) -> datetime:
    """Return the first moment that is not that day any more."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=zone)


@dataclass
class Order:
    """An order not to tell as its paper reads."""

    pk: int
    names: frozenset[str] | None  # addresses of the customers whom it silences; None: all
    since: datetime
    zone: ZoneInfo
    last_day: date | None
    lifted_at: datetime | None = None

    def until(self) -> datetime | None:
        """Return the first moment at which it does not bind any more; None: nobody knows one."""
        by_itself = midnight_after(self.last_day, self.zone) if self.last_day else None
        ends = [end for end in (by_itself, self.lifted_at) if end]
        return min(ends) if ends else None

    def binds(self, at: datetime) -> bool:
        until = self.until()
        return self.since <= at and (until is None or at < until)

    def concerns(self, address: str) -> bool:
        return self.names is None or address in self.names


@dataclass(frozen=True)
class Mail:
    """A mail that left, or may have."""

    at: datetime
    to: str
    key: str  # of its message
    is_taken: bool  # by the relay, for all anybody outside knows


@dataclass
class Notes:
    """The cover of one file."""

    orders: list[Order] = field(default_factory=list)
    is_unseen: bool = False  # something arrived and nobody looked
    mails: list[Mail] = field(default_factory=list)

    def why_silent(self, address: str, at: datetime) -> str:
        """Return why this customer may not hear a word at this moment; empty: they may."""
        if self.is_unseen:
            return "something arrived and nobody looked"
        binding = [order for order in self.orders if order.concerns(address) and order.binds(at)]
        return f"order {binding[0].pk} binds until {binding[0].until()}" if binding else ""

    def silence_ended(self, address: str, at: datetime) -> datetime | None:
        """Return when the latest order that silenced this customer had ended; None where there was none."""
        ends = [order.until() for order in self.orders if order.concerns(address)]
        return max((end for end in ends if end and end <= at), default=None)


def next_working_day(ended_at: datetime) -> datetime:
    """Return the first moment of the working day after silence, holidays not counted: never later than the true one."""
    day = (ended_at.astimezone(OFFICE) - timedelta.resolution).date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return datetime.combine(day, datetime.min.time(), tzinfo=OFFICE)


class Heard(NamedTuple):
    """A mail on the wire: to whom, of which message, what became of it, and all that it says."""

    recipient: str
    key: str
    mood: str
    whole: str


class Wire:
    """A relay that takes, puts off, refuses or falls silent as it is told, and tells who listens what it took."""

    def __init__(self) -> None:
        self.moods = ["take"]  # one for each mail to come; the last one stays
        self.heard: list[Heard] = []

    def __call__(self) -> "Wire":
        return self

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing is kept open."""

    def send(self, mail: EmailMultiAlternatives, _way: Way) -> Reply:
        mood = self.moods.pop(0) if len(self.moods) > 1 else self.moods[0]
        mail.message().as_bytes()
        key = mail.extra_headers["Message-ID"].strip("<>").partition("@")[0]
        whole = "\n".join([str(mail.subject), str(mail.body), *(str(content) for content, _type in mail.alternatives)])
        self.heard.append(Heard(mail.to[0], key, mood, f"{mail.to} {mail.extra_headers}\n{whole}"))
        outcomes = {
            "take": AttemptOutcome.SENT,
            "later": AttemptOutcome.DEFERRED,
            "refuse": AttemptOutcome.REFUSED,
            "vanish": None,
        }
        return Reply(outcomes[mood])
