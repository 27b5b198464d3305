"""The staff's mails: planned once, claimed by one worker, handed over at most once. Why so: docs/decisions/0010."""

import time
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from accounts.models import User
from cases.queries.installation import hold_in_force
from notifications.alerts.mails import compose
from notifications.backoff import next_attempt_at
from notifications.batches import each
from notifications.models import StaffMail, StaffMailKind, StaffMailState, StaffPreferences, Telling
from notifications.rules.circles import Circle
from notifications.rules.local_hours import digest_day
from notifications.states import AttemptOutcome, Way
from notifications.transports import Carrier, opened

BATCH = 200
GIVE_UP_AFTER = timedelta(hours=12)  # the next digest tells all that still stands, the next circle what is urgent


def plan_staff_mails(*, now: datetime) -> int:
    """Plan the digests whose hour has come and a mail for who is to be told at once; return how many were planned.

    A held installation plans nothing: it sends nothing by itself (invariant 14).
    """
    if hold_in_force():
        return 0
    return _plan_digests(now) + _plan_at_once(now)


def _plan_digests(now: datetime) -> int:
    staff = list(User.objects.filter(is_active=True, role_grants__ended_at=None).distinct().order_by("pk"))
    chosen = {one.user_id: one for one in StaffPreferences.objects.filter(user__in=staff).select_related("user")}
    due = {}
    for user in staff:
        preferences = chosen.get(user.pk) or StaffPreferences(user=user)
        if preferences.digest and (day := _day(preferences, now)):
            due[_key("digest", user.pk, day)] = (user, day)
    for key in StaffMail.objects.filter(key__in=due).values_list("key", flat=True):
        del due[key]
    rows = [_planned(StaffMailKind.DIGEST, user, key, now, day=day) for key, (user, day) in due.items()]
    StaffMail.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _day(preferences: StaffPreferences, now: datetime) -> date | None:
    zone = ZoneInfo(preferences.user.timezone)
    return digest_day(now, hour=preferences.digest_hour, weekdays=preferences.weekdays, zone=zone)


@transaction.atomic
def _plan_at_once(now: datetime) -> int:
    """Give everybody one mail for all that is urgent to them, and one for all that came up to them."""
    untold = list(_to_tell_at_once().select_for_update(of=("self",), skip_locked=True).order_by("pk"))
    mails: dict[tuple[int, StaffMailKind], list[Telling]] = {}
    for telling in untold:
        kind = StaffMailKind.URGENT if telling.alert.is_urgent else StaffMailKind.ESCALATION
        mails.setdefault((telling.user_id, kind), []).append(telling)
    for (_user, kind), tellings in mails.items():
        # The first telling stands in no other mail: planned by two at once, the key is the same.
        mail = _planned(kind, tellings[0].user, _key(kind, tellings[0].pk), now)
        mail.save(force_insert=True)
        Telling.objects.filter(pk__in=[telling.pk for telling in tellings]).update(mail=mail)
    return len(mails)


def _to_tell_at_once() -> QuerySet[Telling]:
    """Return what somebody was told in the inbox alone, cannot wait, and is of no sealed case."""
    waiting = Telling.objects.filter(mail=None, seen_at=None, alert__resolved_at=None, alert__taken_by=None)
    pressing = waiting.filter(Q(alert__is_urgent=True) | Q(circle__gt=Circle.FIRST))
    ordinary = pressing.filter(Q(alert__case=None) | Q(alert__case__compartment=None), user__is_active=True)
    return ordinary.exclude(user__preferences__at_once=False).select_related("alert", "user")


def _planned(kind: StaffMailKind, user: User, key: str, now: datetime, day: date | None = None) -> StaffMail:
    return StaffMail(kind=kind, user=user, key=key, day=day, planned_at=now, due_at=now)


def _key(*parts: object) -> str:
    """Return the same key for the same mail, which tells a stranger nothing."""
    named = ":".join(str(part) for part in parts)
    return salted_hmac("notifications.staff_mail", named, algorithm="sha256").hexdigest()[:32]


def send_staff_mails(*, now: datetime) -> int:
    """Send what is due; return how many the relay took. Any number of workers may run at once."""
    if hold_in_force():
        return 0
    began = time.monotonic()

    def moment() -> datetime:
        return now + timedelta(seconds=int(time.monotonic() - began))

    with opened() as carrier:
        return each("staff mail", _due(now), lambda pk: send_staff_mail(pk, carrier=carrier, now=moment()))


def _due(now: datetime) -> Iterable[int]:
    due = StaffMail.objects.filter(state=StaffMailState.PLANNED, due_at__lte=now)
    return list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:BATCH])


def send_staff_mail(mail_id: int, *, carrier: Carrier, now: datetime) -> bool:
    """Claim one mail and hand it over; return whether the relay took it.

    What ends between the two stays claimed and is never sent again: nobody could tell whether it arrived.
    """
    letter = _claim(mail_id, now=now)
    if letter is None:
        return False
    reply = carrier.send(letter, Way.EMAIL)
    _note_reply(StaffMail.objects.get(pk=mail_id), reply.outcome, now)
    return reply.outcome == AttemptOutcome.SENT


@transaction.atomic
def _claim(mail_id: int, *, now: datetime) -> EmailMultiAlternatives | None:
    """Return the mail as it stands now, on record as ours; None: another's, or there is nothing to tell any more."""
    due = StaffMail.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user")
    mail = due.filter(pk=mail_id, state=StaffMailState.PLANNED, due_at__lte=now).first()
    if mail is None:
        return None
    letter = compose(mail, now)
    mail.state = StaffMailState.CLAIMED if letter else StaffMailState.CANCELLED
    mail.claimed_at, mail.attempt_count = now, mail.attempt_count + 1
    mail.ended_at = None if letter else now
    mail.save(update_fields=["state", "claimed_at", "attempt_count", "ended_at"])
    return letter


def _note_reply(mail: StaffMail, outcome: AttemptOutcome | None, now: datetime) -> None:
    """Write down what the relay said. Nobody else touches a claimed mail; without an outcome it stays one."""
    match outcome:
        case AttemptOutcome.SENT:
            mail.state, mail.ended_at = StaffMailState.SENT, now
        case AttemptOutcome.DEFERRED if now - mail.planned_at <= GIVE_UP_AFTER:
            mail.state, mail.due_at = StaffMailState.PLANNED, next_attempt_at(now, mail.attempt_count, mail.key)
        case AttemptOutcome.REFUSED | AttemptOutcome.DEFERRED:
            mail.state, mail.ended_at = StaffMailState.FAILED, now
    mail.save(update_fields=["state", "due_at", "ended_at"])
