"""How times are said: “in 3 h”, “2 h late”, “Mon 30 Nov 2026”. Plain values in, words out."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from django.utils import timezone, translation
from django.utils.translation import gettext as _

NOW = timedelta(hours=12)  # due so soon that it is today's work
SOON = timedelta(hours=72)
IN_DAYS_ONLY = timedelta(days=3)  # beyond this, hours no longer matter to anyone
HORIZON = timedelta(days=14)  # a deadline further away than this has an empty bar, unless its start is known


def due_words(due_at: datetime, now: datetime) -> str:
    """Return the time left, never more than there is: “in 38 min”, “in 1 d 4 h”, “in 7 d”, or “2 h late”."""
    left = due_at - now
    words = _duration(abs(left))
    if left < timedelta(0):
        return _("%(duration)s late") % {"duration": words}
    return _("in %(duration)s") % {"duration": words}


def _duration(span: timedelta) -> str:
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    if hours == 0:
        return _("%(minutes)d min") % {"minutes": minutes}
    days, rest = divmod(hours, 24)
    if days == 0:
        return _("%(hours)d h") % {"hours": hours}
    if rest and span < IN_DAYS_ONLY:
        return _("%(days)d d %(hours)d h") % {"days": days, "hours": rest}
    return _("%(days)d d") % {"days": days}


def urgency(due_at: datetime, now: datetime) -> str:
    """Return over, now, soon or week: the four shades of a deadline."""
    left = due_at - now
    if left < timedelta(0):
        return "over"
    if left < NOW:
        return "now"
    return "soon" if left < SOON else "week"


def share_gone(due_at: datetime, now: datetime, since: datetime | None = None) -> int:
    """Return how much of the time is gone, 0 to 100; without a start, of the last two weeks before the deadline."""
    start = since if since is not None and since < due_at else due_at - HORIZON
    return round(100 * max(0.0, min(1.0, (now - start) / (due_at - start))))


def day_words(day: date) -> str:
    """Return a date as people write it in the language in use: “Mon 30 Nov 2026”, “lun. 30 nov. 2026”."""
    return _day(day, translation.get_language() or "en")


def moment_words(moment: datetime) -> str:
    """Return a date, time and zone in the reader's zone: “Mon 30 Nov 2026, 08:00 UTC”."""
    local = timezone.localtime(moment)
    clock = format_time(local.time(), "HH:mm", locale=_locale(translation.get_language() or "en"))
    return f"{day_words(local.date())}, {clock} {local.tzname()}"


@lru_cache(maxsize=4096)
def _day(day: date, language: str) -> str:
    # English is set by hand: its own short form puts the month first, which half of the readers misread.
    if language.startswith("en"):
        return format_date(day, "EEE d MMM y", locale="en")
    return str(format_skeleton("yMMMEd", datetime.combine(day, datetime.min.time()), locale=_locale(language)))


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(translation.to_locale(language))
    except (UnknownLocaleError, ValueError):
        return Locale("en")
