"""The history of cases as the ledger tells it: written by the real append, read by the counts."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import transaction

from cases import ledger_kinds as kinds
from ledger.actions import Row, append, append_many
from ledger.facts import Fact, FactName
from ledger.kinds import EntryKind

KINDS: dict[FactName, EntryKind] = {
    "received": kinds.RECEIVED,
    "outcome": kinds.ANSWERED,
    "reopened": kinds.REOPENED,
    "notice": kinds.DUTY_CHANGED,
    "fraud": kinds.CLOSED,
    "duplicate": kinds.CLOSED,
}
SUBPOENA = "us_subpoena"


def at(moment: str) -> datetime:
    """Return the instant of an ISO text; a day alone is its noon, what has no offset is in UTC."""
    parsed = datetime.fromisoformat(moment if "T" in moment else f"{moment}T12:00")
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def tell(case: int, name: FactName, moment: str, value: str = "", *, line: str = SUBPOENA, **counts: int) -> None:
    """Write one fact of a case into its stream."""
    fact = Fact(name, at(moment), line=line, value=value, **counts)  # type: ignore[arg-type]
    with transaction.atomic():
        append(stream=f"case:{case}", kind=KINDS[name], at=fact.at, by=None, fact=fact)


def received(case: int, moment: str, *, line: str = SUBPOENA, **counts: int) -> None:
    """A request reaches the provider."""
    tell(case, "received", moment, "", line=line, **counts)


def ended(case: int, moment: str, outcome: str = "answered", *, line: str = SUBPOENA, **counts: int) -> None:
    """A request gets its outcome."""
    tell(case, "outcome", moment, outcome, line=line, **counts)


def noticed(case: int, moment: str, value: str, duty: int = 0) -> None:
    """A notice duty changes."""
    tell(case, "notice", moment, value, subject=duty)


def national_security(first: int, number: int, moment: str, *, selectors: int = 1, line: str = "us_nsl") -> None:
    """So many instruments arrive at once, by COPY: streams from `first` on."""
    fact = Fact("received", at(moment), line=line, selectors=selectors, restricted=True)
    _write(Row(f"case:{first + n}", kinds.RECEIVED, fact.at, None, fact, {}) for n in range(number))


def _write(rows: Iterable[Row]) -> None:
    with transaction.atomic():
        append_many(rows)
