"""What the ledger says of a duty, and what a report counts of it."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from cases import ledger_kinds as kinds
from cases.actions.changing import record
from cases.dossier import ABOUT_TARGETS
from cases.models import Case, NoticeDuty
from cases.rules.nondisclosure import basis
from cases.states import DutyState
from ledger.actions import Row, append_many
from ledger.facts import Fact
from ledger.kinds import EntryKind


def notice_fact(duty: NoticeDuty, case: Case, at: datetime) -> Fact | None:
    """Return what a report counts of this duty, None for duties that follow an answer."""
    if duty.kind not in ABOUT_TARGETS:
        return None
    return Fact(
        name="notice",
        at=at,
        line=case.instrument.line,
        value=notice_value(duty),
        subject=duty.pk,
        restricted=case.instrument.national_security,
    )


def notice_value(duty: NoticeDuty) -> str:
    """Return the duty's column in a report: notified, withheld_nondisclosure, withheld_statute and so on."""
    match duty.state:
        case DutyState.DELIVERED:
            return "notified"
        case DutyState.NOT_OWED:
            return "not_required"
        case DutyState.WITHHELD if duty.basis in ("emergency", "no_contact"):
            return "withheld_emergency" if duty.basis == "emergency" else "no_contact"
        case DutyState.WITHHELD:
            return {"order": "withheld_nondisclosure", "statute": "withheld_statute"}.get(
                basis(duty.basis).kind, "withheld_policy"
            )
        case _other:
            return str(duty.state)


def record_duty(
    case: Case, duty: NoticeDuty, kind: EntryKind, *, at: datetime, by: User | None, **fields: object
) -> None:
    """Write what became of a duty, with the fact that reports count."""
    record(case, kind, at=at, by=by, fact=notice_fact(duty, case, at), duty=duty.pk, **fields)


def record_duties(
    case: Case, duties: Iterable[NoticeDuty], kind: EntryKind, *, at: datetime, by: User | None, **fields: object
) -> None:
    """Write the same of many duties, an entry each: a case has as many customers as it names."""
    append_many(
        Row(case.stream, kind, at, by.pk if by else None, notice_fact(duty, case, at), _entry(duty, kind) | fields)
        for duty in duties
    )


def _entry(duty: NoticeDuty, kind: EntryKind) -> dict[str, object]:
    created = {"kind_of_duty": duty.kind, "state": duty.state} if kind is kinds.DUTY_CREATED else {}
    return {"duty": duty.pk, **created}
