"""Keeping data longer: once more as the law allows, or without end until a production request is answered."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, changing_for, committed, record
from cases.actions.clocks import HOLD_EXTENDED, follow_hold
from cases.actions.preservations import case_of
from cases.models import Case, LapseReason, Preservation
from cases.rules import preservations as rules

NOT_POSSIBLE = (rules.SecondExtensionRefused, rules.ExtensionTooLate, rules.NotExtendable)


class ExtensionImpossible(Refused):
    """A second extension, or one that came too late: Reg. (EU) 2023/1543 Art. 11(1), 18 USC 2703(f)."""


class ForCounsel(ExtensionImpossible):
    """A third request is a new letter. It is on record, and counsel decides what it is."""


def extend(*, preservation_id: int, asked_on: date, by: User, now: datetime, reason: str = "") -> date:
    """Extend a hold once, as its rule allows, and return its new last day. Raises ExtensionImpossible.

    A request that came in time clears a lapse that was only noted meanwhile; a late one is refused. A further request
    under a rule that makes it a new letter is written down for counsel all the same, then ForCounsel is raised.
    """
    with changing_for(by, case_of(preservation_id), Role.ANALYST, Role.COUNSEL) as case:
        row = case.preservations.get(pk=preservation_id)
        last_day = _last_day(row)
        further = row.extensions > 0 and rules.for_counsel(row.rule)
        if further:
            row.asked_again_at = now
            row.save(update_fields=["asked_again_at"])
            record(case, kinds.PRESERVATION_ASKED_AGAIN, at=now, by=by, preservation=row.pk, asked=asked_on)
        else:
            try:
                until = rules.renewed(row.rule, last_day=last_day, asked_on=asked_on, extensions=row.extensions)
            except NOT_POSSIBLE as error:
                raise ExtensionImpossible(str(error)) from error
            row.extensions += 1
            _prolong(case, row, until, reason=reason, by=by, now=now)
            record(
                case,
                kinds.PRESERVATION_EXTENDED,
                at=now,
                by=by,
                preservation=row.pk,
                until=until,
                reason=committed(case, reason.strip(), now=now),
            )
            return until
    raise ForCounsel(_("This hold was prolonged once already: a further request is a new letter, for counsel to see."))


def confirm_request(*, preservation_id: int, confirmed_on: date, by: User, now: datetime, reason: str = "") -> None:
    """Keep data as long as necessary: the authority confirmed in time that a production request was issued.

    Raises ExtensionImpossible. Law: Reg. (EU) 2023/1543 Art. 11(2), Annex V.
    """
    with changing_for(by, case_of(preservation_id), Role.ANALYST, Role.COUNSEL) as case:
        row = case.preservations.get(pk=preservation_id)
        try:
            rules.open_ended(row.rule, last_day=_last_day(row), confirmed_on=confirmed_on)
        except NOT_POSSIBLE as error:
            raise ExtensionImpossible(str(error)) from error
        row.open_ended_at = now
        _prolong(case, row, None, reason=reason, by=by, now=now)
        record(
            case,
            kinds.PRESERVATION_OPEN_ENDED,
            at=now,
            by=by,
            preservation=row.pk,
            confirmed=confirmed_on,
            reason=committed(case, reason.strip(), now=now),
        )


def decide_further_request(*, preservation_id: int, reason: str, by: User, now: datetime) -> None:
    """Counsel says what becomes of a third request: a new hold once this one is over, or none."""
    if not reason.strip():
        raise Refused(_("Say what becomes of the further request."))
    with changing_for(by, case_of(preservation_id), Role.COUNSEL) as case:
        row = case.preservations.get(pk=preservation_id)
        if row.asked_again_at is None:
            raise Refused(_("No further request waits for counsel."))
        row.asked_again_at, row.reason = None, reason.strip()
        row.save(update_fields=["asked_again_at", "reason"])
        found = committed(case, row.reason, now=now)
        record(case, kinds.FURTHER_REQUEST_DECIDED, at=now, by=by, preservation=row.pk, reason=found)


def _last_day(row: Preservation) -> date:
    if row.released_at:
        raise ExtensionImpossible(_("This hold was ended already: record a new one."))
    if row.lapsed_because == LapseReason.EXEMPT:
        raise ExtensionImpossible(_("We are exempt from this hold: counsel decides whether a new one is recorded."))
    if row.ends_date is None:
        raise ExtensionImpossible(_("This hold has no end."))
    return row.ends_date


def _prolong(case: Case, row: Preservation, until: date | None, *, reason: str, by: User, now: datetime) -> None:
    row.ends_date, row.lapsed_at, row.lapsed_because = until, None, ""
    row.reason = reason.strip() or row.reason
    row.save()
    # The clock that was started on receipt counts the same days: it ends with the hold.
    follow_hold(case, row.rule, until, why=reason.strip() or HOLD_EXTENDED, by=by, now=now)
