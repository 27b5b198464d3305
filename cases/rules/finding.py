"""Conflict of law, read from the facts: which laws are involved, what can come of it, and what may be filed by when.

The finding is a proposal to counsel, never a decision: counsel's own assessment stands beside it. Where the data are
stored is no fact of it: it decides nothing by itself (18 USC 2713; Reg. (EU) 2023/1543 Art. 17(2)(b)).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cases.rules.agreements import Agreement, agreement_between, is_qualifying_government
from cases.rules.clocks import clock_rule
from cases.rules.conflict import OUTCOMES, TELL_CONTROLLER, Motion, motion_2703h
from cases.rules.instruments import Instrument
from cases.rules.laws import Law, blocking_laws
from cases.rules.problems import Problem
from cases.rules.wording import long_date

MOTION_CLOCK = "sca_2703h_motion"
OBJECTION_CLOCK = "epoc_objection"
STORAGE = Problem(
    "storage",
    "Where the data are stored decides nothing by itself: 18 USC 2713; Reg. (EU) 2023/1543 Art. 17(2)(b).",
)


@dataclass(frozen=True)
class Request:
    """The request, as far as a conflict of law turns on it. Days are the receiving office's."""

    instrument: Instrument
    requesting_state: str
    categories: tuple[str, ...]
    received_on: date
    establishments: tuple[str, ...]  # of the provider, ISO 3166-1 alpha-2
    served_on: date | None = None  # None: taken as received


@dataclass(frozen=True)
class Person:
    """Whose data it is. Empty or None: not known."""

    residence: str = ""
    nationality: str = ""
    us_person: bool | None = None
    role: str = ""  # ours towards the data: controller, processor


@dataclass(frozen=True)
class Involved:
    """A law that can stand against the answer, by what it is involved, and the agreement that may lift it."""

    law: Law
    because: tuple[str, ...]  # residence, establishment
    agreement: Agreement | None


@dataclass(frozen=True)
class Filing:
    """A motion or objection: whether it can be filed, its last day, and what stands against it."""

    outcome: str  # of conflict.OUTCOMES
    clock: str  # of data/clocks.toml: the one that gives its last day
    available: bool
    last_day: date
    problems: tuple[Problem, ...]
    source: str
    verified: bool
    country: str = ""  # whose law would be violated


@dataclass(frozen=True)
class ReasonedFinding:
    """What the facts say, with reasons."""

    required: bool
    reasons: tuple[Problem, ...]
    laws: tuple[Involved, ...]
    outcomes: tuple[str, ...]  # those that can come of it, out of conflict.OUTCOMES
    filings: tuple[Filing, ...]
    rests_on: tuple[str, ...]  # out of conflict.CONNECTIONS: what counsel's assessment would rest on


def finding(request: Request, person: Person, *, today: date, laws: Mapping[str, Law] | None = None) -> ReasonedFinding:
    """Return the finding for the targets of one person, or of any number of whom the same is known.

    `laws`: the laws to look through; None: those of data/laws.toml.

    Law: GDPR Arts. 6, 44-49, EDPB Guidelines 02/2024; 18 USC 2523, 2703(h), 2713; Reg. (EU) 2023/1543 Art. 17.
    """
    involved = tuple(_involved(request, person, laws))
    filings = tuple(_filings(request, person, involved, today))
    elsewhere = person.residence != request.requesting_state
    return ReasonedFinding(
        required=elsewhere or bool(involved),
        reasons=(*_reasons(request, person, involved), STORAGE),
        laws=involved,
        outcomes=_outcomes(request, person, involved, filings),
        filings=filings,
        rests_on=tuple(_rests_on(request, person, involved)),
    )


def _involved(request: Request, person: Person, laws: Mapping[str, Law] | None) -> Iterator[Involved]:
    """Yield the laws that can stand against the answer. They forbid to hand over data: who blocks a page hands none."""
    if not request.instrument.compels:
        return
    connected = {person.residence, *request.establishments}
    found = blocking_laws(
        request.requesting_state, connected, on=request.received_on, categories=request.categories, laws=laws
    )
    for law in found:
        because = [("residence", {person.residence}), ("establishment", set(request.establishments))]
        yield Involved(
            law, tuple(word for word, countries in because if law.countries & countries), _lifting(law, request)
        )


def _lifting(law: Law, request: Request) -> Agreement | None:
    """Return the agreement with the requesting state that may lift this law, in force on the day of receipt."""
    for country in sorted(law.countries):
        agreement = agreement_between(country, request.requesting_state, request.received_on)
        if agreement and agreement.kind == law.agreement:
            return agreement
    return None


