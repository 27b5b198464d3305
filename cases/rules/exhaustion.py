"""Whether every remedy is exhausted: what each instance of a challenge decided, and what is still open until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.rules.wording import long_date


@dataclass(frozen=True)
class Stage:
    """One instance, the earliest first. Dates are those of its court."""

    forum: str
    filed_on: date | None
    decided_on: date | None
    appealed_on: date | None
    appeal_until: date | None  # the last day, inclusive; None: no appeal lies


@dataclass(frozen=True)
class Exhaustion:
    """Whether anything can still be done against a request or an order, with how that was found."""

    exhausted: bool
    open: str  # not_filed, undecided, appealable, appealed; empty: nothing is open
    until: date | None  # the last day for what is open, where there is one
    steps: tuple[str, ...]  # a sentence for each instance
    explanation: str


def exhaustion(stages: Sequence[Stage], *, file_until: date, today: date) -> Exhaustion:
    """Return whether every remedy is exhausted today.

    It is when the last instance has decided, nobody appealed, and the last day to appeal is over or no appeal lies. On
    the last day itself one can still appeal. `file_until` is the last day to begin the first instance.
    """
    steps = tuple(_step(stage) for stage in stages)
    if not stages or (stages[-1].filed_on is None and stages[-1].decided_on is None):
        return _open("not_filed", file_until, steps, f"nothing is filed yet: possible until {long_date(file_until)}")
    last = stages[-1]
    if last.decided_on is None:
        return _open("undecided", None, steps, f"{last.forum} has not decided")
    if last.appealed_on:
        return _open("appealed", None, steps, f"the decision of {last.forum} was appealed")
    if last.appeal_until and today <= last.appeal_until:
        return _open("appealable", last.appeal_until, steps, f"an appeal lies until {long_date(last.appeal_until)}")
    why = "nobody appealed in time" if last.appeal_until else "no appeal lies"
    return Exhaustion(True, "", None, steps, f"every remedy is exhausted: {last.forum} decided last and {why}")


def _open(what: str, until: date | None, steps: tuple[str, ...], why: str) -> Exhaustion:
    return Exhaustion(False, what, until, steps, f"not every remedy is exhausted: {why}")


def _step(stage: Stage) -> str:
    said = [stage.forum]
    if stage.filed_on:
        said.append(f"filed {long_date(stage.filed_on)}")
    if stage.decided_on:
        said.append(f"decided {long_date(stage.decided_on)}")
    if stage.appeal_until:
        said.append(f"could be appealed until {long_date(stage.appeal_until)}")
    if stage.appealed_on:
        said.append(f"appealed {long_date(stage.appealed_on)}")
    return ", ".join(said)
