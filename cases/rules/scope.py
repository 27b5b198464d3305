"""What may be released: instrument against data category, and who asks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from cases.rules import tables
from cases.rules.agreements import is_qualifying_government
from cases.rules.instruments import Instrument, instrument
from cases.rules.problems import Problem


@dataclass(frozen=True)
class SubscriberField:
    """One item of 18 USC 2703(c)(2)."""

    letter: str
    title: str
    category: str


def compellable(instrument_code: str, category: str) -> str | None:
    """Return the source of law by which the instrument reaches the data category; None: it does not."""
    return instrument(instrument_code).compels.get(category)


def fields_of(instrument_code: str, category: str) -> tuple[str, ...]:
    """Return the letters of 18 USC 2703(c)(2) that the instrument reaches in this data category.

    Empty where its law tells no items apart, and where it does not reach the category. An item filed in a category that
    the instrument does not reach stands with subscriber data: toll billing records under a National Security Letter.

    Law: 18 USC 2703(c)(2)(A)-(F), 2709(b).
    """
    process = instrument(instrument_code)
    if category not in process.compels:
        return ()
    return tuple(letter for letter in process.subscriber_fields if _filed_under(process, letter) == category)


def fields_asked(instrument_code: str, category: str, named: Collection[str]) -> tuple[str, ...]:
    """Return the items of the category that are asked and can be compelled: those the paper names of it.

    A paper that names no item of a category asks for the whole of it.
    """
    reached = fields_of(instrument_code, category)
    return tuple(letter for letter in reached if letter in named) or reached


def _filed_under(process: Instrument, letter: str) -> str:
    category = SUBSCRIBER_FIELDS[letter].category
    return category if category in process.compels else "subscriber"


def fields_problems(
    instrument_code: str, *, categories: Collection[str], fields: Collection[str], named: Collection[str] = ()
) -> tuple[Problem, ...]:
    """Return why counsel cannot authorise these items with these categories; empty: they can.

    Only items that the instrument reaches in the categories and that the paper asks for (`named`, as in fields_asked),
    and of each category that knows items at least one.

    Law: 18 USC 2703(c)(2)(A)-(F), 2709(b).
    """
    reached = {letter for category in categories for letter in fields_of(instrument_code, category)}
    asked = {category: fields_asked(instrument_code, category, named) for category in categories}
    wanted = {letter for letters in asked.values() for letter in letters}
    problems = [
        Problem("field_not_compellable", f"item {letter} is not one that this instrument reaches here")
        for letter in sorted(set(fields) - reached)
    ]
    problems += [
        Problem("field_not_asked", f"item {letter} was not asked for")
        for letter in sorted((set(fields) & reached) - wanted)
    ]
    problems += [
        Problem("no_field", f"{category}: none of its items is authorised")
        for category, letters in asked.items()
        if letters and not set(letters) & set(fields)
    ]
    return tuple(problems)


def row_fields_problems(
    instrument_code: str, category: str, *, fields: Collection[str], authorised: Collection[str]
) -> tuple[Problem, ...]:
    """Return why these items of a category may not leave: beyond asked, compellable and authorised, or none named."""
    reached = fields_of(instrument_code, category)
    beyond = sorted(set(fields) - (set(reached) & set(authorised)))
    problems = [Problem("field_not_authorised", f"item {letter} is not authorised") for letter in beyond]
    if reached and not fields:
        problems.append(Problem("no_field", f"{category}: name the items that leave"))
    return tuple(problems)


def within(*, asked: Collection[str], compellable: Collection[str], authorised: Collection[str]) -> tuple[Problem, ...]:
    """Return why counsel cannot authorise these categories: there must be some, all asked for and all compellable."""
    if not authorised:
        return (Problem("nothing_authorised", "no data category is authorised"),)
    problems = []
    for category in sorted(authorised):
        if category not in asked:
            problems.append(Problem("not_asked", f"{category} was not asked for"))
        if category not in compellable:
            problems.append(Problem("not_compellable", f"{category} cannot be compelled by this instrument"))
    return tuple(problems)


def releasable(
    instrument_code: str,
    category: str,
    *,
    authorised: Collection[str],
    agency_country: str,
    agency_kind: str,
    issuer: str = "",
) -> tuple[Problem, ...]:
    """Return why data of this category may not leave under this instrument; empty: nothing in the law forbids it.

    `agency_kind` is law_enforcement, court, regulator, intelligence or civil_party; `issuer` one of the instrument's
    issuers, empty when not known.

    Law: 18 USC 2702(a), (b)(8), 2703, 2711(4); Reg. (EU) 2023/1543 Art. 4(1), (2).
    """
    process = instrument(instrument_code)
    if category not in process.compels:
        return (Problem("not_compellable", f"{process.title} does not reach {category}"),)
    problems = []
    if category not in authorised:
        problems.append(Problem("not_authorised", f"counsel did not authorise {category}"))
    if process.emergency and category == "content" and not is_us_governmental_entity(agency_country, agency_kind):
        problems.append(
            Problem("content_to_foreign_authority", "content in an emergency goes to a US governmental entity only")
        )
    problems.extend(issuer_problems(process, issuer, category))
    return tuple(problems)


def issuer_problems(process: Instrument, issuer: str, category: str) -> tuple[Problem, ...]:
    """Return why this issuer cannot order this category; the code is the reason that Annex III knows.

    Law: Reg. (EU) 2023/1543 Art. 4(1), (2): a prosecutor alone orders subscriber and identification data.
    """
    if issuer and category not in process.issuer_limits.get(issuer, (category,)):
        code = "NOT_ISSUED_OR_VALIDATED_AS_DEFINED_BY_REGULATION"
        return (Problem(code, f"a {issuer.replace('_', ' ')} cannot order {category} data"),)
    return ()


def is_us_governmental_entity(agency_country: str, agency_kind: str) -> bool:
    """Return whether the agency is a department or agency of the United States or of a State.

    Law: 18 USC 2711(4).
    """
    return agency_country == "US" and agency_kind != "civil_party"


def cloud_act_problems(
    *, country: str, on: date, specific_identifier: bool, us_person: bool | None, in_us: bool | None
) -> tuple[Problem, ...]:
    """Return why an order under an agreement is blocked; `us_person` and `in_us` are None while not known.

    Law: 18 USC 2523(b)(4)(A), (D)(ii).
    """
    problems = []
    if not is_qualifying_government(country, on):
        problems.append(Problem("no_agreement", f"no agreement with {country} was in force on the day of receipt"))
    if not specific_identifier:
        problems.append(Problem("no_specific_identifier", "the order names no specific person, account or device"))
    if us_person is not False:
        problems.append(Problem("us_person", "the customer is, or may be, a US person"))
    if in_us is not False:
        problems.append(Problem("in_us", "the customer is, or may be, in the United States"))
    return tuple(problems)


SUBSCRIBER_FIELDS: Mapping[str, SubscriberField] = MappingProxyType(
    {letter: SubscriberField(letter, **row) for letter, row in tables.read("subscriber_fields").items()}
)
