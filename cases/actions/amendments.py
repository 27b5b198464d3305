"""What is asked, changed by the agency or a court: other targets, other categories, another day."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases import tally
from cases.actions.changing import Refused, changing_for, committed, record
from cases.actions.clocks import restart_return_date
from cases.actions.duties import drop_idle_controllers
from cases.actions.opening import NewTarget, TargetNamedTwice, name_targets
from cases.actions.review import change_request, require_state
from cases.models import Case, LetterKind, LetterState
from cases.rules.narrowing import amended
from cases.states import OPEN, CaseState, Category, DutyState


class StillOwed(Refused):
    """A target cannot be dropped: something of it left, or its customer is owed a notice."""


def amend(
    *,
    case_id: int,
    asked: Sequence[Category],
    add: Sequence[NewTarget],
    drop: Collection[int],
    reason: str,
    by: User,
    now: datetime,
) -> None:
    """Change what a case in review asks: its categories, and the targets to add and drop.

    Review begins anew. A customer told of less than is asked now is owed another notice before anything leaves
    (invariant 1). Raises StillOwed, TargetNamedTwice.
    """
    if not reason.strip():
        raise Refused(_("Say what changed the request, and how we know."))
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        require_state(case, CaseState.RECEIVED, CaseState.LEGAL_REVIEW)
        _drop(case, drop)
        is_wider = not set(asked) <= set(case.asked)
        before, case.asked = case.asked, list(asked)
        case.save(update_fields=["asked"])
        change_request(case, because="amended", now=now)
        _ask_anew(case, before)
        if is_wider:
            told = Q(duty__state=DutyState.DELIVERED) | Q(duty__told_before=True)
            case.targets.filter(told).update(duty=None)
        _add(case, add)
        drop_idle_controllers(case, now=now, by=by)
        counts = tally.recount(case)
        if not counts.targets:
            raise Refused(_("A request names at least one target."))
        record(
            case,
            kinds.REQUEST_AMENDED,
            at=now,
            by=by,
            asked=case.asked,
            targets=counts.targets,
            added=len(add),
            dropped=len(drop),
            reason=committed(case, reason.strip(), now=now),
        )


def _ask_anew(case: Case, before: Sequence[str]) -> None:
    """Ask of every target what the request asks now; where a court had left less of one, no more of that."""
    for of_target in {tuple(one) for one in case.targets.order_by().values_list("asked", flat=True).distinct()}:
        now_asked = amended(case.asked, before=before, of_target=of_target)
        case.targets.filter(asked=list(of_target)).update(asked=now_asked)


def _drop(case: Case, drop: Collection[int]) -> None:
    targets = case.targets.filter(pk__in=drop)
    owed = Q(duty__state__in=[DutyState.PENDING, DutyState.WITHHELD, DutyState.FAILED])
    if targets.filter(Q(disclosures__isnull=False) | owed).exists():
        raise StillOwed(_("A target of which something left, or whose customer is owed a notice, stays in the case."))
    targets.delete()


def _add(case: Case, add: Sequence[NewTarget]) -> None:
    known = set(case.targets.values_list("kind", "value"))
    for target in add:
        if (target.kind, target.value) in known:
            raise TargetNamedTwice(_("“%(target)s” is named twice.") % {"target": target.value})
        known.add((target.kind, target.value))
    name_targets(case, add)


def change_return_date(*, case_id: int, return_date: date, by: User, now: datetime) -> None:
    """Record another return date, as the agency granted or set it. Its clock begins anew; no window is cut by it."""
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        require_state(case, *OPEN)
        if return_date < case.received_at.astimezone(settings.WRITDESK.receiving_zone).date():
            raise Refused(_("A return date lies after the receipt: look at the day again."))
        if return_date == case.return_date:
            raise Refused(_("That is its return date already."))
        case.return_date = return_date
        case.save(update_fields=["return_date"])
        record(case, kinds.RETURN_DATE_CHANGED, at=now, by=by, until=return_date)
        restart_return_date(case, now=now, by=by)
        case.letters.filter(kind=LetterKind.EXTENSION, state=LetterState.SENT).update(
            state=LetterState.ANSWERED, answered_at=now
        )
