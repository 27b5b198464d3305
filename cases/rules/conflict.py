"""Conflict of law: when it must be assessed, what an assessment needs, and the two ways to raise it in form.

Storage location is recorded and decides nothing by itself: 18 USC 2713; Reg. (EU) 2023/1543 Art. 17(2)(b).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from cases.rules import tables
from cases.rules.agreements import agreement_between, is_qualifying_government
from cases.rules.clocks import clock_rule
from cases.rules.laws import OTHER, blocking_laws
from cases.rules.problems import Problem
from cases.rules.wording import long_date

# What an assessment or an objection can rest on.
CONNECTIONS = (
    "residence",
    "nationality",
    "establishment",
    "processing_role",
    "prohibiting_law",
    "agreement",
    "storage_location",
    "no_similar_procedure",
)
# What it can never rest on alone.
NEVER_ALONE = frozenset({"storage_location", "no_similar_procedure"})


TELL_CONTROLLER = "tell_controller"  # the one outcome open to a processor


class UnknownOutcome(Exception):
    """No outcome of this code stands in data/outcomes.toml."""


@dataclass(frozen=True)
class Outcome:
    """How an assessment ended."""

    code: str
    title: str
    conflict: bool


@dataclass(frozen=True)
class Motion:
    """Whether a motion to quash under 18 USC 2703(h) can be offered, and what stands against it."""

    available: bool
    problems: tuple[Problem, ...]


def is_conflict(outcome: str) -> bool:
    """Return whether the outcome is a conflict, so that going on needs a second counsel; raises UnknownOutcome."""
    try:
        return OUTCOMES[outcome].conflict
    except KeyError:
        raise UnknownOutcome(outcome) from None


def required(requesting_state: str, residence: str, establishments: Collection[str] = ()) -> bool:
    """Return whether a conflict assessment must be on record before anything is released.

    When the customer lives elsewhere than where the request comes from, or where is not known (""), or when a law of
    the customer's country, or of where the provider is established, can forbid the answer.
    """
    elsewhere = not residence or residence != requesting_state
    return elsewhere or bool(blocking_laws(requesting_state, {residence, *establishments}))


def assessment_problems(
    *,
    outcome: str,
    requesting_state: str,
    residence: str,
    law: str,
    provision: str,
    reason: str,
    rests_on: Collection[str],
    role: str = "controller",
    legal_basis: str = "",
    transfer_ground: str = "",
    establishments: Collection[str] = (),
    law_title: str = "",
) -> tuple[Problem, ...]:
    """Return what an assessment still lacks; empty: it can be recorded. `rests_on` are CONNECTIONS.

    Every outcome needs a reason, "no conflict" too. A conflict names the law and the provision; a law that is not on
    record (laws.OTHER) is named by its title. Under a law of two steps, as the GDPR is, an answer needs a legal basis
    and a ground for the transfer, and a processor can only tell the controller. `establishments`: where the
    provider is established, by which such a law can apply too.

    Law: GDPR Arts. 6, 44-49, EDPB Guidelines 02/2024; 18 USC 2713.
    """
    conflict = is_conflict(outcome)
    required_texts = {"reason": reason}
    if conflict:
        required_texts |= {"law": law, "provision": provision}
    if law == OTHER:
        required_texts |= {"law_title": law_title, "provision": provision}
    problems = _empty(required_texts)
    if set(rests_on) <= NEVER_ALONE:
        problems.append(Problem("storage_alone", "where the data are stored decides nothing by itself"))
    if asks_two_steps(requesting_state, residence, establishments):
        if role == "processor" and outcome != TELL_CONTROLLER:
            problems.append(Problem("processor", "a processor can only tell the controller and await instruction"))
        if not conflict:
            problems += _empty({"legal_basis": legal_basis, "transfer_ground": transfer_ground})
    if outcome == TELL_CONTROLLER and role != "processor":
        problems.append(Problem("controller", "we are the controller: there is nobody else to decide"))
    return tuple(problems)


def asks_two_steps(requesting_state: str, residence: str, establishments: Collection[str] = ()) -> bool:
    """Return whether a law of two steps stands against the answer: a legal basis, and a ground for the transfer.

    Law: GDPR Arts. 6, 44-49; EDPB Guidelines 02/2024.
    """
    return any(law.test == "two_steps" for law in blocking_laws(requesting_state, {residence, *establishments}))


def motion_2703h(
    *, seeks_content: bool, country: str, on: date, us_person: bool | None, resides_in_us: bool | None
) -> Motion:
    """Return whether the motion to quash can be offered; `country` is whose law would be violated.

    Not while it is unknown whether the customer is a US person: the statute asks for a reasonable belief that not.
    The last day to file: clock sca_2703h_motion, from service.

    Law: 18 USC 2703(h)(2)(A).
    """
    problems = []
    if not seeks_content:
        problems.append(Problem("no_content", "the motion is for process that seeks content"))
    if not is_qualifying_government(country, on):
        problems.append(Problem("not_qualifying", "no agreement with that country was in force on that day"))
    if us_person is not False:
        problems.append(Problem("us_person", "the customer is, or may be, a US person"))
    if resides_in_us is not False:
        problems.append(Problem("resides_in_us", "the customer resides, or may reside, in the United States"))
    return Motion(available=not problems, problems=tuple(problems))


def missing_factors(answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the comity factors A to H that the motion does not speak to yet.

    Law: 18 USC 2703(h)(3)(A)-(H).
    """
    return tuple(letter for letter in COMITY_FACTORS if not answers.get(letter, "").strip())


