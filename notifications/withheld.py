"""The notices that are withheld: why, until when, and what of them somebody has to look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.access import known_to
from cases.models import NoticeDuty
from cases.release import basis_in_force
from cases.states import DutyState
from notifications.queries import numbered

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Withheld:
    """One withheld notice. `last_day` is of silence, in its court's zone; None: no end is known."""

    duty: NoticeDuty
    number: int
    last_day: date | None
    look_again: date | None
    is_overdue: bool  # its basis has ended, or somebody was to look at it again by now


def today(now: datetime) -> date:
    """Return the day of the receiving office."""
    return now.astimezone(settings.WRITDESK.receiving_zone).date()


VIEWS: Mapping[str, Any] = {
    "": _("All"),
    "overdue": _("To be looked at"),
    "soon": _("Ending within 30 days"),
    "open": _("Without end"),
}


def board(user: User, now: datetime, view: str = "") -> QuerySet[NoticeDuty, Any]:
    """Return the withheld notices of the cases this person may know of, what ends or is to be looked at first.

    An unknown view is all of them. Every row is one until it is told, fails, or is not owed for a reason: a constraint
    of the database knows no other way out.
    """
    day = today(now)
    until = TruncDate("withheld_until", tzinfo=settings.WRITDESK.receiving_zone)
    ends = Coalesce("order__last_day", until, "review_date")
    again = Coalesce("order__review_date", "review_date")
    withheld = NoticeDuty.objects.filter(state=DutyState.WITHHELD, is_held=False)
    known = known_to(user, withheld).annotate(ends=ends, again=again)
    chosen = {
        "overdue": Q(again__lte=day, ends=None)
        | Q(order__last_day__lt=day)
        | Q(order__lifted_at__isnull=False)
        | Q(order=None, withheld_until__lte=now)
        | Q(order=None, withheld_until=None, review_date__lte=day),
        "soon": Q(ends__gte=day, ends__lte=day + SOON),
        "open": Q(ends=None),
    }.get(view, Q())
    first = Coalesce("ends", "again")
    rows = numbered(known.filter(chosen)).select_related("case", "customer", "order")
    return rows.order_by(first.asc(nulls_last=True), F("case_id"), "id")


def as_shown(duty: Any, now: datetime) -> Withheld:
    """Return a row of `board` with its days."""
    order = duty.order
    by_itself = order.last_day if order else _last_day(duty)
    look_again = None if by_itself else duty.again
    return Withheld(
        duty=duty,
        number=duty.number,
        last_day=by_itself,
        look_again=look_again,
        is_overdue=not basis_in_force(duty, now) or (look_again is not None and look_again <= today(now)),
    )


def _last_day(duty: NoticeDuty) -> date | None:
    """Return the last day on which our own decision withholds: it ends at an instant, or on the day it is looked at."""
    if duty.withheld_until is not None:
        return today(duty.withheld_until - datetime.resolution)
    return duty.review_date - timedelta(days=1) if duty.review_date else None
