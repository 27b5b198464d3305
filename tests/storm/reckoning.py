"""What the storm must not have done, counted from three books: the relay's, the courts' and our database."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from accounts.models import User
from cases.models import Letter, LetterState, NoticeDuty
from cases.states import DutyState
from ledger.verification import verify
from notifications.models import DeliveryEvent
from notifications.queries import needing
from notifications.states import EventKind, Need
from tests.storm.moods import DOUBTFUL, FAILING, mood_of

LEEWAY = 0.05  # seconds between the end of a lifting's transaction and the answer that we time it by


@dataclass(frozen=True)
class Book:
    """The books, read once everything is still."""

    texts: tuple[tuple[str, float, bool], ...]  # recipient, when its text had come, whether it was taken
    silences: tuple[tuple[int, float, float], ...]  # case, between when and when nothing may leave
    duties: dict[str, NoticeDuty]  # by recipient
    on_page: dict[str, Need]  # what the staff's page shows, by recipient
    letters: dict[str, Letter]  # by recipient; what was never let go has none
    bounces: Counter[str]  # counted reports that a mail came back, by recipient
    reported: frozenset[str]  # recipients of whom a report says that a mail arrived


def read(relay: Path, courts: Path, now: datetime) -> Book:
    """Return the books."""
    duties = NoticeDuty.objects.select_related("customer", "case").order_by("pk")
    ana = User.objects.get(email="ana@writdesk.example")
    page = needing(ana, now)
    return Book(
        texts=tuple((recipient, at, taken) for recipient, at, taken, _key in _lines(relay)),
        silences=tuple((case_id, since, until) for case_id, since, until in _lines(courts)),
        duties={duty.customer.email: duty for duty in duties if duty.customer},
        on_page={duty.customer.email: Need(duty.need) for duty in page if duty.customer},
        letters={letter.recipient: letter for letter in Letter.objects.order_by("pk")},
        bounces=Counter(_reported(EventKind.BOUNCED, counted=True)),
        reported=frozenset(_reported(EventKind.DELIVERED)),
    )


def _reported(kind: EventKind, **fields: bool) -> list[str]:
    found = DeliveryEvent.objects.filter(kind=kind, **fields)
    return list(found.values_list("message__recipient", flat=True))


def _lines(path: Path) -> Iterator[list[Any]]:
    for line in path.read_text().splitlines():
        yield json.loads(line)


def counts(book: Book) -> dict[str, int]:
    """Return how the duties ended, how many texts came and how many were taken."""
    states = Counter(duty.state for duty in book.duties.values())
    return {
        "duties": len(book.duties),
        "orders": len(book.silences),
        "texts": len(book.texts),
        "taken": sum(taken for _recipient, _at, taken in book.texts),
        "delivered": states[DutyState.DELIVERED],
        "failed": states[DutyState.FAILED],
        "uncertain": sum(need == Need.UNCERTAIN for need in book.on_page.values()),
        "came back": book.bounces.total(),
        "letters": len(book.letters),
        "letters sent": sum(letter.state == LetterState.SENT for letter in book.letters.values()),
    }


def faults(book: Book) -> list[str]:
    """Return in words what must not be; empty: nothing."""
    return [*_early(book), *_twice(book), *_missing(book), *_untrue(book), *_letters(book), *_ledger()]


def _early(book: Book) -> Iterator[str]:
    case_of = {recipient: duty.case_id for recipient, duty in book.duties.items()}
    for recipient, came_at, _taken in book.texts:
        for case_id, since, until in book.silences:
            if case_id == case_of.get(recipient) and since < came_at < until - LEEWAY:
                yield f"{recipient}: its text came while an order was in force"


def _twice(book: Book) -> Iterator[str]:
    for recipient, number in Counter(recipient for recipient, _at, taken in book.texts if taken).items():
        if number > 1 + book.bounces[recipient]:
            yield f"{recipient}: taken {number} times"


def _missing(book: Book) -> Iterator[str]:
    """Whoever is not told, or perhaps told, is on the staff's page."""
    for recipient, duty in book.duties.items():
        if duty.state == DutyState.DELIVERED:
            continue
        need = book.on_page.get(recipient)
        if need not in (Need.FAILED, Need.UNCERTAIN):
            yield f"{recipient}: {duty.state}, and on nobody's page"
        elif need == Need.FAILED and mood_of(recipient) not in FAILING:
            yield f"{recipient}: failed, and nobody had refused it for good or sent it back"


def _untrue(book: Book) -> Iterator[str]:
    """What we call delivered was taken; what was taken is delivered or in doubt."""
    taken = {recipient for recipient, _at, is_taken in book.texts if is_taken}
    for recipient, duty in book.duties.items():
        if duty.state == DutyState.DELIVERED and recipient not in taken:
            yield f"{recipient}: counted as delivered, and never taken"
        is_back = mood_of(recipient) == "back"
        if is_back and duty.state == DutyState.DELIVERED:
            yield f"{recipient}: counted as delivered, and it came back"
        if recipient in taken and duty.state != DutyState.DELIVERED and not duty.uncertain_at and not is_back:
            yield f"{recipient}: taken, and nobody knows"
        in_doubt = mood_of(recipient) in DOUBTFUL and recipient not in book.reported
        if in_doubt and duty.state == DutyState.DELIVERED:
            yield f"{recipient}: counted as delivered, and nobody can know"


def _letters(book: Book) -> Iterator[str]:
    """Every letter left once, or a person sees that it did not, or that nobody knows."""
    taken = {recipient for recipient, _at, is_taken in book.texts if is_taken}
    for recipient, letter in book.letters.items():
        is_draft = letter.state == LetterState.DRAFTED
        if letter.state == LetterState.READY and not letter.uncertain_at:
            yield f"{recipient}: its letter waits, and nobody is told"
        if is_draft and not letter.failed_at:
            yield f"{recipient}: its letter was not let go"
        if is_draft and mood_of(recipient) not in FAILING:
            yield f"{recipient}: its letter failed, and nobody had refused it for good or sent it back"
        if letter.state == LetterState.SENT and recipient not in taken:
            yield f"{recipient}: its letter counts as sent, and was never taken"
        if letter.state == LetterState.SENT and mood_of(recipient) == "back":
            yield f"{recipient}: its letter counts as sent, and it came back"


def _ledger() -> Iterator[str]:
    found = verify()
    if found.first_break:
        yield f"the ledger is broken: {found.first_break}"


def still_to_do() -> int:
    """Return how many duties and letters the software still has to deal with by itself."""
    waiting = NoticeDuty.objects.filter(state__in=[DutyState.PENDING, DutyState.WITHHELD], uncertain_at=None)
    letters = Letter.objects.filter(uncertain_at=None, failed_at=None, state__in=["drafted", "ready"])
    return int(waiting.count() + letters.count())
