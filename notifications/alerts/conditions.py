"""When each kind of alert stands, as one table of questions to the facts: a row of an answer is an alert.

Every question is read by an index of its own, so that it takes as long as its answer, not as the cases are many. Cases
that an import holds are left out by who asks (notifications.actions.alerting).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import DateTimeField, ExpressionWrapper, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from cases.actions.signals import EMERGENCIES
from cases.models import (
    Approval,
    Case,
    Clock,
    FraudSignal,
    Letter,
    LetterState,
    NondisclosureOrder,
    NoticeDuty,
    Objection,
    Preservation,
)
from cases.models.case import NEVER
from cases.rules.clocks import NOBODY_IS_LATE
from cases.rules.fraud_signals import SIGNALS
from cases.states import ApprovalState, CaseState, ClockState, DutyState, ObjectionState
from notifications.alerts.kinds import AlertKind
from notifications.posted import in_the_post
from notifications.rules.patience import horizon
from notifications.ways import unreachable

BEFORE_AN_ORDER_ENDS = timedelta(days=7)
BEFORE_A_PRESERVATION_ENDS = timedelta(days=7)
ONE_DAY = timedelta(days=1)
ITS_CASE = F("case_id")
NO_MOMENT = Cast(Value(None), DateTimeField())

Rows = QuerySet[Any, Any]


@dataclass(frozen=True)
class Condition:
    """Of which rows an alert is raised. `subject` names their table."""

    subject: str
    rows: Callable[[datetime], Rows]
    due: Any = NO_MOMENT  # an expression: when it is too late
    case: Any = ITS_CASE  # an expression: the key of a row's case
    is_urgent: bool = False  # always; otherwise where the case is an emergency

    def standing(self, now: datetime) -> Rows:
        """Return key, case and due moment of each row for which the alert stands now, held cases among them."""
        due = ExpressionWrapper(self.due, output_field=DateTimeField())
        rows = self.rows(now).order_by().annotate(its_case=self.case, its_due=due)
        found: Rows = rows.values_list("pk", "its_case", "its_due")
        return found


def _end_of_day(day: str, zone: Any) -> Func:
    """Return the midnight after a day, in a zone of the IANA database."""
    return Func(zone, Func(F(day), template="(%(expressions)s + 1)::timestamp"), function="timezone")


def _emergencies(_now: datetime) -> Rows:
    """Requests said to be an emergency that nobody has looked at, and emergencies that counsel has not answered yet."""
    said = Q(is_emergency=True) | Q(danger_claimed=True) | Q(instrument_code__in=EMERGENCIES)
    found = Q(state=CaseState.RECEIVED) & said | Q(state=CaseState.LEGAL_REVIEW, is_emergency=True)
    # Sealed cases stand in an index of their own (cases.models.case), so each part is asked by itself.
    begun = Q(state__in=[CaseState.RECEIVED, CaseState.LEGAL_REVIEW])
    ordinary, sealed = Q(compartment=None) & begun, Q(compartment__isnull=False) & begun
    cases: Rows = Case.objects.filter(found, ordinary | sealed)
    return cases


def _running() -> QuerySet[Clock]:
    return Clock.objects.filter(state=ClockState.RUNNING)


def _due_soon(now: datetime) -> Rows:
    desk = settings.WRITDESK
    until = horizon(now, zone=desk.receiving_zone, country=desk.receiving_country)
    return _running().filter(due_at__gt=now, due_at__lte=until)


def _overdue(now: datetime) -> Rows:
    return _running().filter(due_at__lte=now).exclude(rule__in=NOBODY_IS_LATE)


def _proposals(now: datetime) -> Rows:
    waiting = Approval.objects.filter(state=ApprovalState.PROPOSED)
    return waiting.filter(Q(expires_at=None) | Q(expires_at__gt=now))


def _ending_orders(now: datetime) -> Rows:
    """Orders whose last day is near or today, in their court's zone: read by the day first, which an index knows."""
    near = (now.date() - ONE_DAY, now.date() + BEFORE_AN_ORDER_ENDS + ONE_DAY)
    orders = NondisclosureOrder.objects.filter(lifted_at=None, last_day__range=near)
    ends = orders.alias(ends_at=ExpressionWrapper(_end_of_day("last_day", F("zone")), DateTimeField()))
    return ends.filter(ends_at__gt=now, ends_at__lte=now + BEFORE_AN_ORDER_ENDS)


def _pending() -> QuerySet[NoticeDuty]:
    return NoticeDuty.objects.filter(state=DutyState.PENDING, is_held=False)


def _nobody_to_write_to(now: datetime) -> Rows:
    return _pending().filter(unreachable(), due_at__lte=now, uncertain_at=None)


def _letters(_now: datetime) -> Rows:
    """Letters that came back or could not be handed over, and those of which nobody knows."""
    failed = Q(state=LetterState.DRAFTED, failed_at__isnull=False)
    return Letter.objects.filter(failed | Q(state=LetterState.READY, uncertain_at__isnull=False))


def _perhaps_told(now: datetime) -> Rows:
    return _pending().filter(uncertain_at__isnull=False).exclude(in_the_post(now))


def _signals(_now: datetime) -> Rows:
    """Signs that a person can clear: a forgery that is proven waits for nobody."""
    proven = [code for code, rule in SIGNALS.items() if rule.for_good]
    return FraudSignal.objects.filter(cleared_at=None).exclude(code__in=proven)


def _ending_preservations(now: datetime) -> Rows:
    """Holds that end soon, and those that have ended and wait to be released."""
    until = now.astimezone(settings.WRITDESK.receiving_zone).date() + BEFORE_A_PRESERVATION_ENDS
    return Preservation.objects.filter(
        Q(ends_date__lte=until, lapsed_at=None, released_at=None) | Q(lapsed_at__isnull=False, released_at=None)
    )


def conditions() -> Mapping[AlertKind, Condition]:
    """Return the conditions by kind, in the order in which their alerts are raised."""
    office = Value(settings.WRITDESK.receiving_zone.key)
    return {
        AlertKind.EMERGENCY: Condition(
            "case", _emergencies, due=NullIf(F("queue_at"), Value(NEVER)), case=F("pk"), is_urgent=True
        ),
        AlertKind.OVERDUE: Condition("clock", _overdue, due=F("due_at")),
        AlertKind.DUE_SOON: Condition("clock", _due_soon, due=F("due_at")),
        AlertKind.APPROVAL: Condition("approval", _proposals, due=F("expires_at")),
        AlertKind.ORDER_ENDING: Condition("order", _ending_orders, due=_end_of_day("last_day", F("zone"))),
        AlertKind.NOTICE_FAILED: Condition(
            "duty", lambda _now: NoticeDuty.objects.filter(state=DutyState.FAILED, is_held=False)
        ),
        AlertKind.NOTICE_UNCERTAIN: Condition("duty", _perhaps_told),
        AlertKind.NO_CONTACT: Condition("duty", _nobody_to_write_to),
        AlertKind.LETTER: Condition("letter", _letters),
        AlertKind.FRAUD: Condition("signal", _signals),
        AlertKind.PRESERVATION: Condition(
            "preservation", _ending_preservations, due=Coalesce(F("lapsed_at"), _end_of_day("ends_date", office))
        ),
        AlertKind.OBJECTION: Condition(
            "objection",
            lambda _now: Objection.objects.filter(state=ObjectionState.OPEN),
            due=F("proof_due_at"),
            # Looked up row by row, where a join would read all duties.
            case=Subquery(NoticeDuty.objects.filter(pk=OuterRef("duty")).values("case")),
        ),
    }
