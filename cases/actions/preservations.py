"""Data kept so that it can be produced later."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, changing_for, record
from cases.actions.clocks import HOLD_EXTENDED, follow_hold
from cases.models import Case, Preservation
from cases.rules import preservations as rules

INTERIM = "interim"  # our own hold while a request is worked on: no law ends it


class ExtensionImpossible(Refused):
    """A second extension, or one that came too late: Reg. (EU) 2023/1543 Art. 11(1), 18 USC 2703(f)."""


def preserve(*, case_id: int, rule: str, confirmed: bool, by: User, now: datetime) -> Preservation:
    """Record a hold on the data of a case, from `received` on. The rule says how long; an interim hold has no end."""
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        starts = now.astimezone(settings.WRITDESK.receiving_zone).date()
        received = case.received_at.astimezone(settings.WRITDESK.receiving_zone).date()
        ends = None if rule == INTERIM else rules.first_hold(rule, received)
        return hold(case, rule, starts_date=starts, ends_date=ends, by=by, now=now, confirmed=confirmed)


def hold(
    case: Case, rule: str, *, starts_date: date, ends_date: date | None, by: User | None, now: datetime, confirmed: bool
) -> Preservation:
    """Return a new hold, in the caller's transaction."""
    preservation = Preservation.objects.create(
        case=case,
        rule=rule,
        starts_date=starts_date,
        ends_date=ends_date,
        confirmed_at=now if confirmed else None,
        confirmed_by=by if confirmed else None,
    )
    record(case, kinds.PRESERVED, at=now, by=by, preservation=preservation.pk, rule=rule, until=ends_date)
    return preservation


def confirm(*, preservation_id: int, by: User, now: datetime) -> None:
    """Note that the data is known to be kept: only then may the customer be told."""
    with changing_for(by, _case_id(preservation_id), Role.ANALYST, Role.COUNSEL) as case:
        changed = case.preservations.filter(pk=preservation_id, confirmed_at=None).update(
            confirmed_at=now, confirmed_by=by
        )
        if not changed:
            raise Refused(_("This was confirmed already."))
        record(case, kinds.PRESERVATION_CONFIRMED, at=now, by=by, preservation=preservation_id)


def extend(*, preservation_id: int, asked_on: date, by: User, now: datetime) -> date:
    """Extend a hold once, as its rule allows, and return its new last day. Raises ExtensionImpossible."""
    with changing_for(by, _case_id(preservation_id), Role.ANALYST, Role.COUNSEL) as case:
        row = case.preservations.get(pk=preservation_id)
        if row.ends_date is None:
            raise ExtensionImpossible(_("This hold has no end."))
        try:
            row.ends_date = rules.renewed(
                row.rule, last_day=row.ends_date, asked_on=asked_on, extensions=row.extensions
            )
        except (rules.SecondExtensionRefused, rules.ExtensionTooLate, rules.NotExtendable) as error:
            raise ExtensionImpossible(str(error)) from error
        row.extensions += 1
        row.save(update_fields=["ends_date", "extensions"])
        record(case, kinds.PRESERVATION_EXTENDED, at=now, by=by, preservation=row.pk, until=row.ends_date)
        follow_hold(case, row.rule, row.ends_date, why=HOLD_EXTENDED, by=by, now=now)
        return row.ends_date


def release_hold(*, preservation_id: int, by: User, now: datetime) -> None:
    """A person ends this hold. Others on the same data stand by themselves: nothing is deleted here."""
    with changing_for(by, _case_id(preservation_id), Role.COUNSEL, Role.ANALYST) as case:
        changed = case.preservations.filter(pk=preservation_id, released_at=None).update(
            released_at=now, released_by=by
        )
        if not changed:
            raise Refused(_("This was released already."))
        record(case, kinds.PRESERVATION_RELEASED, at=now, by=by, preservation=preservation_id)


def lapse(*, now: datetime) -> int:
    """Turn holds whose last day is over into tasks to release; return how many. Deletes nothing."""
    today = now.astimezone(settings.WRITDESK.receiving_zone).date()
    over = Preservation.objects.filter(ends_date__lt=today, lapsed_at=None, released_at=None).select_related("case")
    lapsed = 0
    for row in over:
        lapsed += _lapse(row, now=now)
    return lapsed


def _lapse(row: Preservation, *, now: datetime) -> int:
    with transaction.atomic():
        if not Preservation.objects.filter(pk=row.pk, lapsed_at=None, released_at=None).update(lapsed_at=now):
            return 0
        record(row.case, kinds.PRESERVATION_LAPSED, at=now, by=None, preservation=row.pk)
        return 1


def _case_id(preservation_id: int) -> int:
    return Preservation.objects.values_list("case_id", flat=True).get(pk=preservation_id)
