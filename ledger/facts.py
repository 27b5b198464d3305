"""What reports count: a fact rides in the payload of the entry that made it true."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

FactName = Literal["received", "outcome", "reopened", "notice", "fraud", "duplicate"]
FACT_NAMES: frozenset[str] = frozenset({"received", "outcome", "reopened", "notice", "fraud", "duplicate"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One countable fact about the stream's case.

    A restricted fact (national security) is projected into a table of its own, which no ordinary count reads.
    """

    name: FactName
    at: datetime  # when it became true, which decides the reporting period; the entry may be written later
    line: str = ""  # instrument code or report line
    value: str = ""  # an outcome: answered, answered_partial, no_data, rejected, withdrawn; or the notice's outcome
    subject: int = 0  # the notice duty it is about
    accounts: int = 0
    domains: int = 0
    selectors: int = 0
    restricted: bool = False
