"""Who must know of a silenced case although the customer may not: told, and told that the silence binds them too."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, changing_for, committed, record
from cases.models import BriefingCapacity, NondisclosureOrder, SilenceBriefing


class DutyNotExplained(Refused):
    """Who is told must hear that they are bound as we are: 18 USC 2709(c)(2)(C)."""


def brief(
    *, order_id: int, person: str, capacity: BriefingCapacity, reason: str, explained: bool, by: User, now: datetime
) -> SilenceBriefing:
    """Record that a helper or attorney was told of a silenced case, why, and that the duty was explained to them.

    Their name stays in the case; the ledger says only in what capacity somebody was told. Raises DutyNotExplained,
    Refused. Law: 18 USC 2709(c)(2)(A), (C).
    """
    if not explained:
        raise DutyNotExplained(_("Explain first that the silence binds them as well, then record it."))
    if not person.strip() or not reason.strip():
        raise Refused(_("Say who was told, and why they must know."))
    case_id = NondisclosureOrder.objects.values_list("case_id", flat=True).get(pk=order_id)
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        order = case.orders.get(pk=order_id)
        if not order.in_force(now):
            raise Refused(_("This order does not bind now: nobody has to be told of it."))
        briefing = order.briefings.create(
            person=person.strip(), capacity=capacity, reason=reason.strip(), briefed_by=by, briefed_at=now
        )
        record(
            case,
            kinds.SILENCE_EXPLAINED,
            at=now,
            by=by,
            order=order.pk,
            briefing=briefing.pk,
            capacity=capacity,
            person=committed(case, briefing.person, now=now),
            reason=committed(case, briefing.reason, now=now),
        )
        return briefing
