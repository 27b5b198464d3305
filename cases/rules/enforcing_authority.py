"""The enforcing authority of an EPOC: what its word, or its silence, does to a production.

Law: Reg. (EU) 2023/1543 Arts. 8(4), 10(2), 10(4), 12.
"""

from datetime import datetime

from cases.rules.nondisclosure import UNTIL_LIFTED


def producible_from(
    not_before_at: datetime | None, *, confirmed_at: datetime | None, refused_at: datetime | None
) -> datetime | None:
    """Return from when data may be produced; None: from receipt; UNTIL_LIFTED: never, the authority refused.

    `not_before_at` is the end of the time in which nothing may be produced (rules.deadlines); None: there is none.

    A notified authority suspends the production until the end of the ten days, or until it confirms that it will raise
    no ground. A refusal blocks for good, also after a confirmation.

    Law: Reg. (EU) 2023/1543 Arts. 10(2), 12(2).
    """
    if refused_at is not None:
        return UNTIL_LIFTED
    if not_before_at is None or confirmed_at is None:
        return not_before_at
    return min(confirmed_at, not_before_at)


def effect_of_objection(*, objected_at: datetime, last_moment_at: datetime, produced_at: datetime | None) -> str:
    """Return what an objection to an emergency EPOC does: "block", "task" or "too_late".

    Before the data left it blocks them. After, it is no error: the issuing authority deletes or restricts, and a person
    follows that up. Past the 96 hours (clock epoc_authority_objection) it has no effect by itself.

    Law: Reg. (EU) 2023/1543 Arts. 10(4), 12(1).
    """
    if objected_at >= last_moment_at:
        return "too_late"
    return "block" if produced_at is None else "task"