def government_to_tell(
    *, country: str, on: date, is_us_process: bool, nationalities: Collection[str], residences: Collection[str]
) -> str | None:
    """Return the authority of that country that may be told the fact of process about its national or resident.

    None where the statute does not say so: no US process, no agreement in force on that day, nobody of that country.
    Telling it breaks no protective order under 18 USC 2705.

    Law: 18 USC 2703(h)(5).
    """
    agreement = agreement_between("US", country, on)
    if not is_us_process or agreement is None or agreement.kind != "cloud_act":
        return None
    if country not in {*nationalities, *residences}:
        return None
    foreign = [authority for authority in agreement.authorities if not authority.startswith("US ")]
    return foreign[0] if foreign else ""


def art17_objection_problems(
    *,
    received_on: date,
    filed_on: date,
    law: str,
    provision: str,
    why_applicable: str,
    why_conflict: str,
    rests_on: Collection[str] = (),
) -> tuple[Problem, ...]:
    """Return why a reasoned objection against an EPOC cannot be filed; days are the receiving office's.

    It may not rest on the data being stored abroad, or on the third country having no similar procedure, alone.

    Law: Reg. (EU) 2023/1543 Art. 17(2); the fields are those of Annex III Section E.
    """
    last_day = received_on + timedelta(days=clock_rule("epoc_objection").amount)
    problems = _empty(
        {"law": law, "provision": provision, "why_applicable": why_applicable, "why_conflict": why_conflict}
    )
    if rests_on and set(rests_on) <= NEVER_ALONE:
        problems.append(Problem("ground_not_allowed", "storage abroad or a missing procedure is no ground by itself"))
    if filed_on > last_day:
        problems.append(Problem("too_late", f"the last day to object was {long_date(last_day)}"))
    return tuple(problems)


def _empty(texts: Mapping[str, str]) -> list[Problem]:
    return [
        Problem(f"{name}_missing", f"{name.replace('_', ' ')}: nothing is written")
        for name, text in texts.items()
        if not text.strip()
    ]


OUTCOMES: Mapping[str, Outcome] = MappingProxyType(
    {code: Outcome(code=code, **row) for code, row in tables.read("outcomes").items()}
)
COMITY_FACTORS: Mapping[str, str] = MappingProxyType(
    {letter: row["title"] for letter, row in tables.read("comity").items()}
)
