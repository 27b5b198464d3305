"""The alerts of one person: what they were told and may know of now."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case as Choose
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from accounts.models import Role, User
from cases.access import ORDINARY
from cases.models import Case
from cases.models.case import READERS
from cases.queries.counting import capped
from notifications.models import Alert, StaffMail, StaffMailKind, Telling
from notifications.rules.circles import Circle

REMEMBERED = timedelta(days=14)  # so long resolved alerts stay in the inbox
OF_NO_CASE = Q(case=None)

Alerts = QuerySet[Alert, Any]


def told(user: User) -> Alerts:
    """Return the alerts that the person was told of, where they may know of the case at this moment.

    Whoever has no part in cases knows of those that came up to them as an administrator, and of no sealed one.
    """
    mine = Alert.objects.filter(Exists(_tellings(user))).alias(circle_of_case=_circle_of_case())
    if user.has_role(*READERS):
        return mine.filter(OF_NO_CASE | Q(circle_of_case__in=[ORDINARY, *user.compartment_ids]))
    if user.has_role(Role.ADMINISTRATOR):
        came_up = Exists(_tellings(user).filter(circle=Circle.ADMINISTRATORS))
        return mine.filter(OF_NO_CASE | Q(came_up, circle_of_case=ORDINARY))
    return mine.filter(OF_NO_CASE) if user.has_role(*Role) else mine.none()


def inbox(user: User, tab: str, kind: str, now: datetime) -> Alerts:
    """Return the open, taken or resolved alerts, of one kind or of all (empty); urgent and due first.

    Each with its `number` in its case, `seen_at` and `told_as` (the circle), which are this person's.
    """
    resolved = Q(resolved_at__isnull=False, resolved_at__gt=now - REMEMBERED)
    shown = {"taken": Q(resolved_at=None, taken_by__isnull=False), "resolved": resolved}
    chosen = told(user).filter(shown.get(tab, Q(resolved_at=None, taken_by=None)))
    ordered = ("-resolved_at", "-pk") if tab == "resolved" else ("-is_urgent", F("due_at").asc(nulls_last=True), "pk")
    return described(chosen.filter(kind=kind) if kind else chosen, user).order_by(*ordered)


def described(alerts: Alerts, user: User) -> Alerts:
    """Return the alerts with what a list shows of them: their place in their case, and how this person stands."""
    mine = _tellings(user)
    return alerts.annotate(
        number=_number(), seen_at=Subquery(mine.values("seen_at")), told_as=Subquery(mine.values("circle"))
    ).select_related("case", "taken_by")


def number_unseen(user: User) -> int:
    """Return how many open alerts the person has not looked at, up to a cap, by one statement; nobody: by none."""
    unseen = Exists(_tellings(user).filter(seen_at=None))
    return capped({"unseen": told(user).filter(unseen, resolved_at=None, taken_by=None).order_by()})["unseen"]


def named(user: User, reference: str, number: int) -> Alert | None:
    """Return the alert that goes by a case's reference (empty: of no case) and a place, where it is this person's."""
    of_case = Q(case__reference=reference) if reference else OF_NO_CASE
    candidates: Any = described(told(user).filter(of_case), user)
    found: Alert | None = candidates.filter(number=number).first()
    return found


def chosen(user: User, names: Collection[tuple[str, int]]) -> list[int]:
    """Return the keys of those of this person's alerts that go by these names; others are passed over."""
    references = {reference for reference, _number in names}
    candidates = described(told(user).filter(Q(case__reference__in=references) | OF_NO_CASE), user)
    return [one.pk for one in candidates if (one.case.reference if one.case else "", one.number) in names]


def mailable(mail: StaffMail) -> Alerts:
    """Return what a mail would tell now: what stands, is not taken by another, and is of no sealed case.

    A digest tells all of it; the others what they were planned for and the person has not seen since.
    """
    user = mail.user
    open_alerts = told(user).filter(OF_NO_CASE | Q(circle_of_case=ORDINARY), resolved_at=None)
    wanted = open_alerts.filter(Q(taken_by=None) | Q(taken_by=user))
    if mail.kind != StaffMailKind.DIGEST:
        wanted = wanted.filter(Exists(_tellings(user).filter(mail=mail, seen_at=None)))
    return described(wanted, user).order_by("-is_urgent", F("due_at").asc(nulls_last=True), "case_id", "pk")


def _tellings(user: User) -> QuerySet[Telling]:
    return Telling.objects.filter(alert=OuterRef("pk"), user=user).order_by()


def _circle_of_case() -> Subquery:
    """Ask row by row, by the case's key, as cases.access.known_to does and for its reason."""
    circle = Case.objects.filter(pk=OuterRef("case")).values(number=Coalesce("compartment", ORDINARY))
    return Subquery(circle)


def _number() -> Choose:
    """Count the alerts of the same case up to this one: primary keys never leave the server."""
    before = Alert.objects.filter(pk__lte=OuterRef("pk")).order_by()
    count = Func(F("pk"), function="count")
    return Choose(
        When(OF_NO_CASE, then=Subquery(before.filter(OF_NO_CASE).annotate(number=count).values("number"))),
        default=Subquery(before.filter(case=OuterRef("case")).annotate(number=count).values("number")),
    )
