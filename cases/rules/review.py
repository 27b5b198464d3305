"""What legal review asks of an instrument, by where it comes from. The questions: data/review.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from cases.rules import tables
from cases.rules.instruments import instrument

ANSWERS = ("yes", "no", "not_applicable")


@dataclass(frozen=True)
class ReviewItem:
    """One question to counsel."""

    code: str
    question: str
    source: str
    reason: str  # the Annex III code for a no, or empty
    letter: str  # what a no leads to: deficiency, narrowing, mlat_redirect, rejection
    ground: str  # of data/grounds.toml: what the agency reads
    rule: str  # of cases.rules.answering, or empty: a person answers it
    blocks: tuple[str, ...]  # instruments for which a no ends the review
    countries: tuple[str, ...]  # of the agency; empty: any
    not_countries: tuple[str, ...]
    verified: bool


def items(instrument_code: str, country: str = "") -> tuple[ReviewItem, ...]:
    """Return the questions for this instrument from an agency of that country, the common ones first.

    Without a country only those that ask about none. Raises UnknownInstrument.
    """
    questions = (ITEMS[code] for code in instrument(instrument_code).review)
    return tuple(item for item in questions if _asked_of(item, country))


def _asked_of(item: ReviewItem, country: str) -> bool:
    if not item.countries and not item.not_countries:
        return True
    return bool(country) and country not in item.not_countries and (not item.countries or country in item.countries)


def unanswered(instrument_code: str, answers: Mapping[str, str], country: str = "") -> tuple[ReviewItem, ...]:
    """Return the questions to which there is none of ANSWERS; `answers` maps an item's code to the answer."""
    return tuple(item for item in items(instrument_code, country) if answers.get(item.code) not in ANSWERS)


def failed(instrument_code: str, answers: Mapping[str, str], country: str = "") -> tuple[ReviewItem, ...]:
    """Return the questions answered with no: each is a defect to cure, to cut or to reject for."""
    return tuple(item for item in items(instrument_code, country) if answers.get(item.code) == "no")


def blocking(instrument_code: str, answers: Mapping[str, str], country: str = "") -> tuple[ReviewItem, ...]:
    """Return the questions whose answer lets nobody pass the review: anything but yes where only a yes will do.

    Law: 18 USC 2523(b)(4)(A), (D)(ii) for an order under an agreement.
    """
    asked = items(instrument_code, country)
    return tuple(
        item for item in asked if instrument_code in item.blocks and answers.get(item.code) in ("no", "not_applicable")
    )


def needs_note(answer: str) -> bool:
    """Return whether this answer must say why: everything but a yes."""
    return answer != "yes"


def _item(code: str, row: Mapping[str, Any]) -> ReviewItem:
    return ReviewItem(
        code=code,
        question=row["question"],
        source=row["source"],
        reason=row.get("reason", ""),
        letter=row["letter"],
        ground=row["ground"],
        rule=row.get("rule", ""),
        blocks=tuple(row.get("blocks", ())),
        countries=tuple(row.get("countries", ())),
        not_countries=tuple(row.get("not_countries", ())),
        verified=row.get("verified", True),
    )


ITEMS: Mapping[str, ReviewItem] = MappingProxyType(
    {code: _item(code, row) for code, row in tables.read("review").items()}
)
