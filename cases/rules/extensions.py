"""A clock that somebody with the power to do so let end later: until a day that counts in full."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cases.rules.deadlines import Deadline, Pause, end_of, shifted
from cases.rules.wording import long_date


class NotLater(Exception):
    """An extension that does not end later than the clock does already."""


@dataclass(frozen=True)
class Extension:
    """The last day that was granted, and when it was."""

    last_day: date
    granted_at: datetime


def require_later(due_at: datetime, last_day: date, zone: ZoneInfo) -> None:
    """Raise NotLater unless the end of that day, in the counting office's zone, is after the present end."""
    if end_of(last_day, zone) <= due_at:
        raise NotLater(long_date(last_day))


def standing(
    original: Deadline, pauses: Collection[Pause], extensions: Collection[Extension], zone: ZoneInfo
) -> Deadline | None:
    """Return the deadline with every pause and extension; None while a pause is open.

    An extension names its day as things stood when it was granted, so that only pauses begun since then move it. Of
    several ends the latest holds: an extension never brings a deadline forward, nor does a later one that is shorter.
    What may not be produced before a day may not be produced earlier because we were given longer, nor later.

    Law: whoever set the time may give more of it; where a rule knows one extension only, it is another clock's
    (cases.rules.preservations).
    """
    found = shifted(original, pauses)
    in_order = sorted(extensions, key=lambda extension: extension.granted_at)
    for number, extension in enumerate(in_order):
        since = [pause for pause in pauses if pause.start_at >= extension.granted_at]
        longer = shifted(_until(original, extension.last_day, zone), since)
        if found is None or longer is None:
            return None
        if longer.due_at > found.due_at:
            until_then = [pause for pause in pauses if pause not in since]
            before = standing(original, until_then, in_order[:number], zone) or original
            found = _extended(before, longer, extension, not_before_at=found.not_before_at)
    return found


def _until(original: Deadline, last_day: date, zone: ZoneInfo) -> Deadline:
    return replace(
        original, due_at=end_of(last_day, zone), last_day=last_day, not_before_at=None, steps=(), explanation=""
    )


def _extended(before: Deadline, longer: Deadline, extension: Extension, *, not_before_at: datetime | None) -> Deadline:
    """Return the longer deadline, told in the order of what happened."""
    step = f"extended to {long_date(extension.last_day)}"
    return replace(
        longer,
        not_before_at=not_before_at,
        steps=(*before.steps, step, *longer.steps),
        explanation=f"{before.explanation}; {step}{longer.explanation}",
        alternative="",
    )
