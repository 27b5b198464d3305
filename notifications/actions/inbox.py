"""What people do in their inbox: seeing an alert, taking it. Either ends the telling of others."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import User
from notifications.alerts.queries import told
from notifications.models import Alert, Telling


@transaction.atomic
def see(*, alerts: Collection[int], by: User, now: datetime) -> int:
    """Note that the person has seen these of their alerts; return how many they had not seen."""
    mine = _mine(alerts, by)
    unseen = Telling.objects.filter(alert__in=mine, user=by, seen_at=None)
    seen = unseen.update(seen_at=now)
    Alert.objects.filter(pk__in=mine).update(next_at=None)
    return seen


@transaction.atomic
def take(*, alerts: Collection[int], by: User, now: datetime) -> int:
    """Let the person take on these of their alerts that stand; return how many.

    What somebody else took goes over to who takes it last: the list says whose it is.
    """
    see(alerts=alerts, by=by, now=now)
    standing = Alert.objects.filter(pk__in=_mine(alerts, by), resolved_at=None).exclude(taken_by=by)
    return standing.update(taken_by=by, taken_at=now)


@transaction.atomic
def give_back(*, alerts: Collection[int], by: User, now: datetime) -> int:
    """Let the person give back these of what they took, so that the next people are told; return how many."""
    taken = Alert.objects.filter(pk__in=_mine(alerts, by), resolved_at=None, taken_by=by)
    return taken.update(taken_by=None, taken_at=None, next_at=now)


def _mine(alerts: Collection[int], by: User) -> list[int]:
    """Return those of the keys that the person may act on, in order: two who act at once lock them alike."""
    mine = told(by).filter(pk__in=alerts).order_by("pk").values_list("pk", flat=True)
    return list(Alert.objects.select_for_update().filter(pk__in=list(mine)).order_by("pk").values_list("pk", flat=True))
