"""Who plays in a life: everything that is only a name, a number of ours or a key."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from random import Random
from uuid import UUID

from cases.models import Agency, Officer
from cases.references import new_reference
from cases.states import TargetKind
from intake.demonstration.house import Account, House
from intake.demonstration.shapes import Shape, Slot
from intake.demonstration.words import SITES


@dataclass(frozen=True)
class Casting:
    """One cast. `values` are the targets' and `customer_ids` ascend, both in the order of the shape."""

    reference: str
    agency_reference: str
    secret: bytes  # 48 bytes, of which the id and the key of its scope are made
    agency: Agency
    officer: Officer
    customer_ids: tuple[int, ...]
    values: tuple[str, ...]


def names_of(casting: Casting) -> dict[str, str]:
    """Return all of a cast that stands in the rows of a life, by what it is."""
    return {
        "reference": casting.reference,
        "agency_reference": casting.agency_reference,
        "scope": str(UUID(bytes=casting.secret[:16], version=4)),
        "agency": str(casting.agency.pk),
        "officer": str(casting.officer.pk),
        "agency_name": casting.agency.name,
        "officer_name": casting.officer.name,
        **{f"customer-{place}": str(key) for place, key in enumerate(casting.customer_ids)},
        **{f"target-{place}": value for place, value in enumerate(casting.values)},
    }


def cast(number: int, shape: Shape, house: House, taken: set[str]) -> Casting:
    """Return the cast of life number so-and-so, always the same; its reference is added to those taken."""
    rng = Random(f"{house.seed}/cast/{number}")  # noqa: S311
    desk = rng.choice(house.desks[shape.agency])
    accounts = _accounts(rng, shape, house)
    secret = hashlib.sha512(f"{house.seed}/key/{number}".encode()).digest()
    return Casting(
        reference=_reference(rng, shape.received_at.year, taken),
        agency_reference=f"{rng.choice('ABCDEFGHKMNPR')}{rng.randint(10, 99)}-{rng.randint(1000, 99999)}",
        secret=secret[:48],
        agency=desk.agency,
        officer=rng.choice(desk.officers),
        customer_ids=tuple(account.customer_id for account in accounts),
        values=_values(rng, shape, accounts),
    )


def _reference(rng: Random, year: int, taken: set[str]) -> str:
    while True:
        reference = new_reference(year, rng.choice)
        if reference not in taken:
            taken.add(reference)
            return reference


def _accounts(rng: Random, shape: Shape, house: House) -> list[Account]:
    """Draw different customers of each sort, those of one sort in the order of their keys."""
    return [
        house.account(sort, place)
        for sort, count in Counter(shape.customers).items()
        for place in sorted(rng.sample(range(house.counts[sort]), count))
    ]


def _values(rng: Random, shape: Shape, accounts: list[Account]) -> tuple[str, ...]:
    seen: dict[str, None] = {}
    for slot in shape.slots:
        value = _value(rng, slot, accounts)
        while value in seen:
            value = _another(rng, slot, value)
        seen[value] = None
    return tuple(seen)


def _value(rng: Random, slot: Slot, accounts: list[Account]) -> str:
    account = None if slot.customer is None else accounts[slot.customer]
    match slot.kind:
        case TargetKind.ACCOUNT if account:
            return account.identifier
        case TargetKind.EMAIL if account:
            return account.email or f"postmaster@{account.site}"
        case TargetKind.DOMAIN if account:
            return account.site
        case TargetKind.URL if account:
            return f"https://{account.site}/p/{rng.randint(100, 99999)}"
        case TargetKind.PHONE:
            return f"+1 555 01{rng.randint(0, 99):02d} {rng.randint(1000, 9999)}"
        case _other:
            return f"{rng.choice(('192.0.2', '198.51.100', '203.0.113'))}.{rng.randint(1, 254)}"


def _another(rng: Random, slot: Slot, value: str) -> str:
    """Return a value like one that is named already."""
    match slot.kind:
        case TargetKind.DOMAIN | TargetKind.URL:
            site = f"{rng.choice(SITES[0])}-{rng.choice(SITES[1])}{rng.randint(2, 9999)}.example"
            return site if slot.kind == TargetKind.DOMAIN else f"https://{site}/"
        case TargetKind.IP:
            return f"2001:db8::{rng.randint(1, 65535):x}"
        case _other:
            return f"{rng.randint(2, 9)}{value}"
