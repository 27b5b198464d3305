"""What a rule finds wrong."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One reason why something may not be done: a code to act on and the sentence a person needs."""

    code: str
    explanation: str
