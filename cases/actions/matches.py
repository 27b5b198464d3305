"""What the customer directory said of targets: taken into the case, or left for a person where it was unsure."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from cases import ledger_kinds as kinds
from cases.actions.changing import changing, record
from cases.actions.customers import TOLD, give_targets
from cases.models import Target
from cases.queries.customers import as_known_here
from cases.states import OPEN, TargetMatch


@dataclass(frozen=True)
class Found:
    """What the directory said of one target; `customer_id` where it named exactly one."""

    target_id: int
    match: TargetMatch
    customer_id: int | None = None


def record_matches(*, case_id: int, found: Collection[Found], now: datetime) -> None:
    """Give targets to the customers that the directory named, and note of the others why nobody was.

    A target that a person matched meanwhile, or of which a notice left, keeps what it has. A case that has ended is
    left as it is.
    """
    with changing(case_id) as case:
        if not case.is_open or not found:
            return
        waiting = case.targets.filter(customer=None, pk__in=[one.target_id for one in found]).exclude(TOLD)
        still = set(waiting.values_list("pk", flat=True))
        taken = [one for one in found if one.target_id in still]
        here = as_known_here(case, {one.customer_id for one in taken if one.customer_id is not None})
        by_match: defaultdict[TargetMatch, list[int]] = defaultdict(list)
        by_customer: defaultdict[int, list[int]] = defaultdict(list)
        for one in taken:
            by_match[one.match].append(one.target_id)
            if one.customer_id is not None:
                by_customer[here[one.customer_id]].append(one.target_id)
        for match, target_ids in by_match.items():
            case.targets.filter(pk__in=target_ids).update(match=match, match_at=now)
        if by_customer:
            give_targets(case, by_customer, by=None, now=now)
        if taken:
            record(
                case,
                kinds.TARGETS_LOOKED_UP,
                at=now,
                by=None,
                found=len(by_match[TargetMatch.FOUND]),
                not_found=len(by_match[TargetMatch.NOT_FOUND]),
                several=len(by_match[TargetMatch.SEVERAL]),
                failed=len(by_match[TargetMatch.FAILED]),
            )


def ask_again() -> int:
    """Let the targets of open cases for which nobody was found be looked up anew; return how many."""
    return Target.objects.filter(customer=None, match=TargetMatch.NOT_FOUND, case__state__in=OPEN).update(
        match=TargetMatch.NOT_ASKED
    )
