"""Events that start a clock or lift a bar: an order entered, a service, an enforcing authority's word."""

from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, changing_for, record, require_role
from cases.actions.clocks import requeue, restart_receipt_clocks, settle_one, start_clock, zone
from cases.actions.letters import draft_letter
from cases.actions.review import require_state
from cases.actions.rule_answers import answer_by_rule
from cases.models import Case, Clock, LetterKind
from cases.rules.clocks import ORDER_END, clock_rule, in_force
from cases.rules.deadlines import title_iii_start
from cases.rules.enforcing_authority import effect_of_objection
from cases.rules.laws import LAWS
from cases.rules.nondisclosure import UNTIL_LIFTED
from cases.states import OPEN, CaseState, ClockState

TITLE_III = "title_iii_end"
AUTHORITY_OBJECTION = "epoc_authority_objection"
EXTENDABLE = ("pen_trap_end", TITLE_III, ORDER_END)  # by a further order


class NotYetLaw(Refused):
    """The law that counts this time did not apply on the day of the event."""


class TooLate(Refused):
    """The authority's time to object after an emergency production is over."""


def record_event(
    *,
    case_id: int,
    rule: str,
    event_at: datetime,
    by: User,
    now: datetime,
    began_at: datetime | None = None,
    last_day: date | None = None,
) -> Clock:
    """Start a clock of the instrument at its event and return it.

    For an interception order `event_at` is its entry and `began_at` the first interception: its thirty days run from
    the earlier of that and the tenth day. `last_day` is the one that the paper names, where no rule counts. A later
    order that extends delivery replaces the clock of the one before; a service on record, the one that was presumed.
    Raises NotYetLaw outside the validity of the clock. Law: 18 USC 2518(5), 3123(c).
    """
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        if rule not in startable(case):
            raise Refused(_("This kind of request has no such clock."))
        is_named = clock_rule(rule).unit == "named"
        if is_named and (last_day is None or last_day < event_at.astimezone(zone()).date()):
            raise Refused(_("Give the last day that the paper states, after it began: no rule counts it."))
        if rule == TITLE_III:
            event_at = title_iii_start(
                entered_at=event_at, began_at=began_at, zone=zone(), country=settings.WRITDESK.receiving_country
            )
        if not in_force(clock_rule(rule), event_at.astimezone(zone()).date()):
            raise NotYetLaw(_("The law that counts this time did not apply on that day."))
        _end_earlier(case, rule, event_at, by=by, now=now)
        named = last_day if is_named else None
        clock = start_clock(case, rule, event_at=event_at, named_date=named, now=now, by=by)
        answer_by_rule(case, now=now)
        return clock


def startable(case: Case) -> tuple[str, ...]:
    """Return the clocks that an event can start here: the instrument's, and those of laws found to stand against it."""
    laws = case.assessments.exclude(law="").order_by().values_list("law", flat=True).distinct()
    found = (LAWS[code].clock for code in sorted(laws) if code in LAWS)
    return tuple(dict.fromkeys((*case.instrument.other_clocks, *(code for code in found if code))))


def _end_earlier(case: Case, rule: str, event_at: datetime, *, by: User, now: datetime) -> None:
    """Let the clock of an extended order go; any other runs once. An extension is counsel's to read."""
    earlier = case.clocks.filter(rule=rule).exclude(state=ClockState.VOID)
    if not earlier.exists():
        return
    if clock_rule(rule).event == "service" and earlier.filter(state=ClockState.MET).exists():
        raise Refused(_("What this clock waited for was done already."))
    if clock_rule(rule).event == "service" and not earlier.exclude(event_at=case.received_at).exists():
        _void(case, earlier, by=by, now=now)
        return
    if rule not in EXTENDABLE or earlier.filter(event_at__gte=event_at).exists():
        raise Refused(_("This clock runs already."))
    require_role(by, Role.COUNSEL)
    _void(case, earlier, by=by, now=now)


