"""Asking a court to look at a gag: who may, what comes next, and that silence lasts meanwhile."""

from dataclasses import dataclass
from datetime import date

from cases.rules.clocks import clock_rule
from cases.rules.nondisclosure import BASES, basis


@dataclass(frozen=True)
class Review:
    """Where the judicial review of one order of silence stands."""

    state: str  # to_ask, government_to_apply, government_silent, before_the_court
    source: str  # of the clock in which the Government applies
    verified: bool


REVIEWABLE = tuple(code for code, one in BASES.items() if one.review_clock)


def judicial_review(
    basis_code: str, *, asked_on: date | None, apply_until: date | None, applied_on: date | None, today: date
) -> Review | None:
    """Return where the review of an order in force on this basis stands; None: this basis knows none.

    `apply_until` is the last day on which the Government may apply, once it was notified. Whatever is returned, the
    gag stays in force: only a court, or the Government itself, ends it.

    Law: 18 USC 3511(b)(1): the recipient notifies, the Government applies not later than 30 days after that.
    """
    found = basis(basis_code)
    if not found.review_clock:
        return None
    rule = clock_rule(found.review_clock)
    if applied_on:
        state = "before_the_court"
    elif asked_on is None:
        state = "to_ask"
    else:
        state = "government_silent" if apply_until and today > apply_until else "government_to_apply"
    return Review(state, rule.source, rule.verified)
