"""Events that start a clock or lift a bar: an order entered, a service, an enforcing authority's word."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, changing_for, record
from cases.actions.clocks import start_clock, zone
from cases.models import Clock
from cases.rules.deadlines import title_iii_end

TITLE_III = "title_iii_end"


def record_event(
    *, case_id: int, rule: str, event_at: datetime, by: User, now: datetime, began_at: datetime | None = None
) -> Clock:
    """Start a clock of the instrument at its event and return it.

    For an interception order `event_at` is its entry and `began_at` the first interception: its thirty days run from
    the earlier of that and the tenth day. Law: 18 USC 2518(5).
    """
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        if rule not in case.instrument.other_clocks:
            raise Refused(_("This kind of request has no such clock."))
        if case.clocks.filter(rule=rule).exists():
            raise Refused(_("This clock runs already."))
        clock = start_clock(case, rule, event_at=event_at, now=now, by=by)
        if rule == TITLE_III:
            found = title_iii_end(
                entered_at=event_at, began_at=began_at, zone=zone(), country=settings.WRITDESK.receiving_country
            )
            clock.due_at, clock.explanation = found.due_at, found.explanation
            clock.save(update_fields=["due_at", "explanation"])
        return clock


def record_authority_answer(*, case_id: int, refused: bool, by: User, now: datetime) -> None:
    """Record what a notified enforcing authority says of an EPOC. A refusal blocks for good, a confirmation frees.

    Law: Reg. (EU) 2023/1543 Arts. 10(2), 12(2).
    """
    with changing_for(by, case_id, Role.COUNSEL) as case:
        if not case.authority_notified:
            raise Refused(_("No enforcing authority was notified of this request."))
        if refused:
            case.authority_refused_at = now
        else:
            case.authority_confirmed_at = now
        case.save(update_fields=["authority_refused_at", "authority_confirmed_at"])
        record(case, kinds.AUTHORITY_ANSWERED, at=now, by=by, refused=refused)
