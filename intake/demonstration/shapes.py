"""One life to be lived: all that decides its course, and nothing that is only a name.

Two lives of one shape differ in agency, customers, targets, reference and key, and in no date, number or state.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

from cases.rules.instruments import in_force, instrument
from cases.states import Channel, TargetKind
from intake.demonstration.kinds import BY_CODE, KINDS, Kind
from intake.demonstration.openers import OPENERS, Opener
from intake.demonstration.sorts import ALL, SORTS, Sort
from intake.demonstration.words import COURTS

Choice = TypeVar("Choice")

HISTORY_DAYS = 740  # two years, so that reports have four half-years behind them
RECENT_DAYS = 32  # about half of what there is came since then, and most of that is still worked on
MANY_DOMAINS = 1500

VERIFIED, UNVERIFIED, LAPSED = "verified", "unverified", "lapsed"


@dataclass(frozen=True)
class AgencySort:
    """Agencies of one country and kind that are, or are not, or no longer are, known to be who they say."""

    country: str
    kind: str
    standing: str = VERIFIED


@dataclass(frozen=True)
class Slot:
    """A target: its kind, and which of the shape's customers it belongs to (None: nobody knows)."""

    kind: TargetKind
    customer: int | None


@dataclass(frozen=True)
class Shape:
    """A life as it will go. `received_at` is the hour in which it arrives; all that follows counts from there."""

    number: int
    plot: str
    kind: Kind
    agency: AgencySort
    received_at: datetime
    return_date: date | None
    asked: tuple[str, ...]
    channel: Channel
    customers: tuple[Sort, ...]  # in the order of sorts.ALL
    slots: tuple[Slot, ...]
    has_order: bool  # a court's order not to tell came with it
    authority_notified: bool
    pace: float  # how slowly people work on it; 1 is usual
    is_single: bool  # never to be lived twice

    def rng(self, seed: str) -> Random:
        """Return the chance that decides within this life."""
        return Random(f"{seed}/life/{self.number}")  # noqa: S311


def shape(seed: str, number: int, present: datetime) -> Shape:
    """Return the shape of that number, from 0: first one of everything that a desk can be in, then by the weights."""
    rng = Random(f"{seed}/shape/{number}")  # noqa: S311
    opener = OPENERS[number] if number < len(OPENERS) else _drawn(rng, present)
    kind = BY_CODE[opener.instrument]
    country, agency_kind = _pick(rng, kind.askers)
    received_at = _office_hour(rng, present - timedelta(days=opener.age_days), country, present)
    customers, slots = _targets(rng, kind, country, opener)
    return Shape(
        number=number,
        plot=opener.plot,
        kind=kind,
        agency=AgencySort(country, agency_kind, opener.standing),
        received_at=received_at,
        return_date=_return_date(rng, kind, received_at, present, opener),
        asked=rng.choice(kind.asks),
        channel=_channel(rng, kind),
        customers=customers,
        slots=slots,
        has_order=rng.random() < kind.order if opener.has_order is None else opener.has_order,
        authority_notified=kind.instrument == "eu_epoc" and rng.random() < 0.4,
        pace=opener.pace or rng.choice((0.5, 1, 1, 2, 4, 9)),
        is_single=opener.is_single,
    )


def _drawn(rng: Random, present: datetime) -> Opener:
    """Draw by the weights; what did not exist in law on the day of its receipt is drawn again."""
    while True:
        kind = rng.choices(KINDS, [kind.weight for kind in KINDS])[0]
        recent = rng.random() < 0.5
        age_days = rng.uniform(0, RECENT_DAYS) if recent else rng.uniform(RECENT_DAYS, HISTORY_DAYS)
        if not in_force(instrument(kind.instrument), (present - timedelta(days=age_days)).date()):
            continue
        standing = _standing(rng) if age_days < 4 and kind.instrument != "emergency_disclosure" else VERIFIED
        plot = "waiting" if standing != VERIFIED else _pick(rng, kind.plots)
        return Opener(kind.instrument, plot, age_days, standing=standing)


def _standing(rng: Random) -> str:
    return rng.choices((VERIFIED, UNVERIFIED, LAPSED), (6, 3, 1))[0]


def _office_hour(rng: Random, about: datetime, country: str, present: datetime) -> datetime:
    """Return a moment near `about`, on a working day between eight and six where the agency is, before the present."""
    zone = ZoneInfo(COURTS[country][1])
    there = about.astimezone(zone)
    if there.weekday() >= 5:
        there -= timedelta(days=there.weekday() - 4)
    there = there.replace(hour=rng.randint(8, 17), minute=rng.randint(0, 59), second=rng.randint(0, 59), microsecond=0)
    # In UTC: what is added to it later is time that passes, also over a change of the clocks.
    return min(there, present - timedelta(minutes=rng.randint(5, 90))).astimezone(UTC)


def _return_date(rng: Random, kind: Kind, received_at: datetime, present: datetime, opener: Opener) -> date | None:
    if opener.due_in_days is not None:
        return (present + timedelta(days=opener.due_in_days)).date()
    if kind.return_days is None or rng.random() < 0.15:
        return None
    day = (received_at + timedelta(days=rng.randint(*kind.return_days))).date()
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def _targets(rng: Random, kind: Kind, country: str, opener: Opener) -> tuple[tuple[Sort, ...], tuple[Slot, ...]]:
    if opener.is_many:
        sorts = tuple(sorted(rng.choices(ALL, list(SORTS.values()), k=12), key=ALL.index))
        return sorts, tuple(Slot(TargetKind.DOMAIN, number % len(sorts)) for number in range(MANY_DOMAINS))
    people = rng.choices((1, 2, 3), (80, 14, 6))[0]
    drawn = [_customer(rng, kind, country, opener) for _ in range(people)]
    sorts = tuple(sorted(drawn, key=ALL.index))
    slots = [Slot(TargetKind(rng.choice(kind.targets)), number) for number in range(people)]
    slots += [Slot(TargetKind(rng.choice(kind.targets)), rng.randrange(people)) for _ in range(_more(rng))]
    if opener.has_stranger:
        slots.append(Slot(TargetKind.IP, None))
    return sorts, tuple(slots)


def _more(rng: Random) -> int:
    return rng.choices((0, 1, 2, 4, 9), (60, 20, 10, 7, 3))[0]


def _customer(rng: Random, kind: Kind, country: str, opener: Opener) -> Sort:
    """Draw a customer: most requests are about people of the agency's own country."""
    wanted = [sort for sort in ALL if sort.is_reachable] if not opener.has_stranger else list(ALL)
    if kind.instrument.startswith(
        "cloud_act"
    ):  # an order under an agreement is never about people in the United States
        wanted = [sort for sort in wanted if sort.country != "US"]
    if opener.abroad:
        wanted = [sort for sort in wanted if sort.country in {"DE", "FR"}]
    elif rng.random() < 0.5:
        wanted = [sort for sort in wanted if sort.country == country] or wanted
    return rng.choices(wanted, [SORTS[sort] for sort in wanted])[0]


def _channel(rng: Random, kind: Kind) -> Channel:
    if kind.instrument.startswith("eu_epoc"):
        return Channel.EEVIDENCE
    return rng.choices((Channel.PORTAL, Channel.EMAIL, Channel.POST, Channel.API), (60, 28, 8, 4))[0]


def _pick(rng: Random, weights: Mapping[Choice, float]) -> Choice:
    return rng.choices(list(weights), list(weights.values()))[0]
