"""Data kept so that it can be produced later: recorded, confirmed, lapsed, ended. Kept longer: prolonging."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.access import known_to
from cases.actions.changing import Refused, changing, changing_for, committed, record
from cases.models import Case, ChallengeSubject, LapseReason, Preservation, Target
from cases.rules import preservations as rules

INTERIM = "interim"  # our own hold while a request is worked on: no law ends it
CHALLENGE = "challenge"  # our own hold while the request is challenged


class StillServes(Refused):
    """The challenge for which the data are kept is pending."""


class AlreadyKept(Refused):
    """A hold of the same rule stands in this case: it is prolonged or ended, not recorded twice."""


@dataclass(frozen=True)
class Released:
    """What still holds the same data, as far as the person may know of it: cases by reference, this one included."""

    still_held_by: tuple[str, ...]


def preserve(*, case_id: int, rule: str, confirmed: bool, by: User, now: datetime, reason: str = "") -> Preservation:
    """Record a hold on the data of a case, from `received` on. The rule says how long; an interim hold has no end.

    Raises AlreadyKept while a hold of the same rule stands: a second letter prolongs it, or comes once it is over.
    """
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        starts = now.astimezone(settings.WRITDESK.receiving_zone).date()
        if _standing(case, rule, today=starts).exists():
            raise AlreadyKept(_("The data is kept under this rule already: prolong that hold, or release it first."))
        received = case.received_at.astimezone(settings.WRITDESK.receiving_zone).date()
        ends = None if rule == INTERIM else rules.first_hold(rule, received)
        return hold(case, rule, starts_date=starts, ends_date=ends, by=by, now=now, confirmed=confirmed, reason=reason)


def _standing(case: Case, rule: str, *, today: date) -> QuerySet[Preservation]:
    """Return the holds of this rule that bind today. The clock may not yet have noted that one lapsed."""
    binding = Q(ends_date=None) | Q(ends_date__gte=today)
    return case.preservations.filter(binding, rule=rule, lapsed_at=None, released_at=None)


def hold(
    case: Case,
    rule: str,
    *,
    starts_date: date,
    ends_date: date | None,
    by: User | None,
    now: datetime,
    confirmed: bool,
    reason: str = "",
) -> Preservation:
    """Return a new hold, in the caller's transaction."""
    preservation = Preservation.objects.create(
        case=case,
        rule=rule,
        starts_date=starts_date,
        ends_date=ends_date,
        confirmed_at=now if confirmed else None,
        confirmed_by=by if confirmed else None,
        reason=reason.strip(),
    )
    record(
        case,
        kinds.PRESERVED,
        at=now,
        by=by,
        preservation=preservation.pk,
        rule=rule,
        until=ends_date,
        reason=committed(case, reason.strip(), now=now),
    )
    return preservation


def confirm(*, preservation_id: int, by: User, now: datetime) -> None:
    """Note that the data is known to be kept: only then may the customer be told."""
    with changing_for(by, case_of(preservation_id), Role.ANALYST, Role.COUNSEL) as case:
        changed = case.preservations.filter(pk=preservation_id, confirmed_at=None).update(
            confirmed_at=now, confirmed_by=by
        )
        if not changed:
            raise Refused(_("This was confirmed already."))
        record(case, kinds.PRESERVATION_CONFIRMED, at=now, by=by, preservation=preservation_id)


def release_hold(*, preservation_id: int, by: User, now: datetime, reason: str = "") -> Released:
    """End one hold and say what else holds the same data. Raises StillServes, Refused.

    Another hold does not forbid to end this one: two holds would otherwise wait for each other for ever. It forbids to
    delete: who releases is told plainly that the data stay, and because of which cases. A hold of a sealed case that
    they may not know of is not named, so they are told besides, every time, to ask before anything is deleted.
    Law: requirement 8 of docs/law.md.
    """
    with changing_for(by, case_of(preservation_id), Role.COUNSEL, Role.ANALYST) as case:
        row = case.preservations.get(pk=preservation_id)
        if row.released_at:
            raise Refused(_("This was released already."))
        if row.rule == CHALLENGE and _challenge_pending(case):
            raise StillServes(_("The challenge for which the data are kept is pending: they stay until it ends."))
        row.released_at, row.released_by = now, by
        row.reason = reason.strip() or row.reason
        row.save(update_fields=["released_at", "released_by", "reason"])
        others = list(known_to(by, _others(case, row)).select_related("case"))
        record(
            case,
            kinds.PRESERVATION_RELEASED,
            at=now,
            by=by,
            preservation=row.pk,
            others=len(others),
            reason=committed(case, reason.strip(), now=now),
        )
        return Released(tuple(dict.fromkeys(other.case.reference for other in others)))


def _challenge_pending(case: Case) -> bool:
    return case.challenges.filter(ended_at=None).exclude(subject=ChallengeSubject.NONDISCLOSURE).exists()


def _others(case: Case, row: Preservation) -> QuerySet[Preservation]:
    """Return the holds nobody ended yet, of this case or of others on one of its targets."""
    elsewhere = Target.objects.filter(value__in=case.targets.order_by().values("value")).order_by().values("case")
    standing = Preservation.objects.filter(Q(case=case) | Q(case__in=elsewhere), released_at=None)
    return standing.exclude(pk=row.pk).order_by("case_id", "pk")


def lapse(*, now: datetime) -> int:
    """Turn holds whose last day is over into tasks to release; return how many. Deletes nothing."""
    over = _over(now).values_list("pk", "case_id")
    return sum(_lapse(pk, case_id, now=now) for pk, case_id in list(over))


def _over(now: datetime) -> QuerySet[Preservation]:
    today = now.astimezone(settings.WRITDESK.receiving_zone).date()
    return Preservation.objects.filter(ends_date__lt=today, lapsed_at=None, released_at=None)


def _lapse(preservation_id: int, case_id: int, *, now: datetime) -> int:
    with changing(case_id) as case:
        # Asked again under the lock: an extension may have come between.
        for row in _over(now).filter(pk=preservation_id):
            note_lapsed(case, row, LapseReason.TIME_OVER, now=now)
            return 1
        return 0


def exempt(case: Case, *, now: datetime) -> None:
    """Free us of the holds of an order that its authority left unclear; a person confirms by releasing them.

    In the caller's transaction, once the authority's days to clarify are over. Law: Reg. (EU) 2023/1543 Art. 11(5).
    """
    rules_of_receipt = case.instrument.clocks
    for row in case.preservations.filter(rule__in=rules_of_receipt, lapsed_at=None, released_at=None):
        note_lapsed(case, row, LapseReason.EXEMPT, now=now)


def note_lapsed(case: Case, row: Preservation, because: LapseReason, *, now: datetime) -> None:
    """Make a hold that binds no more a task for a person. The data stay where they are."""
    row.lapsed_at, row.lapsed_because = now, because
    row.save(update_fields=["lapsed_at", "lapsed_because"])
    record(case, kinds.PRESERVATION_LAPSED, at=now, by=None, preservation=row.pk, because=because)


def case_of(preservation_id: int) -> int:
    """Return the case of a hold."""
    return Preservation.objects.values_list("case_id", flat=True).get(pk=preservation_id)
