"""What legal review asks of an instrument. The questions: data/review.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

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


def items(instrument_code: str) -> tuple[ReviewItem, ...]:
    """Return the questions for this instrument, the common ones first; raises UnknownInstrument."""
    return tuple(ITEMS[code] for code in instrument(instrument_code).review)


def unanswered(instrument_code: str, answers: Mapping[str, str]) -> tuple[ReviewItem, ...]:
    """Return the questions to which counsel gave none of ANSWERS; `answers` maps an item's code to the answer."""
    return tuple(item for item in items(instrument_code) if answers.get(item.code) not in ANSWERS)


def failed(instrument_code: str, answers: Mapping[str, str]) -> tuple[ReviewItem, ...]:
    """Return the questions answered with no: each is a defect to cure, to cut or to reject for."""
    return tuple(item for item in items(instrument_code) if answers.get(item.code) == "no")


def needs_note(answer: str) -> bool:
    """Return whether this answer must say why: everything but a yes."""
    return answer != "yes"


ITEMS: Mapping[str, ReviewItem] = MappingProxyType(
    {
        code: ReviewItem(code, row["question"], row["source"], row.get("reason", ""))
        for code, row in tables.read("review").items()
    }
)
