"""The private calendar: the deadlines that concern somebody, as iCalendar (RFC 5545). Reference and kind alone."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Max, QuerySet
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts.models import Role, User
from accounts.tokens import token_hash
from cases.access import known_to
from cases.models import Clock
from cases.rules.clocks import CLOCKS
from cases.states import ClockState
from cases.views.words import clock_words
from notifications.models import StaffPreferences

AHEAD = timedelta(days=400)
MOST = 2000
REFRESHED = timedelta(hours=1)
ONE_DAY = timedelta(days=1)


def owner(token: str) -> StaffPreferences | None:
    """Return whose feed this token opens; None for one that was never given out, or whose account is not active."""
    found = StaffPreferences.objects.filter(feed_hash=token_hash(token), user__is_active=True)
    return found.select_related("user").first()


def deadlines(preferences: StaffPreferences, now: datetime) -> QuerySet[Clock, Any]:
    """Return the running deadlines of this person's cases, or of all where counsel chose so, the next first.

    None of a sealed case, whoever asks (invariant 6): a calendar travels through machines that are not ours.
    """
    user = preferences.user
    running = Clock.objects.filter(state=ClockState.RUNNING, due_at__gte=now, due_at__lt=now + AHEAD)
    known = known_to(user, running.filter(case__compartment=None, case__is_held=False))
    if not (preferences.feed_of_all and user.has_role(Role.COUNSEL)):
        known = known.filter(case__assignee=user)
    changed = known.annotate(
        moves=Count("changes"), modified_at=Coalesce(Max("changes__at"), "event_at")
    ).select_related("case")
    nearest: QuerySet[Clock, Any] = changed.order_by("due_at", "pk")[:MOST]
    return nearest


def calendar(clocks: Sequence[Any], user: User) -> bytes:
    """Return the calendar of these clocks, in the person's language."""
    language = user.language if user.language in dict(settings.STAFF_LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        found = Calendar()
        found.add("PRODID", "-//Writdesk//Deadlines//EN")
        found.add("VERSION", "2.0")
        found.add("METHOD", "PUBLISH")
        found.add("CALSCALE", "GREGORIAN")
        found.add("NAME", _("Deadlines"))
        found.add("X-WR-CALNAME", _("Deadlines"))
        found.add("REFRESH-INTERVAL", REFRESHED, parameters={"VALUE": "DURATION"})
        for clock in clocks:
            found.add_component(_event(clock))
        return bytes(found.to_ical())


def _event(clock: Any) -> Event:
    event = Event()
    event.add("UID", _uid(clock))
    # The same bytes until the deadline moves: a calendar keeps what it has, and notices what is new.
    event.add("DTSTAMP", clock.modified_at.astimezone(UTC))
    event.add("LAST-MODIFIED", clock.modified_at.astimezone(UTC))
    event.add("SEQUENCE", clock.moves)
    event.add("SUMMARY", f"{clock.case.reference}: {clock_words(clock.rule)}")
    event.add("CLASS", "PRIVATE")
    event.add("TRANSP", "TRANSPARENT")
    if _ends_with_its_day(clock.rule):
        day = (clock.due_at - timedelta.resolution).astimezone(_office()).date()
        event.add("DTSTART", day)
        event.add("DTEND", day + ONE_DAY)
    else:
        event.add("DTSTART", clock.due_at.astimezone(UTC))
    return event


def _ends_with_its_day(rule: str) -> bool:
    """Whether the last day counts in full. What a paper or a court named is a day, too."""
    return rule not in CLOCKS or CLOCKS[rule].ends == "end_of_day"


def _office() -> ZoneInfo:
    zone: ZoneInfo = settings.WRITDESK.receiving_zone
    return zone


def _uid(clock: Clock) -> str:
    """Return the same name for the same clock, which tells a stranger nothing of how many there are."""
    named = salted_hmac("notifications.feed", str(clock.pk), algorithm="sha256").hexdigest()[:32]
    return f"{named}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}"
