"""What a guard yields: one thing that must hold, in the words of who reads it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise

from cases.dossier import Dossier

Guard = Callable[[Dossier], Iterator["Check"]]


@dataclass(frozen=True)
class Check:
    """One thing that must hold: a sentence for when it does and one for when it does not."""

    met: bool
    holds: str | Promise
    missing: str | Promise

    @property
    def sentence(self) -> str | Promise:
        return self.holds if self.met else self.missing
