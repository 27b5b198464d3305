"""What a message does: give a notice that is owed, or carry a letter that was let go. Each knows its own rules."""

from notifications.errands.errand import Errand
from notifications.errands.letter import LetterErrand
from notifications.errands.notice import NoticeErrand
from notifications.errands.recording import record
from notifications.errands.reminder import ReminderErrand
from notifications.models import Message

__all__ = ["Errand", "LetterErrand", "NoticeErrand", "ReminderErrand", "errand_of", "locked_errand", "record"]


def locked_errand(message: Message) -> Errand | None:
    """Return what the message is to do, with its case, under lock; None while anybody else holds one of them."""
    if message.duty_id:
        return NoticeErrand.locked(message.duty_id)
    if message.letter_id:
        return LetterErrand.locked(message.letter_id)
    return ReminderErrand.locked(message.reminder_id or 0)


def errand_of(message: Message) -> Errand:
    """Return what the message is to do, read anew, for who holds the case's lock already."""
    if message.duty_id:
        return NoticeErrand.read(message.duty_id)
    if message.letter_id:
        return LetterErrand.read(message.letter_id)
    return ReminderErrand.read(message.reminder_id or 0)
