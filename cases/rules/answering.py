"""Questions of legal review that the facts answer, each with the reason. Where they do not, a person answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from cases.rules.agreements import agreement_between
from cases.rules.instruments import Instrument, in_force
from cases.rules.review import ReviewItem
from cases.rules.scope import cloud_act_problems, issuer_problems
from cases.rules.wording import long_date

SPECIFIC = frozenset({"account", "domain", "ip", "email", "url", "phone", "payment"})  # kinds of target that find one
NEEDS_OFFENCE = frozenset({"traffic", "content"})
ENDS = ("pen_trap_end", "title_iii_end")


class RuleAnswer(NamedTuple):
    """What a rule answers, and why."""

    answer: str  # yes, no or not_applicable
    reason: str


@dataclass(frozen=True)
class ReviewFacts:
    """What is known of a request in review. Days are the receiving office's."""

    instrument: Instrument
    country: str  # of the agency
    issuer: str  # of the instrument's issuers; empty: not known
    asked: tuple[str, ...]
    authorised: frozenset[str]  # in some target; empty: counsel has not decided
    received_on: date
    target_kinds: tuple[str, ...]  # of every kind that is named
    us_persons: frozenset[bool | None]  # of the targets' customers; None: not known of some
    in_us: frozenset[bool | None]
    authority_notified: bool = False
    controller_notice: bool = False  # it is recorded what Section G(d) says
    clocks: tuple[str, ...] = ()

    @property
    def wanted(self) -> tuple[str, ...]:
        """The categories that are still at stake: those authorised, or all that are asked."""
        return tuple(one for one in self.asked if not self.authorised or one in self.authorised)


Rule = Callable[[ReviewFacts], RuleAnswer | None]


def answer(item: ReviewItem, facts: ReviewFacts) -> RuleAnswer | None:
    """Return what the facts answer to this question, or None where a person has to."""
    return RULES[item.rule](facts) if item.rule else None


def issuer_entitled(facts: ReviewFacts) -> RuleAnswer | None:
    """Law: Reg. (EU) 2023/1543 Art. 4(1), (2): a prosecutor orders no traffic or content data."""
    if not facts.issuer or not facts.instrument.issuer_limits:
        return None
    beyond = [one for one in facts.wanted if issuer_problems(facts.instrument, facts.issuer, one)]
    who, law = facts.issuer.replace("_", " ").capitalize(), "Reg. (EU) 2023/1543 Art. 4(1), (2)"
    if beyond:
        return RuleAnswer("no", f"{who}: cannot order {', '.join(beyond)} data ({law}).")
    return RuleAnswer("yes", f"{who}: may order {', '.join(facts.wanted)} data ({law}).")


def identifier_present(facts: ReviewFacts) -> RuleAnswer | None:
    """Law: 18 USC 2523(b)(4)(D)(ii); Reg. (EU) 2023/1543 Annex I Section E."""
    if not facts.target_kinds:
        return RuleAnswer("no", "It names no account, domain, address or other identifier.")
    if SPECIFIC.issuperset(facts.target_kinds):
        return RuleAnswer("yes", f"Every target is named as: {', '.join(sorted(facts.target_kinds))}.")
    return None


def categories_reached(facts: ReviewFacts) -> RuleAnswer | None:
    """Law: the `compels` of the instrument in data/instruments.toml."""
    beyond = [one for one in facts.asked if one not in facts.instrument.compels]
    if not beyond:
        return RuleAnswer("yes", f"It reaches what is asked: {', '.join(facts.asked)}.")
    if facts.authorised and not facts.authorised & set(beyond):
        return RuleAnswer("yes", f"It does not reach {', '.join(beyond)}, which counsel cut.")
    return RuleAnswer("no", f"It does not reach {', '.join(beyond)}.")


def no_content(facts: ReviewFacts) -> RuleAnswer | None:
    """Law: 18 USC 2702(b)(8), 2711(4)."""
    if "content" not in facts.wanted:
        return RuleAnswer("yes", "No content is asked, or it was cut.")
    return RuleAnswer("no", "Content is asked by an authority that is no governmental entity of the United States.")


def state_bound(facts: ReviewFacts) -> RuleAnswer | None:
    """Law: Reg. (EU) 2023/1543, recitals: Denmark is not bound, Ireland is."""
    if facts.country in facts.instrument.countries:
        return RuleAnswer("yes", f"{facts.country} is bound by the Regulation.")
    return RuleAnswer("no", f"{facts.country} is not bound by the Regulation.")


