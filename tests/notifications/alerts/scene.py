"""What tests of alerts do again and again."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from accounts.models import User
from cases.models import Case, Clock
from notifications.actions.alerting import recompute_alerts
from notifications.actions.staff_mails import plan_staff_mails, send_staff_mails
from notifications.alerts.kinds import AlertKind
from notifications.models import Alert, StaffPreferences, Telling
from tests import lives

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def tick(now: datetime) -> int:
    """What the clock does once; return how many mails left."""
    recompute_alerts(now=now)
    plan_staff_mails(now=now)
    return send_staff_mails(now=now)


def overdue(now: datetime, *, assignee: User | None = None, hours: int = 1) -> Case:
    """Return a case whose one deadline passed so many hours ago."""
    case = lives.received(now, return_date=now.date())
    Case.objects.filter(pk=case.pk).update(assignee=assignee)
    case.clocks.exclude(rule="return_date").delete()
    Clock.objects.filter(case=case).update(due_at=now - hours * HOUR)
    return lives.again(case)


def told_of(kind: AlertKind, case: Case | None = None) -> list[str]:
    """Return who was told of the open alerts of a kind, by first name, in the order of telling."""
    tellings = Telling.objects.filter(alert__kind=kind, alert__resolved_at=None)
    found = tellings.filter(alert__case=case) if case else tellings
    return [one.user.name.split()[0] for one in found.order_by("pk").select_related("user")]


def open_kinds(case: Case) -> list[str]:
    """Return the kinds of the open alerts of a case."""
    return sorted(Alert.objects.filter(case=case, resolved_at=None).values_list("kind", flat=True))


def prefer(user: User, **chosen: object) -> StaffPreferences:
    """Let somebody be told as they chose."""
    preferences, _made = StaffPreferences.objects.update_or_create(user=user, defaults=chosen)
    return preferences


def away(user: User, now: datetime, *, deputy: User | None = None, days: int = 7) -> None:
    """Somebody is out of office from today on."""
    prefer(user, away_from=now.date(), away_until=(now + days * DAY).date(), deputy=deputy)


def subjects(letters: Iterable[object]) -> list[str]:
    """Return the subject lines of mails, in the order in which they left."""
    return [str(letter.subject) for letter in letters]  # type: ignore[attr-defined]
