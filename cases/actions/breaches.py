"""A personal data breach: data went to an impostor. The time to notify runs; what was done about it is on record."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, changing_for, committed, record
from cases.actions.clocks import requeue
from cases.rules.clocks import BREACH
from cases.states import ClockState


def record_breach_dealt_with(*, case_id: int, notified: bool, note: str, by: User, now: datetime) -> None:
    """Record that the supervisory authority was notified; or why counsel found that it need not be.

    Law: GDPR Art. 33(1): within 72 hours of becoming aware, unless a risk to anybody's rights is unlikely; Art. 33(5).
    """
    if not note.strip():
        raise Refused(_("Say which authority was notified and how, or why no risk is likely."))
    with changing_for(by, case_id, Role.COUNSEL) as case:
        clock = case.clocks.filter(rule=BREACH, state=ClockState.RUNNING).first()
        if clock is None:
            raise Refused(_("No notification of a breach is due in this case."))
        clock.state, clock.settled_at = ClockState.MET if notified else ClockState.VOID, now
        clock.save(update_fields=["state", "settled_at"])
        record(
            case,
            kinds.BREACH_NOTIFIED,
            at=now,
            by=by,
            notified=notified,
            note=committed(case, note.strip(), now=now),
        )
        requeue(case)
