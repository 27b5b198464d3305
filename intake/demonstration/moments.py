"""Lives that stop at a moment that a desk should show: something proposed, and nobody has decided yet."""

from collections.abc import Mapping

from cases.actions import conflict, ending
from intake.demonstration.answers import propose_answer
from intake.demonstration.contests import keep_from_customer, propose_to_challenge
from intake.demonstration.deeds import DAY, agree, ask, assess, refuse, review_all, triage
from intake.demonstration.life import Life
from intake.demonstration.plots import Plot, ordinary, to_notice


def reviewed(life: Life) -> None:
    """In legal review."""
    triage(life)


def conflict_checked(life: Life) -> None:
    """In the conflict check."""
    triage(life)
    review_all(life)


def asked_now(life: Life) -> None:
    """A question is out."""
    triage(life)
    ask(life)


def answer_waits(life: Life) -> None:
    """The answer waits for a second counsel."""
    to_notice(life)
    propose_answer(life)


def approved_not_released(life: Life) -> None:
    """Approved, and waiting for the hand that releases it."""
    to_notice(life)
    agree(life, propose_answer(life))


def refusal_waits(life: Life) -> None:
    """The refusal waits for a second counsel."""
    triage(life)
    life.work(2, DAY)
    refuse(life, "overbroad")


def silence_waits(life: Life) -> None:
    """Not telling, by our own decision, waits for a second counsel."""
    life.mail_bounces = True
    to_notice(life)
    life.work(0.5, 3)
    keep_from_customer(life)


def going_on_waits(life: Life) -> None:
    """Going on in spite of a conflict of law waits for a second counsel."""
    triage(life)
    review_all(life)
    life.work(1, 9)
    assess(life, conflicting=True)
    reason = "The account is used in the United States; comity favours an answer of this scope."
    conflict.propose_going_on(case_id=life.case_id, reason=reason, by=life.staff.ines, now=life.now)


def challenge_waits(life: Life) -> None:
    """Going to court waits for a second counsel."""
    to_notice(life)
    propose_to_challenge(life)


def reopening_waits(life: Life) -> None:
    """Opening a closed case again waits for a second counsel."""
    ordinary(life)
    life.work(2, DAY)
    reason = "The agency sent an amended order for the same accounts."
    ending.propose_reopening(
        case_id=life.case_id, because="amended_order", reason=reason, by=life.staff.ines, now=life.now
    )


def secret_waits(life: Life) -> None:
    """Inside the compartment, an answer waits for a second counsel."""
    answer_waits(life)


PLOTS: Mapping[str, Plot] = {
    plot.__name__: plot
    for plot in (
        reviewed,
        conflict_checked,
        asked_now,
        answer_waits,
        approved_not_released,
        refusal_waits,
        silence_waits,
        going_on_waits,
        challenge_waits,
        reopening_waits,
        secret_waits,
    )
}