def kind_in_force(facts: ReviewFacts) -> RuleAnswer | None:
    """Law: the dates of the instrument, and of the powers it rests on, in data/instruments.toml."""
    day = long_date(facts.received_on)
    if not in_force(facts.instrument, facts.received_on):
        return RuleAnswer("no", f"On {day}, the day of receipt, there was no such instrument in law.")
    unverified = [power.cite for power in facts.instrument.authorities if not power.verified]
    if unverified:
        return None  # which of several powers it rests on, one of them in doubt, is for a person to read
    return RuleAnswer("yes", f"The law it rests on was in force on {day}, the day of receipt.")


def agreement_in_force(facts: ReviewFacts) -> RuleAnswer | None:
    """Law: 18 USC 2523."""
    day = long_date(facts.received_on)
    if "no_agreement" in _cloud_act(facts):
        return RuleAnswer("no", f"No agreement with {facts.country} was in force on {day}, the day of receipt.")
    agreement = agreement_between("US", facts.country, facts.received_on)
    doubt = agreement.doubt if agreement else ""
    return RuleAnswer("yes", f"An agreement with {facts.country} was in force on {day}, the day of receipt.{doubt}")


def not_us_person(facts: ReviewFacts) -> RuleAnswer | None:
    """Law: 18 USC 2523(b)(4)(A): no US person, and nobody in the United States."""
    if True in facts.us_persons | facts.in_us:
        return RuleAnswer("no", "A customer is a US person, or is in the United States.")
    if _cloud_act(facts).isdisjoint({"us_person", "in_us"}):
        return RuleAnswer("yes", "No customer is a US person, and none is in the United States.")
    return None


def _cloud_act(facts: ReviewFacts) -> set[str]:
    problems = cloud_act_problems(
        country=facts.country,
        on=facts.received_on,
        specific_identifier=bool(facts.target_kinds),
        us_person=_of_any(facts.us_persons),
        in_us=_of_any(facts.in_us),
    )
    return {problem.code for problem in problems}


def _of_any(found: frozenset[bool | None]) -> bool | None:
    """Return whether it is so of any: None where that is not known."""
    if True in found:
        return True
    return None if None in found or not found else False


def offence_needed(facts: ReviewFacts) -> RuleAnswer | None:
    """Law: Reg. (EU) 2023/1543 Art. 5(4): for traffic and content only."""
    if NEEDS_OFFENCE.isdisjoint(facts.asked):
        return RuleAnswer("not_applicable", "Neither traffic nor content data are asked.")
    return None


def identification_asked(facts: ReviewFacts) -> RuleAnswer | None:
    """Law: Reg. (EU) 2023/1543 Art. 3(10)."""
    if "identification" not in facts.asked:
        return RuleAnswer("not_applicable", "No data are asked for the sole purpose of identifying the user.")
    return None


def authority_recorded(facts: ReviewFacts) -> RuleAnswer | None:
    """Law: Reg. (EU) 2023/1543 Art. 8(1): an authority is notified of orders for traffic and content data."""
    if facts.authority_notified:
        return RuleAnswer("yes", "It is recorded that an enforcing authority was notified.")
    if NEEDS_OFFENCE.isdisjoint(facts.asked):
        return RuleAnswer("not_applicable", "Of subscriber and identification data no authority is notified.")
    return None


def controller_recorded(facts: ReviewFacts) -> RuleAnswer | None:
    """Law: Reg. (EU) 2023/1543 Art. 5(6), (7)."""
    return RuleAnswer("yes", "It is recorded what Section G(d) says.") if facts.controller_notice else None


def end_recorded(facts: ReviewFacts) -> RuleAnswer | None:
    """Law: 18 USC 3123(c), 2518(5)."""
    return RuleAnswer("yes", "The clock that ends delivery runs.") if set(ENDS) & set(facts.clocks) else None


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "issuer_entitled": issuer_entitled,
        "identifier_present": identifier_present,
        "categories_reached": categories_reached,
        "no_content": no_content,
        "state_bound": state_bound,
        "in_force": kind_in_force,
        "agreement_in_force": agreement_in_force,
        "not_us_person": not_us_person,
        "offence_needed": offence_needed,
        "identification_asked": identification_asked,
        "authority_recorded": authority_recorded,
        "controller_recorded": controller_recorded,
        "end_recorded": end_recorded,
    }
)
