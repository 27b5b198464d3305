"""Printing: what goes by post is claimed under its case's lock, like a mail, and drawn; or put back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases.actions.changing import Refused, changing_for
from notifications import paper
from notifications.actions.claiming import begin, cancel, fail, made_up
from notifications.errands import Errand, errand_of, record
from notifications.facts import MissingFact
from notifications.models import Message
from notifications.states import AttemptOutcome, Because, MessageState, Way
from notifications.stops import why_not_print, why_stop

WORKERS = (Role.ANALYST, Role.COUNSEL)
THROUGH = "post"


class TakenMeanwhile(Refused):
    """Somebody else printed, posted or put it back since the person looked."""


@dataclass(frozen=True)
class Stopped:
    """A message that was not printed: it was cancelled, or failed, for this reason."""

    message: Message
    because: Because


@dataclass
class Printed:
    """What came of printing several messages."""

    sheets: list[bytes] = field(default_factory=list)
    stopped: list[Stopped] = field(default_factory=list)
    taken: list[Message] = field(default_factory=list)  # somebody was faster

    def whole(self) -> bytes:
        """Return one PDF of everything that was printed."""
        return paper.together(self.sheets)


def print_messages(messages: Sequence[Message], *, again: bool, by: User, now: datetime) -> Printed:
    """Print messages that wait, or `again` those that were printed; each in a transaction of its own.

    What may not leave is cancelled with its reason. Raises paper.NoPaper, and whatever changing_for raises. Whoever
    ends this in the middle leaves messages that count as printed, which can be printed again.
    """
    if not paper.is_possible():
        raise paper.NoPaper
    done = Printed()
    for message in messages:
        try:
            printed = _print(message, again=again, by=by, now=now)
        except TakenMeanwhile:
            done.taken.append(message)
            continue
        if isinstance(printed, bytes):
            done.sheets.append(printed)
        else:
            done.stopped.append(Stopped(message, printed))
    return done


def _print(message: Message, *, again: bool, by: User, now: datetime) -> bytes | Because:
    with changing_for(by, message.case_id, *WORKERS):
        message = locked(message.pk, MessageState.CLAIMED if again else MessageState.PLANNED)
        errand = errand_of(message)
        end_attempt(message, errand, AttemptOutcome.DEFERRED, by=by, now=now)
        if because := why_not_print(errand, now):
            cancel(message, errand, because, now=now, by=by)
            return because
        try:
            sheet = made_up(message, errand, errand.sheet, now=now)
        except MissingFact:
            fail(message, errand, Because.MISSING_FACT, now=now)
            return Because.MISSING_FACT
        begin(message, errand, now=now, by=by, through=THROUGH)
        # Inside: what cannot be drawn was not printed.
        return paper.as_pdf(sheet.html, picture=sheet.picture)


def put_back(message: Message, *, by: User, now: datetime) -> None:
    """Note that what was printed was not posted after all: it waits to be printed again. Raises TakenMeanwhile.

    Where the customer's address is another by now, its way is chosen anew.
    """
    with changing_for(by, message.case_id, *WORKERS):
        message = locked(message.pk, MessageState.CLAIMED)
        errand = errand_of(message)
        end_attempt(message, errand, AttemptOutcome.DEFERRED, by=by, now=now)
        if why_stop(message, errand, now) == Because.NEW_ADDRESS:
            cancel(message, errand, Because.NEW_ADDRESS, now=now, by=by)
            return
        message.state, message.next_attempt_at = MessageState.PLANNED, now
        message.save(update_fields=["state", "next_attempt_at"])


def locked(message_id: int, state: MessageState) -> Message:
    """Return a message that goes by post, under lock and in that state. Raises TakenMeanwhile.

    The caller holds its case's lock already.
    """
    found = Message.objects.select_for_update().filter(pk=message_id, way=Way.POST, state=state).first()
    if found is None:
        raise TakenMeanwhile(_("Somebody was faster: look at the list again."))
    return found


def end_attempt(message: Message, errand: Errand, outcome: AttemptOutcome, *, by: User, now: datetime) -> None:
    """End the attempt that is open, if one is: what was printed was posted, or it was not."""
    attempt = message.attempts.filter(finished_at=None).last()
    if attempt is None:
        return
    attempt.finished_at, attempt.outcome = now, outcome
    attempt.save(update_fields=["finished_at", "outcome"])
    record(errand, errand.travel.attempt_ended, now=now, by=by, number=attempt.number, outcome=outcome, reply=None)
