"""What only a person can settle: the band on the staff's first page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.access import known_to
from cases.models import (
    Clock,
    FraudSignal,
    IncomingHold,
    Measure,
    NondisclosureOrder,
    NoticeDuty,
    Preservation,
    Target,
)
from cases.rules.judicial_review import REVIEWABLE
from cases.states import OPEN, TargetMatch

SHOWN = 200  # of one kind in the queue; whoever has more begins with these


@dataclass(frozen=True)
class Need:
    """One kind of work that waits for a person; `rows` have a `case` and are found by an index of their own."""

    label: str | Promise
    icon: str
    rows: Callable[[], QuerySet[Any]]
    day: str = ""  # a day of the row that must have come; empty: the rows are all there is


def _unreachable() -> QuerySet[NoticeDuty]:
    """Notices that are due and have nobody, or no address, to go to."""
    due = NoticeDuty.objects.filter(state="pending", is_held=False, due_at__isnull=False)
    return due.filter(Q(customer=None) | Q(customer__email="", customer__postal_address=""))


def _binding_without_end() -> QuerySet[NondisclosureOrder]:
    return NondisclosureOrder.objects.filter(lifted_at=None, last_day=None)


def _nobodys() -> QuerySet[Target]:
    """Targets of open cases for which the directory named nobody, or several, or did not answer."""
    unsure = [TargetMatch.NOT_FOUND, TargetMatch.SEVERAL, TargetMatch.FAILED]
    return Target.objects.filter(customer=None, match__in=unsure, case__state__in=OPEN)


NEEDS: Mapping[str, Need] = {
    "failed": Need(_("Notice failed"), "notice", lambda: NoticeDuty.objects.filter(state="failed")),
    "uncertain": Need(
        _("Perhaps told, perhaps not"),
        "notice",
        lambda: NoticeDuty.objects.filter(uncertain_at__isnull=False, posted_on=None),
    ),
    "unreachable": Need(_("Nobody to tell"), "user", _unreachable),
    "nobodys": Need(_("Customer not found"), "user", _nobodys),
    "arrived": Need(_("Arrived, not looked at"), "doc", lambda: IncomingHold.objects.filter(looked_at=None)),
    "lapsed": Need(
        _("Preservation over"),
        "clock",
        lambda: Preservation.objects.filter(lapsed_at__isnull=False, released_at=None),
    ),
    "asked_again": Need(
        _("Asked to preserve again"),
        "clock",
        lambda: Preservation.objects.filter(asked_again_at__isnull=False, released_at=None),
    ),
    "gags": Need(
        _("Gag to be reviewed by a court"),
        "gavel",
        lambda: _binding_without_end().filter(basis__in=REVIEWABLE, review_asked_at=None),
    ),
    "order_reviews": Need(_("Order to be looked at again"), "lock", _binding_without_end, day="review_date"),
    "fraud": Need(_("Sign of fraud"), "fraud", lambda: FraudSignal.objects.filter(cleared_at=None)),
    "ended": Need(_("Measure over"), "gavel", lambda: Measure.objects.filter(ended_at__isnull=False, reversed_at=None)),
    "passed": Need(
        _("Deadline passed"), "clock", lambda: Clock.objects.filter(state="running", escalated_at__isnull=False)
    ),
}


def waiting(user: User, *, now: datetime) -> dict[str, QuerySet[Any]]:
    """Return for each kind of need the rows in cases that the person may know of."""
    today = now.astimezone(settings.WRITDESK.receiving_zone).date()
    return {code: known_to(user, _rows(need, today)).order_by() for code, need in NEEDS.items()}


def _rows(need: Need, today: date) -> QuerySet[Any]:
    return need.rows().filter(**{f"{need.day}__lte": today}) if need.day else need.rows()


def cases(user: User, code: str, *, now: datetime) -> set[int]:
    """Return the cases with such a need, no more than SHOWN of them; an unknown code has none."""
    rows = waiting(user, now=now).get(code)
    return set(rows.values_list("case", flat=True)[:SHOWN]) if rows is not None else set()
