"""What goes by post: it waits to be printed, is printed and waits to be posted, or was posted not long ago."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.access import known_to
from cases.models import NoticeDuty
from notifications.errands import LetterErrand, NoticeErrand
from notifications.models import Attempt, Message
from notifications.posted import arrives_at, office_day
from notifications.queries import numbered
from notifications.states import Because, MessageState, Way
from notifications.stops import why_stop

SHOWN = timedelta(days=30)  # for so long what was posted stands here
WAITING, PRINTED, POSTED = "", "printed", "posted"
VIEWS: Mapping[str, Promise] = {
    WAITING: _("To be printed"),
    PRINTED: _("Printed, to be posted"),
    POSTED: _("Posted"),
}


@dataclass(frozen=True)
class Piece:
    """One message on paper, as its row shows it."""

    message: Message
    number: int | None  # of the notice in its case; None: a letter to an authority
    printed_at: datetime | None
    stop: Because | None  # why what was printed must not be posted
    counts_at: datetime | None  # when a posted notice counts as delivered


def post_queue(user: User, now: datetime, view: str = WAITING) -> QuerySet[Message, Any]:
    """Return what goes by post of the cases this person may know of, the longest waiting first; of one view."""
    on_paper = Message.objects.filter(way=Way.POST, case__is_held=False)
    conditions: dict[str, dict[str, Any]] = {
        WAITING: {"state": MessageState.PLANNED},
        PRINTED: {"state": MessageState.CLAIMED},
        POSTED: {"state": MessageState.SENT, "posted_on__gte": office_day(now) - SHOWN},
    }
    chosen = conditions[view]
    rows = known_to(user, on_paper.filter(**chosen)).select_related(
        "case__agency", "case__keys", "letter", "settled_by"
    )
    duties = numbered(NoticeDuty.objects.select_related("customer"))
    rows = rows.prefetch_related(Prefetch("duty", duties), "case__orders", Prefetch("attempts", Attempt.objects.all()))
    return rows.order_by("-posted_on", "-id") if view == POSTED else rows.order_by("planned_at", "id")


def as_shown(message: Message, now: datetime) -> Piece:
    """Return a row of `post_queue`; of what is printed and not away the rules are asked at this moment."""
    duty: Any = message.duty
    attempts = list(message.attempts.all())
    posted_on: date | None = message.posted_on
    counts_at = arrives_at(duty.customer, posted_on) if posted_on and duty and duty.customer else None
    return Piece(
        message=message,
        number=duty.number if duty else None,
        printed_at=attempts[-1].started_at if attempts else None,
        stop=_stop(message, now) if message.state == MessageState.CLAIMED else None,
        counts_at=counts_at,
    )


def _stop(message: Message, now: datetime) -> Because | None:
    """Ask the rules of a row without its lock: whoever notes it as posted asks them again under it."""
    if message.duty:
        message.duty.case = message.case
        return why_stop(message, NoticeErrand(message.duty), now)
    if message.letter:
        message.letter.case = message.case
        return why_stop(message, LetterErrand(message.letter), now)
    return None
