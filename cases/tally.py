"""What the guards ask of all targets of a case at once, counted in one query."""

from dataclasses import asdict, dataclass

from django.db import connection

from cases.models import Case

# The categories of all targets that the instrument cannot compel are passed in, so that a lawyer's change of the
# registry reaches every open case at its next count.
_COUNT = """
SELECT count(*),
       count(*) FILTER (WHERE t.kind = 'account'),
       count(*) FILTER (WHERE t.kind = 'domain'),
       count(*) FILTER (WHERE t.kind <> 'domain'),
       count(*) FILTER (WHERE t.customer_id IS NULL),
       count(*) FILTER (WHERE t.duty_id IS NULL),
       count(*) FILTER (WHERE t.authorised = '{}'),
       count(*) FILTER (WHERE t.authorised <> '{}' AND t.authorised <> t.asked AND t.cut_reason = ''),
       count(*) FILTER (WHERE NOT t.authorised <@ %(compellable)s::varchar[]),
       count(*) FILTER (WHERE a.id IS NULL),
       count(*) FILTER (WHERE a.is_conflict)
  FROM cases_target t LEFT JOIN cases_conflictassessment a ON a.target_id = t.id
 WHERE t.case_id = %(case)s
"""


@dataclass(frozen=True)
class Tally:
    """Counts over the targets of one case."""

    targets: int = 0
    accounts: int = 0
    domains: int = 0
    selectors: int = 0  # accounts and other targets, the unit of 50 USC 1874: everything but domains
    unmatched: int = 0  # without a known customer
    without_duty: int = 0
    unauthorised: int = 0
    cut_without_reason: int = 0
    beyond_instrument: int = 0
    unassessed: int = 0
    conflicts: int = 0


def count(case: Case) -> Tally:
    """Return the counts as they are now. Under the case's lock they are the truth."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"case": case.pk, "compellable": list(case.instrument.compels)})
        row = cursor.fetchone()
    return Tally(*row)


def recount(case: Case) -> Tally:
    """Count again and keep the result on the case, for pages to read. The caller saves nothing else by this."""
    tally = count(case)
    case.tally, case.target_count = asdict(tally), tally.targets
    Case.objects.filter(pk=case.pk).update(tally=case.tally, target_count=case.target_count)
    return tally


def kept(case: Case) -> Tally:
    """Return the counts as last kept on the case: what a page shows, at any number of targets."""
    return Tally(**case.tally)
