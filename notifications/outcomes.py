"""What became of one customer's data, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.models import Case, Disclosure, NoticeDuty
from cases.states import CaseState, DisclosureResult, Outcome
from notifications.orders import is_lifted, on_theirs
from notifications.targets import theirs
from notifications.wording import ASKED

R = DisclosureResult


@dataclass(frozen=True)
class Result:
    """A sentence that says it, and what was handed over: kinds of data, none where nothing was."""

    sentence: str
    given: tuple[str, ...] = ()


def result(case: Case, duty: NoticeDuty) -> Result | None:
    """Return what became of the data of this duty's customer; None while nothing did and the request is open."""
    rows = Disclosure.objects.filter(production__case=case, target__in=theirs(case, duty).order_by().values("pk"))
    found = set(rows.order_by().values_list("category", "result").distinct())
    results = {result for _category, result in found}
    if R.PRODUCED in results:
        given = {category for category, result in found if result == R.PRODUCED}
        words = tuple(str(words) for category, words in ASKED.items() if category in given)
        return Result(_("We handed over to the authority what is listed here."), words)
    if R.EFFECT_GIVEN in results:
        if is_lifted(on_theirs(case, duty)):
            return Result(_("What the order had demanded has no effect any more."))
        return Result(_("We did what the order demands."))
    if R.PRESERVED in results:
        return Result(_("We kept a copy of the data and handed over nothing."))
    if R.NO_RECORDS in results:
        return Result(_("We handed over nothing about you: we do not have what was asked for."))
    return _without_rows(case, bool(results))


def _without_rows(case: Case, is_withheld: bool) -> Result | None:
    if case.rejection_ground or case.outcome == Outcome.REJECTED:
        return Result(_("We refused the request. We handed over nothing about you."))
    if Outcome.WITHDRAWN in (case.state, case.outcome):
        return Result(_("The authority took its request back. We handed over nothing about you."))
    if is_withheld or case.state in (CaseState.ANSWERED, CaseState.CLOSED):
        return Result(_("We handed over nothing about you."))
    return None