def _reasons(request: Request, person: Person, involved: tuple[Involved, ...]) -> Iterator[Problem]:
    state, home, day = request.requesting_state, person.residence, long_date(request.received_on)
    if not home:
        yield Problem("residence_unknown", "It is not known where the customer lives.")
    elif home != state:
        yield Problem("residence_elsewhere", f"The request comes from {state}, and the customer lives in {home}.")
        agreement = agreement_between(state, home, request.received_on)
        if agreement:
            since = long_date(agreement.in_force_from)
            words = f"{agreement.title}: in force since {since}, so on the day of receipt, {day}."
            yield Problem("agreement", words + agreement.doubt)
        else:
            yield Problem("no_agreement", f"No agreement between {state} and {home} was in force on {day}.")
    elif not involved:
        yield Problem("same_state", f"The request comes from {state}, where the customer lives; no law is against it.")
    if person.nationality and person.nationality != home:
        yield Problem("nationality", f"The customer is a national of {person.nationality}: weighed, never decisive.")
    if not person.role:
        yield Problem("role_unknown", "It is not known whether we are controller or processor of these data.")
    elif _only_the_controller(person, involved):
        yield Problem("processor", "We are the processor: we can only tell the controller and await instruction.")


def _only_the_controller(person: Person, involved: tuple[Involved, ...]) -> bool:
    """Law: EDPB Guidelines 02/2024: a processor tells the controller and awaits instruction."""
    return person.role == "processor" and any(one.law.test == "two_steps" for one in involved)


def _outcomes(
    request: Request, person: Person, involved: tuple[Involved, ...], filings: tuple[Filing, ...]
) -> tuple[str, ...]:
    if _only_the_controller(person, involved):
        return (TELL_CONTROLLER,)
    possible = {"no_conflict"} | {filing.outcome for filing in filings if filing.available}
    if involved and (request.instrument.countries == ("US",) or MOTION_CLOCK in request.instrument.other_clocks):
        possible.add("comity_objection")
    if involved:
        possible.add("redirect_mlat")
    return tuple(code for code in OUTCOMES if code in possible)


def _filings(request: Request, person: Person, involved: tuple[Involved, ...], today: date) -> Iterator[Filing]:
    if MOTION_CLOCK in request.instrument.other_clocks:
        country = _qualifying(request, person, involved)
        served_on = request.served_on or request.received_on
        motion = motion_2703h(
            seeks_content="content" in request.categories,
            country=country,
            on=request.received_on,
            us_person=person.us_person,
            resides_in_us=person.residence == "US" if person.residence else None,
        )
        filing = _filing("motion_2703h", MOTION_CLOCK, served_on, motion, today, country)
        agreement = agreement_between("US", country, request.received_on)
        yield replace(filing, verified=filing.verified and (agreement is None or agreement.verified))
    if OBJECTION_CLOCK in request.instrument.clocks:
        bound = set(request.instrument.countries)
        third = [one for one in involved if one.law.countries.isdisjoint(bound)]
        lacking = () if third else (Problem("no_third_law", "no law of a third country on record stands against it"),)
        objection = Motion(available=not lacking, problems=lacking)
        yield _filing("annex_iii_objection", OBJECTION_CLOCK, request.received_on, objection, today)


def _filing(outcome: str, clock: str, from_day: date, motion: Motion, today: date, country: str = "") -> Filing:
    """Return the filing with its last day, counted without rolling forward from a day that is not a working day."""
    rule = clock_rule(clock)
    last_day = from_day + timedelta(days=rule.amount)
    late = (Problem("too_late", f"the last day was {long_date(last_day)}"),) if today > last_day else ()
    problems = (*motion.problems, *late)
    return Filing(outcome, clock, not problems, last_day, problems, rule.source, rule.verified, country)


def _qualifying(request: Request, person: Person, involved: tuple[Involved, ...]) -> str:
    """Return the country whose law the motion would be about: a qualifying one before any other."""
    connected = [person.residence, person.nationality, *request.establishments]
    foreign = [country for country in connected if country and country != "US"]
    threatened = [country for country in foreign if any(country in one.law.countries for one in involved)]
    qualifying = [country for country in threatened if is_qualifying_government(country, request.received_on)]
    return next(iter([*qualifying, *threatened, *foreign]), "")


def _rests_on(request: Request, person: Person, involved: tuple[Involved, ...]) -> Iterator[str]:
    """Yield the connections that the facts give an assessment to rest on; never where the data are stored."""
    if person.residence:
        yield "residence"
    if person.nationality:
        yield "nationality"
    if any("establishment" in one.because for one in involved):
        yield "establishment"
    if _only_the_controller(person, involved):
        yield "processing_role"
    if involved:
        yield "prohibiting_law"
    if agreement_between(request.requesting_state, person.residence, request.received_on):
        yield "agreement"