def record_confirmed_in_time(*, case_id: int, rule: str, confirmed_at: datetime, by: User, now: datetime) -> None:
    """Record that the court's order, or the application, followed an emergency in time: its limit falls away.

    Law: 18 USC 2518(7), 3125(a); 50 USC 1805(e).
    """
    with changing_for(by, case_id, Role.COUNSEL) as case:
        limits = case.clocks.filter(rule=rule, ends_delivery=True).exclude(state=ClockState.VOID)
        if rule in EXTENDABLE or not limits.exists():
            raise Refused(_("No emergency limit of this kind runs."))
        if limits.filter(due_at__lt=confirmed_at).exists():
            raise Refused(_("It came too late: delivery had to stop."))
        _void(case, limits, by=by, now=now)


def _void(case: Case, clocks: QuerySet[Clock], *, by: User, now: datetime) -> None:
    for clock in clocks:
        clock.state, clock.settled_at = ClockState.VOID, now
        clock.save(update_fields=["state", "settled_at"])
        record(case, kinds.CLOCK_SETTLED, at=now, by=by, rule=clock.rule, state=ClockState.VOID)
    requeue(case)


def record_authority_notified(*, case_id: int, by: User, now: datetime) -> None:
    """Record that an enforcing authority was notified of an EPOC (Section K): nothing may be produced at once any more.

    Law: Reg. (EU) 2023/1543 Arts. 8(4), 10(2).
    """
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        require_state(case, *(state for state in OPEN if state != CaseState.AWAITING_AGENCY))
        if not case.instrument.not_before or case.authority_notified:
            raise Refused(_("No enforcing authority has a say in this request, or it is on record already."))
        case.authority_notified = True
        case.save(update_fields=["authority_notified"])
        record(case, kinds.AUTHORITY_NOTIFIED, at=now, by=by)
        restart_receipt_clocks(case, now=now)
        answer_by_rule(case, now=now)


def record_authority_answer(*, case_id: int, refused: bool, by: User, now: datetime) -> None:
    """Record what a notified enforcing authority says of an EPOC. A refusal blocks for good, a confirmation frees.

    Where data left before, as in an emergency they may, a refusal is followed up by a letter to be sent. Raises TooLate
    for one of an emergency after its 96 hours. Law: Reg. (EU) 2023/1543 Arts. 10(2), 10(4), 12.
    """
    with changing_for(by, case_id, Role.COUNSEL) as case:
        if not case.authority_notified:
            raise Refused(_("No enforcing authority was notified of this request."))
        if refused:
            _follow_up(case, _effect_of_refusal(case, now), by=by, now=now)
            case.authority_refused_at = now
        else:
            case.authority_confirmed_at = now
        # It has spoken: nobody is told that it was silent.
        settle_one(case, AUTHORITY_OBJECTION, ClockState.MET, now=now, by=by)
        case.save(update_fields=["authority_refused_at", "authority_confirmed_at"])
        record(case, kinds.AUTHORITY_ANSWERED, at=now, by=by, refused=refused)


def _effect_of_refusal(case: Case, now: datetime) -> str:
    limit = case.clocks.filter(rule=AUTHORITY_OBJECTION).exclude(state=ClockState.VOID).first()
    first = case.productions.order_by("released_at").first()
    return effect_of_objection(
        objected_at=now,
        last_moment_at=limit.due_at if limit and limit.due_at else UNTIL_LIFTED,
        produced_at=first.released_at if first else None,
    )


def _follow_up(case: Case, effect: str, *, by: User, now: datetime) -> None:
    if effect == "too_late":
        raise TooLate(_("Its 96 hours are over: by itself this stops nothing any more."))
    if effect == "task":
        text = _(
            "The enforcing authority raised a ground for refusal against %(reference)s."
            " Please delete what we produced, or restrict its use."
        )
        reference = case.agency_reference or case.reference
        draft_letter(case, LetterKind.RETURN_DEMAND, text % {"reference": reference}, by=by, now=now)
