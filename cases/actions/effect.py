"""Effect: given in the moment of the release, with the notice that is due then, and reported to the authority."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, record
from cases.actions.duties import owe_all
from cases.actions.effect_reports import effect_report
from cases.actions.letters import draft_letter
from cases.actions.statements import undecided
from cases.models import Affected, Case, LetterKind, Measure, NoticeDuty, OrderStatement, Production
from cases.release_guards import NOT_STATED
from cases.rules import measures as rules
from cases.states import DisclosureResult, DutyKind, DutyState


class EffectNotReady(Refused):
    """Something that must come before effect is given, or be known for the notice that is due with it, is missing."""


class SilenceUndecided(Refused):
    """An order not to tell stands against a notice that is due by law: counsel decides which goes first."""


class _Row(Protocol):
    @property
    def target_id(self) -> int: ...
    @property
    def result(self) -> str: ...


def require_effect(case: Case, rows: Sequence[_Row], *, now: datetime) -> None:
    """Raise unless what these rows do may take effect now, and its notice can be given in the same moment.

    Every measure is looked at for whom else it hits; the notice has all that it must repeat and somebody to go to; and
    where an order not to tell stands against it, counsel has decided.

    Law: Reg. (EU) 2022/2065 Arts. 9(5), 9(6), 10(5), 10(6). Raises EffectNotReady, SilenceUndecided.
    """
    if not case.instrument.tells_at_effect:
        return
    if undecided(case, now):
        raise SilenceUndecided(
            _("An order not to tell stands against the notice that is due with the effect: counsel decides first (%s).")
            % case.instrument.silence_source
        )
    leaving = {row.target_id for row in rows if row.result != DisclosureResult.WITHHELD}
    measures = _measures(case, {row.target_id for row in rows if row.result == DisclosureResult.EFFECT_GIVEN})
    _require_measures(measures, rows)
    _require_stated(case, measures)
    _require_contact(case, leaving)


def _measures(case: Case, target_ids: Collection[int]) -> list[Measure]:
    return list(case.measures.filter(target__in=target_ids, effect_at=None))


def _require_measures(measures: Sequence[Measure], rows: Sequence[_Row]) -> None:
    effective = {row.target_id for row in rows if row.result == DisclosureResult.EFFECT_GIVEN}
    if effective - {measure.target_id for measure in measures}:
        raise EffectNotReady(_("Set for every target what the order asks to be done."))
    if any(measure.collateral_checked_at is None for measure in measures):
        raise EffectNotReady(_("Look first for who else is hit by what takes effect."))


def _require_stated(case: Case, measures: Sequence[Measure]) -> None:
    statement = OrderStatement.objects.filter(case=case).first() or OrderStatement()
    stated: Sequence[Measure | OrderStatement] = measures or [statement]
    missing = {
        name
        for one in stated
        for name in rules.unstated(
            case.instrument, reasons=one.reasons, redress=one.redress, territories=getattr(one, "territories", ())
        )
    }
    if missing:
        raise EffectNotReady(*(words for name, words in NOT_STATED.items() if name in missing))


def _require_contact(case: Case, target_ids: Collection[int]) -> None:
    waiting = case.duties.filter(targets__in=target_ids, state=DutyState.PENDING, due_at=None)
    if waiting.filter(Q(customer=None) | Q(customer__email="")).exists():
        raise EffectNotReady(
            _("The notice is due with the effect and has nobody to go to: say whose the target is, or why not.")
        )


def let_fall_due(case: Case, rows: Sequence[_Row], *, all_of_them: bool, now: datetime) -> None:
    """Let the notices fall due that wait for what these rows do; with the last of them, all.

    In the transaction of the release and before its rows are written: the database refuses what leaves without them.

    Law: Reg. (EU) 2022/2065 Arts. 9(5), 10(5): "at the latest when effect is given".
    """
    if not case.instrument.tells_at_effect:
        return
    leaving = {row.target_id for row in rows if row.result != DisclosureResult.WITHHELD}
    which = Q() if all_of_them else Q(targets__in=leaving)
    waiting = case.duties.filter(which, state=DutyState.PENDING, due_at=None).values_list("pk", flat=True)
    NoticeDuty.objects.filter(pk__in=list(waiting)).update(due_at=now)


def give_effect(case: Case, production: Production, *, by: User, now: datetime) -> None:
    """Note the moment of effect of what a production does.

    In the transaction of the release. Who is hit beside the targets and is to be told is owed a notice of their own;
    the report to the authority is drafted.

    Law: Reg. (EU) 2022/2065 Arts. 9(1), 10(1): "any effect given", specifying if and when.
    """
    if not case.instrument.tells_at_effect:
        return
    rows = production.rows.exclude(result=DisclosureResult.WITHHELD)
    effective = rows.filter(result=DisclosureResult.EFFECT_GIVEN).values_list("target", flat=True)
    measures = _measures(case, list(effective))
    if measures:
        case.measures.filter(pk__in=[measure.pk for measure in measures]).update(effect_at=now, effect_by=by)
        told = _owe_affected(case, measures, by=by, now=now)
        record(
            case,
            kinds.EFFECT_GIVEN,
            at=now,
            by=by,
            production=production.pk,
            measures=len(measures),
            targets=len({measure.target_id for measure in measures}),
            affected=told,
            effect=now,
        )
    draft_letter(case, LetterKind.EFFECT_REPORT, effect_report(case, measures, now), by=by, now=now)


def _owe_affected(case: Case, measures: Sequence[Measure], *, by: User, now: datetime) -> int:
    """Owe a notice to each customer who is hit and is to be told, once in a case; return to how many."""
    hit = Affected.objects.filter(measure__in=[one.pk for one in measures], is_told=True, customer__isnull=False)
    known = set(case.duties.filter(kind=DutyKind.AFFECTED).values_list("customer", flat=True))
    new = sorted(set(hit.values_list("customer", flat=True)) - known)
    owe_all(case, DutyKind.AFFECTED, new, now=now, by=by)
    return len(new)
