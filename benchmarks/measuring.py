"""Taking times, and putting them beside a floor."""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

Work = Callable[[], object]


@dataclass(frozen=True)
class Times:
    """How long the same work took, each time, in seconds."""

    each: tuple[float, ...]

    @property
    def p50(self) -> float:
        return median(self.each)

    @property
    def p95(self) -> float:
        return quantiles(self.each, n=20, method="inclusive")[-1] if len(self.each) > 1 else self.each[0]

    @property
    def mean(self) -> float:
        return sum(self.each) / len(self.each)

    def __str__(self) -> str:
        return f"{self.p50 * 1000:.1f} ms (p95 {self.p95 * 1000:.1f})"


def together(all_times: Sequence[Times]) -> Times:
    """Return the times of several works as if they were one."""
    return Times(tuple(one for times in all_times for one in times.each))


def in_turn(rounds: int, *works: Work, warm_up: int = 1) -> list[Times]:
    """Return the times of each work, all done in turn, so that what else the machine does meets them alike."""
    taken: list[list[float]] = [[] for _work in works]
    gc.collect()
    for turn in range(-warm_up, rounds):
        for work, times in zip(works, taken, strict=True):
            seconds = timed(work)
            if turn >= 0:
                times.append(seconds)
    return [Times(tuple(times)) for times in taken]


def timed(work: Work) -> float:
    """Return the seconds that the work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, what it took, what the floor took, and the ratio of the two."""

    what: str
    ours: str
    floor: str
    ratio: float
    target: str = ""

    def __str__(self) -> str:
        wanted = f"   wanted: {self.target}" if self.target else ""
        return f"  {self.what}: {self.ours}, floor {self.floor}, ratio {self.ratio:.2f}{wanted}"

    @property
    def markdown(self) -> str:
        """The row as docs/performance.md has it."""
        return f"| {self.what} | {self.ours} | {self.floor} | {self.ratio:.2f} | {self.target} |"


HEAD = "| measured | Writdesk | floor | ratio | wanted |\n|---|---|---|---|---|"
