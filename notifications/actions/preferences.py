"""How somebody wants to be told: saved, and on record where it moves what others are told."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.ledger_kinds import STREAM
from accounts.models import User
from accounts.tokens import token_hash
from ledger.actions import append
from notifications import ledger_kinds as kinds
from notifications.models import StaffPreferences

TOKEN_BYTES = 32


@transaction.atomic
def save_preferences(preferences: StaffPreferences, *, by: User, now: datetime) -> None:
    """Save somebody's own preferences. An absence is written down: alerts went to a deputy because of it."""
    before = StaffPreferences.objects.select_for_update().filter(user=by).first()
    preferences.user = by
    preferences.save()
    if _absence(preferences) != (_absence(before) if before else (None, None, None)):
        append(
            stream=STREAM,
            kind=kinds.ABSENCE_SET,
            at=now,
            by=by.pk,
            first_day=preferences.away_from,
            last_day=preferences.away_until,
            deputy=preferences.deputy_id,
        )


def _absence(preferences: StaffPreferences) -> tuple[object, object, object]:
    return preferences.away_from, preferences.away_until, preferences.deputy_id


@transaction.atomic
def make_feed(*, by: User, now: datetime) -> str:
    """Return a new address of the person's calendar; the one before ends. Only a hash is kept: it is shown once."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    StaffPreferences.objects.update_or_create(user=by, defaults={"feed_hash": token_hash(token)})
    append(stream=STREAM, kind=kinds.FEED_MADE, at=now, by=by.pk)
    return settings.WRITDESK.public_url + reverse("notifications:feed", args=[token])


@transaction.atomic
def end_feed(*, by: User, now: datetime) -> None:
    """Close the person's calendar: its address leads nowhere from now on."""
    if StaffPreferences.objects.filter(user=by, feed_hash__isnull=False).update(feed_hash=None):
        append(stream=STREAM, kind=kinds.FEED_ENDED, at=now, by=by.pk)
