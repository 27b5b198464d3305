"""A court narrowed the request: what it left is the most that can be authorised from then on."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from cases import ledger_kinds as kinds
from cases import tally
from cases.actions.changing import Refused, record
from cases.actions.rule_answers import answer_by_rule
from cases.models import Case
from cases.rules.narrowing import categories_left, items_left
from cases.states import Category


def narrow(
    case: Case,
    *,
    scope: Collection[Category] | None,
    target_ids: Collection[int] = (),
    fields: Collection[str] | None = None,
    by: User,
    now: datetime,
) -> None:
    """Cut what is asked to what the court left. Under the case's lock; nothing is authorised yet.

    `scope`: the categories left, of the targets named (all, where none is); None: every one. `fields`: the items of
    18 USC 2703(c)(2) left of the whole request; None: the court told none apart. Raises Refused where nothing is left
    of a target, where more is said to be left than was asked, and where items are cut for some targets only.
    """
    if scope is None and fields is None:
        return
    kept = set(case.asked if scope is None else scope)
    _require_part(case, kept, target_ids, fields)
    chosen = case.targets.filter(pk__in=target_ids) if target_ids else case.targets.all()
    named = case.asked_fields
    for asked in {tuple(one) for one in chosen.order_by().values_list("asked", flat=True).distinct()}:
        left = list(categories_left(case.instrument_code, asked, scope=kept, named=named, letters=fields))
        if not left:
            raise Refused(_("Choose what the court left of what was asked."))
        chosen.filter(asked=list(asked)).update(asked=left)
    still = {category for asked in case.targets.order_by().values_list("asked", flat=True) for category in asked}
    before, case.asked = case.asked, [category for category in case.asked if category in still]
    if fields is not None:
        case.asked_fields = list(items_left(case.instrument_code, before, named=named, letters=fields))
    case.save(update_fields=["asked", "asked_fields"])
    record(
        case,
        kinds.REQUEST_NARROWED,
        at=now,
        by=by,
        asked=case.asked,
        left=sorted(kept),
        targets=chosen.count(),
        fields=case.asked_fields or None,
    )
    tally.recount(case)
    answer_by_rule(case, now=now)


def _require_part(
    case: Case, kept: Collection[str], target_ids: Collection[int], fields: Collection[str] | None
) -> None:
    asked = items_left(case.instrument_code, case.asked, named=case.asked_fields, letters="ABCDEF")
    if not set(kept) <= set(case.asked) or (fields is not None and not set(fields) <= set(asked)):
        raise Refused(_("Choose what the court left of what was asked."))
    if fields is not None and target_ids and case.targets.exclude(pk__in=target_ids).exists():
        raise Refused(_("Items are named by the paper for every target: cut them for all, categories for some."))
