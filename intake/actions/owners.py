"""Whose the targets of a case are: asked of the directory's table when the case opens, of the far end afterwards.

The far end is never asked inside a transaction, and of sealed cases only where the operator says so: whoever runs it
would learn of the target.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from cases.actions.changing import changing
from cases.actions.customers import TOLD, known_or_new
from cases.actions.matches import Found, record_matches
from cases.models import Case, Target
from cases.queries.installation import hold_in_force
from cases.states import OPEN, TargetMatch
from intake.directory.connector import Directory, LookupFailed, Unreachable
from intake.directory.entries import Verdict, known, of_customers, remember, verdict
from intake.directory.names import exact
from intake.models import DirectoryEntry

AGAIN_AFTER = timedelta(minutes=15)  # for a target of which the far end said nothing
AT_ONCE = 20  # targets asked of the far end before what it said is written down
IN_ONE_RUN = 400  # of them: the clock comes by again


def match_due(*, now: datetime) -> None:
    """Look up every target of an open case of which nobody has asked yet, or whose question failed a while ago.

    Asks "due and not yet done"; two schedulers at once ask twice and write the same. While the installation is held
    nobody is asked (invariant 14). Where there is no directory at all, targets stay as not looked up.
    """
    if hold_in_force() or not has_directory():
        return
    budget, is_reachable = IN_ONE_RUN, True
    for case_id in list(due(now).order_by("case_id").values_list("case_id", flat=True).distinct()):
        left = match_from_table(case_id, now=now)
        for start in range(0, len(left), AT_ONCE):
            if budget <= 0 and is_reachable:
                return
            chunk = left[start : start + AT_ONCE]
            budget -= len(chunk)
            is_reachable = _match_from_far_end(case_id, chunk, now=now, is_reachable=is_reachable)


def has_directory() -> bool:
    """Whether there is anything to ask."""
    return bool(settings.WRITDESK.directory_url) or DirectoryEntry.objects.exists()


def due(now: datetime) -> QuerySet[Target]:
    """Return the targets that are still to be looked up."""
    wanted = Q(match=TargetMatch.NOT_ASKED) | Q(match=TargetMatch.FAILED, match_at__lte=now - AGAIN_AFTER)
    found: QuerySet[Target] = Target.objects.filter(
        wanted, customer=None, match__in=["not_asked", "failed"], case__state__in=OPEN, case__is_held=False
    )
    return found.exclude(TOLD)


def match_from_table(case_id: int, *, now: datetime) -> Sequence[Target]:
    """Match what the table can tell, by one query, and return the targets that are left for the far end."""
    targets = list(due(now).filter(case=case_id).order_by("pk"))
    if not targets:
        return []
    entries = known(((target.kind, target.value) for target in targets), now)
    verdicts = [(target, verdict(target.kind, target.value, entries)) for target in targets]
    if _far_end(case_id) is None:
        verdicts = [(target, said or Verdict(TargetMatch.NOT_FOUND)) for target, said in verdicts]
    _write(case_id, [(target, said) for target, said in verdicts if said], now=now)
    return [target for target, said in verdicts if said is None]


def _far_end(case_id: int) -> Directory | None:
    """Return the far end that may be asked about this case at this moment, or None."""
    desk = settings.WRITDESK
    sealed = Case.objects.filter(pk=case_id, compartment__isnull=False)
    if not desk.directory_url or (not desk.directory_for_sealed and sealed.exists()):
        return None
    return Directory(desk.directory_url, desk.directory_token, desk.directory_timeout)


def _match_from_far_end(case_id: int, targets: Sequence[Target], *, now: datetime, is_reachable: bool) -> bool:
    """Ask for these targets and write down what was said; return whether the far end still answers.

    One that did not answer is not asked again in the same run: what is left has failed, for now.
    """
    directory = _far_end(case_id)  # the case may have been sealed since the one before
    if directory is None:
        return is_reachable
    said = []
    for target in targets:
        found = Verdict(TargetMatch.FAILED)
        if is_reachable:
            try:
                found = _ask(directory, case_id, target, now=now)
            except Unreachable:
                is_reachable = False
            except LookupFailed:
                pass  # of this target it said nothing that can be used; others may do better
        said.append((target, found))
    _write(case_id, said, now=now)
    return is_reachable


def _ask(directory: Directory, case_id: int, target: Target, *, now: datetime) -> Verdict:
    name = exact(target.kind, target.value)[0]
    said = directory.who_has(name)
    with changing(case_id) as case:  # it is not sealed between the look and what is kept
        customers = [known_or_new(case, described.identifier, described.fields) for described in said]
        # What is kept of a sealed case's question would tell others that it was asked.
        if case.compartment_id is None:
            remember(name, customers, now)
    return of_customers([customer.pk for customer in customers])


def _write(case_id: int, said: Collection[tuple[Target, Verdict]], *, now: datetime) -> None:
    found = [Found(target.pk, one.match, one.customer_id) for target, one in said]
    record_matches(case_id=case_id, found=found, now=now)
