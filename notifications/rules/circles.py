"""Who is told of an alert, and who next when nobody acts: circles of colleagues, each told once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

ADMINISTRATOR = "administrator"


class Circle(IntEnum):
    """In this order; a circle in which everybody was told already is left out."""

    FIRST = 1  # who works on it, or else everybody who can
    DEPUTIES = 2  # of those who were told
    ROLE = 3  # everybody who can act on it
    ADMINISTRATORS = 4  # of the reference and the kind alone, and never of a sealed case


@dataclass(frozen=True)
class Colleague:
    """An active account, as far as telling it needs to know."""

    account: int
    person: int  # behind the account: one person may have several
    roles: frozenset[str]
    compartments: frozenset[int] = frozenset()
    is_away: bool = False
    deputy: int | None = None  # an account


@dataclass(frozen=True)
class Matter:
    """What an alert is about, as far as it decides who may be told."""

    roles: frozenset[str]  # any of them is needed to act on it
    readers: frozenset[str] = frozenset()  # any of them is needed to know of it without acting; empty: nobody may
    compartment: int | None = None
    asked: int | None = None  # the account that was asked to decide
    assignee: int | None = None  # the account that works on the case
    proposer: int | None = None  # the person who wants an approval: never asked for their own


House = Mapping[int, Colleague]  # everybody, by account


def next_circle(
    matter: Matter, house: House, *, after: int, told: frozenset[int]
) -> tuple[Circle, frozenset[int]] | None:
    """Return the first circle after that one in which somebody was not told, and who; None when there is none left.

    It always ends, for each circle comes after the one before; the last one is empty for a sealed case.
    """
    for circle in Circle:
        if circle > after and (accounts := _members(circle, matter, house, told) - told):
            return circle, accounts
    return None


def first(matter: Matter, house: House) -> frozenset[int]:
    """Return who is told at once: who was asked, or works on the case, or stands in for them; or else everybody.

    Who is away is left out while somebody else is there.
    """
    for account in (matter.asked, matter.assignee):
        colleague = house.get(account) if account is not None else None
        if colleague and colleague.is_away:
            colleague = stand_in(colleague, matter, house)
        if colleague and may_act(colleague, matter):
            return frozenset({colleague.account})
    everybody = able(matter, house)
    return frozenset(one for one in everybody if not house[one].is_away) or everybody


def stand_in(colleague: Colleague, matter: Matter, house: House) -> Colleague | None:
    """Return the first along the chain of deputies who is there and may act; None where it ends or goes in a circle."""
    passed = {colleague.account}
    while colleague.deputy is not None and colleague.deputy not in passed and colleague.deputy in house:
        colleague = house[colleague.deputy]
        passed.add(colleague.account)
        if not colleague.is_away and may_act(colleague, matter):
            return colleague
    return None


def able(matter: Matter, house: House) -> frozenset[int]:
    """Return everybody who may act; where there is nobody, everybody who may know: better a reader than nobody."""
    acting = frozenset(one.account for one in house.values() if may_act(one, matter))
    return acting or frozenset(one.account for one in house.values() if _may_know(one, matter, matter.readers))


def may_act(colleague: Colleague, matter: Matter) -> bool:
    """Whether the colleague may know of the matter, holds a role that it needs, and did not propose it."""
    return _may_know(colleague, matter, matter.roles)


def _may_know(colleague: Colleague, matter: Matter, roles: frozenset[str]) -> bool:
    inside = matter.compartment is None or matter.compartment in colleague.compartments
    return inside and not colleague.roles.isdisjoint(roles) and colleague.person != matter.proposer


def _members(circle: Circle, matter: Matter, house: House, told: frozenset[int]) -> frozenset[int]:
    match circle:
        case Circle.FIRST:
            return first(matter, house)
        case Circle.DEPUTIES:
            return frozenset(_deputies(matter, house, told))
        case Circle.ROLE:
            return able(matter, house)
        case Circle.ADMINISTRATORS:
            return _administrators(matter, house)


def _deputies(matter: Matter, house: House, told: frozenset[int]) -> Iterator[int]:
    for account in told & house.keys():
        if found := stand_in(house[account], matter, house):
            yield found.account


def _administrators(matter: Matter, house: House) -> frozenset[int]:
    if matter.compartment is not None:
        return frozenset()
    return frozenset(
        one.account for one in house.values() if ADMINISTRATOR in one.roles and one.person != matter.proposer
    )
