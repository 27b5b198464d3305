"""What the notice repeats of an order where no measure says it, and counsel's word where silence stands against it."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, changing_for, committed, record
from cases.actions.review import require_state
from cases.models import Case, NondisclosureOrder, OrderStatement
from cases.rules import measures as rules
from cases.states import OPEN


class NothingToDecide(Refused):
    """No order not to tell stands against a notice that this instrument's own law demands."""


def state_order(*, case_id: int, reasons: str, redress: str, by: User, now: datetime) -> None:
    """Record the reasons and the redress that the order states, for the notice to repeat.

    Law: Reg. (EU) 2022/2065 Art. 10(5).
    """
    if not reasons.strip() or not redress.strip():
        raise Refused(_("Write the reasons and the redress as the order states them."))
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        require_state(case, *OPEN)
        statement = _statement(case)
        statement.reasons, statement.redress = reasons.strip(), redress.strip()
        statement.save()
        record(
            case,
            kinds.ORDER_STATED,
            at=now,
            by=by,
            reasons=committed(case, statement.reasons, now=now),
            redress=committed(case, statement.redress, now=now),
        )


def decide_silence(*, case_id: int, reason: str, by: User, now: datetime) -> None:
    """Counsel decides that an order not to tell goes before the notice that is due with the effect.

    Where it does not, the order is lifted instead: it never bound (cases.actions.nondisclosure.lift_order). An order
    recorded later is decided on again. Law: Reg. (EU) 2022/2065 Arts. 9(6), 10(6). Raises NothingToDecide.
    """
    if not reason.strip():
        raise Refused(_("Say by which law silence goes before the notice."))
    with changing_for(by, case_id, Role.COUNSEL) as case:
        orders = undecided(case, now)
        if not orders:
            raise NothingToDecide(_("No order not to tell waits for a decision."))
        statement = _statement(case)
        statement.silence_decided_at, statement.silence_decided_by = now, by
        statement.silence_reason = reason.strip()
        statement.save()
        record(
            case,
            kinds.SILENCE_DECIDED,
            at=now,
            by=by,
            orders=[order.pk for order in orders],
            reason=committed(case, statement.silence_reason, now=now),
        )


def undecided(case: Case, now: datetime) -> list[NondisclosureOrder]:
    """Return the orders in force that stand against a notice and were recorded since counsel decided, if ever."""
    orders = [order for order in case.orders.all() if order.in_force(now)]
    if not rules.counsel_decides_silence(case.instrument, silence_in_force=bool(orders)):
        return []
    decided_at = OrderStatement.objects.filter(case=case).values_list("silence_decided_at", flat=True).first()
    return [order for order in orders if decided_at is None or order.recorded_at > decided_at]


def _statement(case: Case) -> OrderStatement:
    return OrderStatement.objects.filter(case=case).first() or OrderStatement(case=case)
