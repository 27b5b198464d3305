"""International agreements on electronic evidence, with the days on which they are in force."""

from dataclasses import dataclass
from datetime import date

from cases.rules import tables


@dataclass(frozen=True)
class Agreement:
    """An agreement between states; days inclusive."""

    code: str
    title: str
    kind: str  # cloud_act: an executive agreement under 18 USC 2523
    states: frozenset[str]  # ISO 3166-1 alpha-2
    in_force_from: date
    in_force_until: date | None
    authorities: tuple[str, ...]
    source: str
    verified: bool

    @property
    def doubt(self) -> str:
        """The sentence that says what counsel has not confirmed of it; empty where that it is in force was read."""
        return "" if self.verified else f" Not verified: {self.source}."


def agreement_between(one: str, other: str, on: date) -> Agreement | None:
    """Return the agreement in force between two states on that day; None: there is none.

    Law: 18 USC 2523.
    """
    return next((agreement for agreement in AGREEMENTS if _binds(agreement, {one, other}, on)), None)


def is_qualifying_government(country: str, on: date) -> bool:
    """Return whether that country's government is a "qualifying foreign government" on that day.

    Law: 18 USC 2703(h)(1)(A).
    """
    agreement = agreement_between("US", country, on)
    return agreement is not None and agreement.kind == "cloud_act"


def _binds(agreement: Agreement, states: set[str], on: date) -> bool:
    ended = agreement.in_force_until is not None and agreement.in_force_until < on
    return len(states) == 2 and states <= agreement.states and agreement.in_force_from <= on and not ended


AGREEMENTS: tuple[Agreement, ...] = tuple(
    Agreement(
        code=code,
        title=row["title"],
        kind=row["kind"],
        states=frozenset(row["states"]),
        in_force_from=row["in_force_from"],
        in_force_until=row.get("in_force_until"),
        authorities=tuple(row["authorities"]),
        source=row["source"],
        verified=row["verified"],
    )
    for code, row in tables.read("agreements").items()
)
