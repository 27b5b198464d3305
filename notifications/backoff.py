"""When to try again what the relay put off."""

from datetime import datetime, timedelta

FIRST = timedelta(minutes=1)
LONGEST = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=4)  # RFC 5321, 4.5.4.1: at least 4 to 5 days; then a person decides


def next_attempt_at(now: datetime, attempts: int, key: str) -> datetime:
    """Return when the attempt after so many is due: doubling from a minute to four hours, and up to half as much more.

    The addition follows from the message's key: messages put off together do not come back together.
    """
    wait: timedelta = min(FIRST * 2 ** min(attempts - 1, 10), LONGEST)
    return now + wait * (1 + int(key[:4], 16) / 0xFFFF / 2)


def is_over(now: datetime, planned_at: datetime) -> bool:
    """Return whether a message has been put off for so long that a person must look."""
    return now - planned_at > GIVE_UP_AFTER
