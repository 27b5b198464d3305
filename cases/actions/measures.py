"""What an order wants done to targets: set as it says, narrowed to what is necessary, checked for whom else it hits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.approvals import RELEASE_KINDS, void_approvals
from cases.actions.changing import Refused, changing_for, committed, record
from cases.actions.review import require_state
from cases.models import Affected, Case, Customer, Measure, MeasureKind
from cases.rules import measures as rules
from cases.states import OPEN

AT_ONCE = 2000


class NoMeasures(Refused):
    """This kind of order has no effect on a target, or not this one."""


class ScopeRefused(Refused):
    """Effect cannot be given there: further than asked, or less far without a reason."""


class EffectGiven(Refused):
    """Effect was given already: what is past is reversed, not changed."""


@dataclass(frozen=True)
class NewMeasure:
    """What the order asks to be done, as its paper says it."""

    kind: MeasureKind
    territories: tuple[str, ...]
    reasons: str = ""
    redress: str = ""
    last_day: date | None = None


@dataclass(frozen=True)
class Hit:
    """Somebody whom a measure hits beside its target."""

    what: str
    customer: Customer | None
    is_told: bool
    reason: str


def set_measures(*, case_id: int, new: NewMeasure, target_ids: Collection[int] = (), by: User, now: datetime) -> int:
    """Record what the order asks for the targets named, or for all; return for how many.

    Said anew it takes the place of what was said before, its check of whom else it hits included. Raises NoMeasures,
    ScopeRefused, EffectGiven.
    """
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        require_state(case, *OPEN)
        if new.kind not in case.instrument.measures:
            raise NoMeasures(_("This kind of order does not have this effect."))
        if problems := rules.territory_problems(new.territories):
            raise ScopeRefused(*(problem.explanation for problem in problems))
        targets = _targets(case, target_ids)
        before = case.measures.filter(target__in=targets, kind=new.kind)
        if before.exclude(effect_at=None).exists():
            raise EffectGiven(_("Effect was given to one of these already: reverse it first."))
        before.delete()
        Measure.objects.bulk_create((_measure(case, pk, new) for pk in targets), batch_size=AT_ONCE)
        void_approvals(case, RELEASE_KINDS, because="measures_set", now=now)
        territories = sorted(new.territories)
        record(
            case,
            kinds.MEASURES_SET,
            at=now,
            by=by,
            measure=new.kind,
            targets=len(targets),
            territories=territories,
            until=new.last_day,
        )
        return len(targets)


def _measure(case: Case, target_id: int, new: NewMeasure) -> Measure:
    territories = sorted(set(new.territories))
    return Measure(
        case=case,
        target_id=target_id,
        kind=new.kind,
        asked_territories=territories,
        territories=territories,
        reasons=new.reasons.strip(),
        redress=new.redress.strip(),
        ends_date=new.last_day,
    )


def _targets(case: Case, target_ids: Collection[int]) -> list[int]:
    chosen = case.targets.filter(pk__in=target_ids) if target_ids else case.targets.all()
    found = list(chosen.order_by("pk").values_list("pk", flat=True))
    if not found or (target_ids and len(found) != len(set(target_ids))):
        raise Refused(_("Name targets of this case."))
    return found


def narrow(
    *,
    case_id: int,
    territories: Collection[str],
    reason: str,
    target_ids: Collection[int] = (),
    by: User,
    now: datetime,
) -> int:
    """Let the measures on these targets, or on all, reach less far than was asked, to what is strictly necessary.

    As far as was asked undoes it. Returns how many measures. Raises ScopeRefused, NoMeasures.

    Law: Reg. (EU) 2022/2065 Art. 9(2)(b).
    """
    with changing_for(by, case_id, Role.COUNSEL) as case:
        measures = _waiting(case, target_ids)
        problems = [
            problem.explanation
            for measure in measures
            for problem in rules.scope_problems(territories, measure.asked_territories, reason)
        ]
        if problems:
            raise ScopeRefused(*dict.fromkeys(problems))
        for measure in measures:
            measure.territories = sorted(set(territories))
            is_narrower = rules.is_narrower(measure.territories, measure.asked_territories)
            measure.narrowed_reason = reason.strip() if is_narrower else ""
        Measure.objects.bulk_update(measures, ["territories", "narrowed_reason"], batch_size=AT_ONCE)
        void_approvals(case, RELEASE_KINDS, because="narrowed", now=now)
        record(
            case,
            kinds.MEASURES_NARROWED,
            at=now,
            by=by,
            measures=len(measures),
            territories=sorted(set(territories)),
            reason=committed(case, reason.strip(), now=now),
        )
        return len(measures)


def check_collateral(
    *, case_id: int, hit: Sequence[Hit], note: str, target_ids: Collection[int] = (), by: User, now: datetime
) -> int:
    """Record whom else the measures on these targets, or on all, would hit; return how many measures were looked at.

    A check done anew takes the place of the one before. Raises Refused naming what is missing.
    """
    if not hit and not note.strip():
        raise Refused(_("Say where you looked, when nobody else is hit."))
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        measures = _waiting(case, target_ids)
        _require_right(measures, hit)
        ids = [measure.pk for measure in measures]
        Affected.objects.filter(measure__in=ids).delete()
        Affected.objects.bulk_create(
            (
                Affected(measure_id=pk, what=one.what, customer=one.customer, is_told=one.is_told, reason=one.reason)
                for pk in ids
                for one in hit
            ),
            batch_size=AT_ONCE,
        )
        case.measures.filter(pk__in=ids).update(
            collateral_checked_at=now, collateral_checked_by=by, collateral_note=note.strip()
        )
        void_approvals(case, RELEASE_KINDS, because="collateral_checked", now=now)
        record(
            case,
            kinds.COLLATERAL_CHECKED,
            at=now,
            by=by,
            measures=len(ids),
            affected=len(hit),
            told=sum(one.is_told for one in hit),
            note=committed(case, note.strip(), now=now),
        )
        return len(ids)


def _waiting(case: Case, target_ids: Collection[int]) -> list[Measure]:
    """Return the measures on these targets, or on all, that have no effect yet. Raises NoMeasures."""
    chosen = Q(target__in=target_ids) if target_ids else Q()
    found = list(case.measures.filter(chosen, effect_at=None).select_related("target"))
    if not found:
        raise NoMeasures(_("No measure waits for its effect here: set what the order asks first."))
    return found


def _require_right(measures: Collection[Measure], hit: Sequence[Hit]) -> None:
    if len({one.what for one in hit}) != len(hit):
        raise Refused(_("Name everything that is hit once."))
    own = {measure.target.customer_id for measure in measures}
    problems = [
        problem.explanation
        for one in hit
        for problem in rules.told_problems(
            is_told=one.is_told,
            reason=one.reason,
            is_known=one.customer is not None,
            is_targets_own=one.customer is not None and one.customer.pk in own,
        )
    ]
    if problems:
        raise Refused(*dict.fromkeys(problems))
