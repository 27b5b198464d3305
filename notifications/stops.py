"""Why what is printed, or about to be, must not be posted: asked under lock, and for every row that is shown."""

from datetime import datetime

from cases.states import DutyState
from notifications.errands import Errand, NoticeErrand
from notifications.models import Message
from notifications.states import Because, Way
from notifications.ways import address_of


def why_not_print(errand: Errand, now: datetime) -> Because | None:
    """Return why this errand may not be printed now, or None when it may."""
    if because := errand.why_not(now):
        # An order that came after the planning has withheld the duty: say that, and not that nothing is owed.
        withheld = isinstance(errand, NoticeErrand) and errand.duty.state == DutyState.WITHHELD
        return Because.SILENT if withheld else because
    ways = errand.ways()
    if Way.POST not in ways:
        return Because.NEW_ADDRESS if ways else Because.NO_CONTACT
    return None


def why_stop(message: Message, errand: Errand, now: datetime) -> Because | None:
    """Return why what was printed may not go into the post now, or None when it may."""
    return why_not_print(errand, now) or (Because.NEW_ADDRESS if _has_moved(message, errand) else None)


def _has_moved(message: Message, errand: Errand) -> bool:
    """Whether the envelope of what was printed is no longer the customer's."""
    if not isinstance(errand, NoticeErrand) or errand.duty.customer is None:
        return False
    return message.recipient != address_of(errand.duty.customer, Way.POST)
