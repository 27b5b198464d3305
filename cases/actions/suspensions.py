"""The deadline to answer while a request is challenged: it stands still where the law says so, and elsewhere runs."""

from datetime import datetime

from accounts.models import User
from cases import ledger_kinds as kinds
from cases.actions.changing import record
from cases.actions.clocks import CHALLENGE_ENDED, pause, resume_suspended
from cases.models import Case, Challenge
from cases.rules.remedies import Remedy, remedy
from cases.states import ClockState


def let_clocks_stand(case: Case, challenge: Challenge, *, by: User, now: datetime) -> None:
    """Let the deadline to answer stand still where the law says so while this remedy is pending; no other clock.

    Law: 18 USC 2703(h); Reg. (EU) 2023/1543 Art. 17(3). Everywhere else it runs on: cases.rules.remedies says why.
    """
    found = remedy(challenge.remedy)
    standing = list(case.clocks.filter(state=ClockState.RUNNING, ends_answer=True)) if found.suspends else []
    if not standing:
        return
    pause(case, standing, why=_effect(found), by=by, now=now)
    rules = [clock.rule for clock in standing]
    record(case, kinds.CLOCKS_SUSPENDED, at=now, by=by, remedy=found.code, rules=rules)


def let_clocks_run(case: Case, challenge: Challenge, *, by: User, now: datetime) -> None:
    """Let what stood still for the challenge run on, later by that time."""
    resume_suspended(case, _effect(remedy(challenge.remedy)), why=CHALLENGE_ENDED, by=by, now=now)


def _effect(found: Remedy) -> str:
    return f"{found.effect} {found.source}"
