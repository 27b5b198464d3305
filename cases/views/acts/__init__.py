"""Everything a person may do to a case, a module per noun: the page's buttons and the addresses both come from here."""

from collections.abc import Mapping

from cases.views.acts import (
    agency,
    amendments,
    challenges,
    clocks,
    conflict,
    customers,
    deliveries,
    endings,
    fraud,
    measures,
    notices,
    preservations,
    redactions,
    releases,
    review,
    silence,
    triage,
)
from cases.views.acts.act import Act

__all__ = ["ACTS", "MOVES", "ON_ROWS", "WORK", "Act"]

# In the order of a case's path.
PATH = (
    "begin-review",
    "pass-review",
    "clear-conflict",
    "agency-replied",
    "answer",
    "answer-emergency",
    "produce-part",
    "ask-agency",
    "challenge",
    "resolve-challenge",
    "close",
    "reopen",
    "withdraw",
    "reject",
)

_moves = {
    **triage.MOVES,
    **review.MOVES,
    **conflict.MOVES,
    **agency.MOVES,
    **challenges.MOVES,
    **releases.MOVES,
    **endings.MOVES,
}

# What moves the case. `second` of the workflow: another counsel approves it first.
MOVES: Mapping[str, Act] = {name: _moves[name] for name in PATH}

# What is set, answered and recorded on the way.
WORK: Mapping[str, Act] = {
    **review.WORK,
    **agency.WORK,
    **conflict.WORK,
    **triage.WORK,
    **amendments.WORK,
    **fraud.WORK,
    **deliveries.WORK,
    **customers.WORK,
    **silence.WORK,
    **preservations.WORK,
    **clocks.WORK,
    **measures.WORK,
}

# What is done to one row of the case; its panel links to it.
ON_ROWS: Mapping[str, Act] = {
    **conflict.ON_ROWS,
    **agency.ON_ROWS,
    **silence.ON_ROWS,
    **preservations.ON_ROWS,
    **notices.ON_ROWS,
    **challenges.ON_ROWS,
    **clocks.ON_ROWS,
    **deliveries.ON_ROWS,
    **fraud.ON_ROWS,
    **redactions.ON_ROWS,
}

ACTS: Mapping[str, Act] = {**MOVES, **WORK, **ON_ROWS}
