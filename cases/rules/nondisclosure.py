"""Orders of silence: from when to when they bind, and when a notice may leave. The table: data/bases.toml."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from cases.rules import tables
from cases.rules.calendars import add_working_days
from cases.rules.deadlines import end_of
from cases.rules.wording import years_later

UNTIL_LIFTED = datetime.max.replace(tzinfo=UTC)  # later than any instant: no notice before somebody lifts the order


class UnknownBasis(Exception):
    """No basis of this code stands in data/bases.toml."""


class NotAnExtension(Exception):
    """The new last day is not after the old one."""


@dataclass(frozen=True)
class Basis:
    """Why a customer is not told."""

    code: str
    title: str
    cite: str
    kind: str  # order, statute, policy, none
    review_years: int | None
    automatic_for: tuple[str, ...]
    courts_of: tuple[str, ...]  # countries whose courts silence us by it
    review_clock: str  # runs once the recipient asks for judicial review; empty: no such review
    verified: bool
    note: str

    @property
    def binds(self) -> bool:
        """Whether we must be silent; if not, silence is our decision and needs a second person."""
        return self.kind in {"order", "statute"}


@dataclass(frozen=True)
class Order:
    """One order of silence. Days are the court's, in its zone."""

    first_day: date
    last_day: date | None  # inclusive; None: indefinite or not known, in force either way
    indefinite: bool
    zone: ZoneInfo
    lifted_at: datetime | None = None
    served_at: datetime | None = None  # from when it binds us; None: from the beginning of its first day


@dataclass(frozen=True)
class Extension:
    """What a decision to prolong an order of silence does."""

    state: str  # ok, too_late
    last_day: date  # on which silence now ends: the new day, or the old one when it came too late


def basis(code: str) -> Basis:
    """Return the basis with this code; raises UnknownBasis."""
    try:
        return BASES[code]
    except KeyError:
        raise UnknownBasis(code) from None


def basis_cited(text: str) -> Basis | None:
    """Return the basis that has this text as its code or citation, in any usual spelling; None: none has."""
    wanted = _plain(text)
    return next((basis for basis in BASES.values() if wanted and wanted in {basis.code, _plain(basis.cite)}), None)


def automatic_basis(instrument_code: str) -> Basis | None:
    """Return the basis of silence that an instrument brings by itself.

    An EPOC brings none: the instrument itself forbids telling its user (notice "never"); its controller may be told.

    Law: 18 USC 3123(d), 2511(2)(a)(ii), 2709(c).
    """
    return next((basis for basis in BASES.values() if instrument_code in basis.automatic_for), None)


def is_order(code: str) -> bool:
    """Return whether this basis is an order or a statute, so that withholding notice needs no second person.

    A sentence asking us not to tell is neither: 18 USC 2705(b) needs a court order.
    """
    return basis(code).binds


def bases_that_would_bind(agency_country: str) -> tuple[Basis, ...]:
    """Return by which orders a court of the asking country silences us, where its paper merely asks for silence.

    Law: 18 USC 2705(b): "A governmental entity ... may apply to a court for an order commanding a provider".
    """
    own = tuple(one for one in BASES.values() if agency_country in one.courts_of)
    return own or (basis("foreign_order"),)


def review_due(review_on: date | None, *, ends: bool, today: date) -> bool:
    """Return whether an order that binds must be looked at again: one without an end, once its day has come."""
    return not ends and review_on is not None and review_on <= today


def latest_next_review(code: str, reviewed_on: date) -> date:
    """Return until when the next review must be after one of that day; a year where the basis states nothing."""
    return years_later(reviewed_on, basis(code).review_years or 1)


def starts_at(order: Order) -> datetime:
    """Return the instant from which the order binds us: its service, or else the beginning of its first day."""
    return order.served_at or datetime.combine(order.first_day, time.min, tzinfo=order.zone)


def ends_at(order: Order) -> datetime:
    """Return the instant at which silence ends, exclusive: the end of the last day in the court's zone, or the lifting.

    UNTIL_LIFTED for an indefinite order and for one whose end is not known.

    Law: 18 USC 2705(b) "for such period as the court deems appropriate".
    """
    by_itself = UNTIL_LIFTED if order.last_day is None else end_of(order.last_day, order.zone)
    return by_itself if order.lifted_at is None else min(by_itself, order.lifted_at)


def in_force(order: Order, at: datetime) -> bool:
    """Return whether the order binds at that instant: from service through the whole last day."""
    return starts_at(order) <= at < ends_at(order)


def earliest_notice_at(wanted_at: datetime, orders: Iterable[Order]) -> datetime:
    """Return the first instant, from `wanted_at` on, at which no order is in force; UNTIL_LIFTED if there is none.

    Orders may overlap or follow one another.

    Law: 18 USC 2705(b).
    """
    earliest = wanted_at
    # Sorted by start, one pass is enough: an order stepped over ends before `earliest`, which only moves forward.
    for order in sorted(orders, key=starts_at):
        if in_force(order, earliest):
            earliest = ends_at(order)
    return earliest


def review_date(code: str, first_day: date) -> date | None:
    """Return when an open-ended order on this basis is looked at again: a year, three for a letter; None: never.

    Law: Department of Justice policy of 19 October 2017 (a year or less per application); FBI Termination Procedures
    (three years).
    """
    years = basis(code).review_years
    return None if years is None else years_later(first_day, years)


def extension(order: Order, new_last_day: date, decided_on: date, *, customer_told: bool = True) -> Extension:
    """Return whether a decision of `decided_on` moves the end of the order.

    Decided while the order binds, it does. Decided later, it is too late once the customer was told; while the customer
    does not know it still brings silence. Raises NotAnExtension when the new last day is not later.
    """
    if order.last_day is None:
        return Extension("ok", new_last_day)
    if new_last_day <= order.last_day:
        raise NotAnExtension(f"{new_last_day} is not after {order.last_day}")
    if decided_on > order.last_day and customer_told:
        return Extension("too_late", order.last_day)
    return Extension("ok", new_last_day)


def delayed_notice_date(last_day: date, country: str) -> date:
    """Return the day on which the delayed notice is due: the first working day after the last day of silence.

    `country` is the receiving office's. Law: requirement 13 of docs/law.md.
    """
    return add_working_days(last_day, 1, country)


def last_silent_day(ended_at: datetime, zone: ZoneInfo) -> date:
    """Return the last day, in that zone, of which any moment was silent, where silence ended at this instant."""
    return (ended_at.astimezone(zone) - timedelta.resolution).date()


def _plain(text: str) -> str:
    return " ".join(text.replace("§", "").replace("U.S.C.", "USC").split()).casefold()


def _basis(code: str, row: Mapping[str, Any]) -> Basis:
    return Basis(
        code=code,
        title=row["title"],
        cite=row["cite"],
        kind=row["kind"],
        review_years=row.get("review_years"),
        automatic_for=tuple(row.get("automatic_for", ())),
        courts_of=tuple(row.get("courts_of", ())),
        review_clock=row.get("review_clock", ""),
        verified=row["verified"],
        note=row.get("note", ""),
    )


BASES: Mapping[str, Basis] = MappingProxyType({code: _basis(code, row) for code, row in tables.read("bases").items()})
