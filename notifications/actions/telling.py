"""Telling: an alert appears in the inboxes of a circle of people, and of the next one when nobody looks."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from notifications.alerts.house import house, matters
from notifications.alerts.kinds import POLICIES, AlertKind
from notifications.models import Alert, Telling
from notifications.rules.circles import Circle, House, first, next_circle
from notifications.rules.patience import escalates_at

BATCH = 500


def tell(*, now: datetime) -> None:
    """Tell everybody who is to be told by now. The caller sees to it that it runs once at a time."""
    people = house(now)
    _put_back(people, now)
    for alerts in _batches(_of_new_assignees()):
        _tell_assignees(alerts, people, now)
    for alerts in _batches(Alert.objects.filter(next_at__lte=now)):
        _tell_next(alerts, people, now)


def urgent_wait() -> timedelta:
    """Return how long something urgent may lie."""
    return timedelta(minutes=settings.WRITDESK.escalate_minutes)


def _batches(wanted: QuerySet[Alert]) -> Iterator[Sequence[Alert]]:
    """Yield the alerts with their cases, the urgent ones first, each once."""
    keys = list(wanted.order_by("-is_urgent", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        found = Alert.objects.filter(pk__in=keys[start : start + BATCH]).select_related("case")
        yield list(found.only("kind", "subject", "due_at", "is_urgent", "circle", "next_at", *OF_CASE).order_by("pk"))


# The state, too: a case without it would look it up by itself when it is made.
OF_CASE = ("case", "case__compartment", "case__assignee", "case__state", "assignee")


def _tell_next(alerts: Sequence[Alert], people: House, now: datetime) -> None:
    tellings, known = [], _told(alerts)
    about = matters(alerts)
    for alert in alerts:
        told = frozenset(known.get(alert.pk, ()))
        found = next_circle(about[alert.pk], people, after=alert.circle, told=told)
        alert.assignee_id = about[alert.pk].assignee
        if found is None:
            alert.circle, alert.next_at = Circle.ADMINISTRATORS, None
            continue
        alert.circle, accounts = found
        alert.next_at = _next_at(alert, now)
        tellings += [
            Telling(alert=alert, user_id=account, circle=alert.circle, told_at=now) for account in sorted(accounts)
        ]
    _write(alerts, tellings)


def _tell_assignees(alerts: Sequence[Alert], people: House, now: datetime) -> None:
    """Tell who works on the case now, where they were not told before; the others go on as they were."""
    tellings, known = [], _told(alerts)
    about = matters(alerts)
    for alert in alerts:
        alert.assignee_id = about[alert.pk].assignee
        accounts = first(about[alert.pk], people) - frozenset(known.get(alert.pk, ()))
        if alert.assignee_id is None or not accounts:
            continue
        alert.next_at = _next_at(alert, now)
        tellings += [Telling(alert=alert, user_id=account, circle=Circle.FIRST, told_at=now) for account in accounts]
    _write(alerts, tellings)


def _write(alerts: Sequence[Alert], tellings: Sequence[Telling]) -> None:
    Telling.objects.bulk_create(tellings, ignore_conflicts=True)
    Alert.objects.bulk_update(alerts, ["circle", "next_at", "assignee"])


def _told(alerts: Sequence[Alert]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for alert, account in Telling.objects.filter(alert__in=alerts).values_list("alert", "user"):
        found.setdefault(alert, set()).add(account)
    return found


def _next_at(alert: Alert, now: datetime) -> datetime:
    desk = settings.WRITDESK
    hours = desk.escalate_hours.get(alert.kind, POLICIES[AlertKind(alert.kind)].hours)
    return escalates_at(
        now,
        urgent_wait() if alert.is_urgent else timedelta(hours=hours),
        due_at=alert.due_at,
        zone=desk.receiving_zone,
        country=None if alert.is_urgent else desk.receiving_country,
    )


def _of_new_assignees() -> QuerySet[Alert]:
    """Return the open alerts whose case is another's than when somebody was told last; new ones are told anyway."""
    open_alerts = Alert.objects.filter(resolved_at=None, circle__gt=0, case__isnull=False)
    had, has = Q(assignee__isnull=False), Q(case__assignee__isnull=False)
    another = had & has & ~Q(assignee=F("case__assignee"))
    return open_alerts.filter(another | had & ~has | ~had & has)


def _put_back(people: House, now: datetime) -> None:
    """Let the telling go on where it had ended, and nobody of those who looked is here any more.

    Where all circles were told and none of them is here, it begins anew: somebody may have come since.
    """
    ended = Alert.objects.filter(resolved_at=None, next_at=None)
    told = _still_here(people)
    ended.filter(~Exists(told)).update(circle=0, next_at=now)
    looked = told.filter(Q(seen_at__isnull=False) | Q(user=OuterRef("taken_by")))
    ended.filter(~Exists(looked), circle__lt=Circle.ADMINISTRATORS).update(next_at=now)


def _still_here(people: House) -> QuerySet[Telling]:
    """Return the tellings of an alert to people who hold a role and, where its case is sealed, may know of it."""
    member = Q(
        user__compartment_memberships__compartment=F("alert__case__compartment"),
        user__compartment_memberships__ended_at=None,
    )
    ordinary = Q(alert__case=None) | Q(alert__case__compartment=None)
    return Telling.objects.filter(ordinary | member, alert=OuterRef("pk"), user__in=people.keys())
