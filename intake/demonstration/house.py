"""Who there is before the first case arrives: the staff, the agencies and how they are known, the customers."""

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from accounts.actions import grant_role
from accounts.demonstration import make_people
from accounts.models import Role, User
from cases.actions.agencies import find_or_add_agency, find_or_add_officer, verify_agency
from cases.models import Agency, Customer, Officer, VerificationMethod
from intake.demonstration.shapes import LAPSED, UNVERIFIED, VERIFIED, AgencySort
from intake.demonstration.sorts import ALL, SORTS, Sort
from intake.demonstration.words import AGENCIES, FAMILY, GIVEN, OFFICERS, PLACES, SITES

YEAR = timedelta(days=365)
FIRST_SEEN = timedelta(days=1000)
FEWEST = 12  # customers of each sort: as many as one life can need
BATCH = 2000
FEW_PLACES = 2  # for a small demonstration


@dataclass(frozen=True)
class Staff:
    """Who acts. What is sealed is triaged by Paul, who is inside the compartment; Ana is not."""

    ana: User
    ines: User
    paul: User


@dataclass(frozen=True)
class Desk:
    """An agency with the officers who write for it."""

    agency: Agency
    officers: tuple[Officer, ...]


@dataclass(frozen=True)
class Account:
    """A customer, found by sort and place among those of that sort, without asking the database."""

    customer_id: int
    identifier: str
    email: str
    site: str


@dataclass(frozen=True)
class House:
    """Everybody there is."""

    seed: str
    staff: Staff
    desks: Mapping[AgencySort, tuple[Desk, ...]]
    first_customer_ids: Mapping[Sort, int]
    counts: Mapping[Sort, int]

    def account(self, sort: Sort, place: int) -> Account:
        """Return the customer at that place, from 0, among those of the sort."""
        customer = _customer(self.seed, sort, place)
        site = f"{_site(self.seed, sort, place)}.example"
        return Account(self.first_customer_ids[sort] + place, customer.identifier, customer.email, site)


def build(seed: str, cases: int, present: datetime) -> House:
    """Make everybody that so many cases need, in the caller's transaction, and return the house."""
    staff = _staff(present)
    counts = {sort: max(FEWEST, math.ceil(cases * share / 100)) for sort, share in SORTS.items()}
    places = 1 if cases < 100 else FEW_PLACES if cases < 1000 else None
    return House(seed, staff, _desks(seed, staff, present, places), _make_customers(seed, counts), counts)


def _staff(present: datetime) -> Staff:
    people = make_people(present)
    if not people["paul"].has_role(Role.ANALYST):
        grant_role(user=people["paul"], role=Role.ANALYST, by=people["adam"], at=present - YEAR)
    return Staff(people["ana"], people["ines"], people["paul"])


def _desks(seed: str, staff: Staff, present: datetime, at_most: int | None) -> dict[AgencySort, tuple[Desk, ...]]:
    rng = Random(f"{seed}/agencies")  # noqa: S311
    desks: dict[AgencySort, tuple[Desk, ...]] = {}
    for (country, kind), names in AGENCIES.items():
        places = PLACES[country][:at_most]
        known = [(name.format(place), "") for name in names for place in places]
        # Somebody writes under a known name from elsewhere; somebody was known once.
        groups = {
            VERIFIED: known,
            UNVERIFIED: [(name, "mail-") for name, _prefix in known[:2]],
            LAPSED: [(names[0].format(f"East {places[0]}"), "")],
        }
        for standing, named in groups.items():
            found = [
                _desk(rng, name, prefix, AgencySort(country, kind, standing), staff, present) for name, prefix in named
            ]
            desks[AgencySort(country, kind, standing)] = tuple(found)
    return desks


def _desk(rng: Random, name: str, prefix: str, sort: AgencySort, staff: Staff, present: datetime) -> Desk:
    domain = f"{prefix}{_plain(name)}.example"
    agency = find_or_add_agency(
        name=name, country=sort.country, kind=sort.kind, email_domain=domain, now=present - FIRST_SEEN
    )
    for at in _verified_at(rng, sort.standing, present):
        verify(agency, staff, at)
    officers = rng.sample(OFFICERS[sort.country], 2)
    found = [
        find_or_add_officer(agency=agency, name=person, email=f"{_plain(person, '.')}@{domain}", phone="")
        for person in officers
    ]
    return Desk(agency, tuple(officer for officer in found if officer))


def _verified_at(rng: Random, standing: str, present: datetime) -> list[datetime]:
    """Return when an agency was verified; some were before, and again a month before that lapsed."""
    if standing == UNVERIFIED:
        return []
    last = present - timedelta(days=rng.randint(60, 300))
    if standing == LAPSED:
        last = present - YEAR - timedelta(days=rng.randint(5, 40))
    return [last - YEAR + timedelta(days=30), last] if rng.random() < 0.3 else [last]


def verify(agency: Agency, staff: Staff, at: datetime) -> None:
    """Call an agency back, which proves it for a year."""
    verify_agency(
        agency_id=agency.pk,
        method=VerificationMethod.CALL_BACK,
        number_source="the authority's public directory",
        evidence="The switchboard put us through to the officer, who confirmed the request.",
        by=staff.ana,
        now=at,
        lasts=YEAR,
    )


def _make_customers(seed: str, counts: Mapping[Sort, int]) -> dict[Sort, int]:
    """Make so many customers of each sort; return the first one's primary key, from which the others go on."""
    first_ids: dict[Sort, int] = {}
    for sort in ALL:
        for start in range(0, counts[sort], BATCH):
            places = range(start, min(start + BATCH, counts[sort]))
            made = Customer.objects.bulk_create(_customer(seed, sort, place) for place in places)
            first_ids.setdefault(sort, made[0].pk)
    return first_ids


def _customer(seed: str, sort: Sort, place: int) -> Customer:
    rng = Random(f"{seed}/customer/{ALL.index(sort)}/{place}")  # noqa: S311
    name = f"{rng.choice(GIVEN[sort.language])} {rng.choice(FAMILY[sort.language])}"
    if sort.role == "controller":
        name = f"{_site(seed, sort, place).title()} Ltd"
    return Customer(
        identifier=f"acct-{ALL.index(sort) + 10}{place:06d}",
        name=name,
        email=f"{_plain(name, '.')}.{place}@{rng.choice(SITES[0])}.example" if sort.is_reachable else "",
        language=sort.language,
        country=sort.country,
        timezone=sort.zone,
        role=sort.role,
        is_us_person=True if sort.country == "US" else None,
    )


def _site(seed: str, sort: Sort, place: int) -> str:
    rng = Random(f"{seed}/site/{ALL.index(sort)}/{place}")  # noqa: S311
    return f"{rng.choice(SITES[0])}-{rng.choice(SITES[1])}-{ALL.index(sort)}{place}"


def _plain(name: str, between: str = "-") -> str:
    """Return the name as it stands in an address."""
    letters = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return between.join(re.findall(r"[a-z0-9]+", letters))
