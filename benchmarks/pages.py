"""The queue and a case's page, with few cases and with many, against their own SQL run by hand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.test import Client

from benchmarks import addresses
from benchmarks.bench import Bench
from benchmarks.databases import Database
from benchmarks.measuring import Row, Times, Work, in_turn, together
from benchmarks.people import compartment, readers
from benchmarks.statements import Statements
from tests.cases.queries.volume import fill

FEW, MANY = 1_000, 100_000
ROUNDS = 12
GROWS = "≤ 1.3"


@dataclass
class House:
    """A database with so many cases, and people signed in to it."""

    database: Database
    clients: Mapping[str, Client]
    pages: Mapping[str, Sequence[str]]  # by what is measured: the addresses, the same ones in every house


@dataclass
class Measured:
    """What the pages of one kind took in one house: page and SQL, address by address."""

    pages: list[Times] = field(default_factory=list)
    floors: list[Times] = field(default_factory=list)
    queries: int = 0  # of the page that asks most


def rows(bench: Bench) -> Iterator[Row]:
    """Yield for each kind of page its time with many cases against its SQL, and against its time with few."""
    sizes = [bench.size(size) for size in (FEW, MANY)]
    houses = [_house(bench, size) for size in sizes]
    growth = f"{sizes[1]:,} cases against {sizes[0]:,}"
    rounds = max(2, bench.size(ROUNDS))
    for kind in (kind for kind in houses[0].pages if kind not in addresses.DOMAINS):
        for who in houses[0].clients:
            few, many = _measured(houses, kind, who, rounds)
            yield from _rows_of(f"{kind}, as {who}", growth, few, many)
    yield _many_targets(houses[-1], rounds)


def _house(bench: Bench, cases: int) -> House:
    database = bench.databases.copy(f"cases_{cases}")
    with database.chosen():
        clients = readers(bench.now)
        fill(cases, compartment=compartment(), assignee=int(clients["member"].session["_auth_user_id"]))
        addresses.open_real_cases(bench.now)
    database.settle()
    with database.chosen():
        return House(database, clients, addresses.by_kind())


def _measured(houses: Sequence[House], kind: str, who: str, rounds: int) -> list[Measured]:
    """Return what the pages of a kind took in each house, each address measured in all of them in turn."""
    found = [Measured() for _house in houses]
    for places in zip(*(house.pages[kind] for house in houses), strict=True):
        works = []
        for house, address, measured in zip(houses, places, found, strict=True):
            page = partial(_open, house.clients[who], address)
            statements = Statements()
            with house.database.chosen():
                page()  # the first time may have something to note
                statements.catch(page)
            measured.queries = max(measured.queries, len(statements))
            works += [partial(_in, house, page), partial(_in, house, statements.run)]
        times = in_turn(rounds, *works)
        for number, measured in enumerate(found):
            measured.pages.append(times[2 * number])
            measured.floors.append(times[2 * number + 1])
    return found


def _rows_of(what: str, growth: str, few: Measured, many: Measured) -> Iterator[Row]:
    page, floor, before = together(many.pages), together(many.floors), together(few.pages)
    yield Row(what, f"{page}, {many.queries} queries", f"own SQL {floor}", page.p50 / floor.p50, "≤ 15 queries")
    yield Row(f"{what}: {growth}", str(page), str(before), page.p50 / before.p50, GROWS)


def _many_targets(house: House, rounds: int) -> Row:
    client = house.clients["non-member"]
    kinds = (addresses.TWO_DOMAINS, addresses.MANY_DOMAINS)
    works = [partial(_in, house, partial(_open, client, house.pages[kind][0])) for kind in kinds]
    two, many = in_turn(rounds, *works)
    return Row("case page: 20,000 domains against 2", str(many), str(two), many.p50 / two.p50, GROWS)


def _in(house: House, work: Work) -> None:
    with house.database.chosen():
        work()


def _open(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
