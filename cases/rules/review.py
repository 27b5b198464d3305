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


@dataclass(frozen=True)
class Answer:
    """Counsel's answer; everything but a yes says why."""

    value: str  # one of ANSWERS
    note: str


def items(instrument_code: str) -> tuple[ReviewItem, ...]:
    """Return the questions for this instrument, the common ones first; raises UnknownInstrument."""
    return tuple(ITEMS[code] for code in instrument(instrument_code).review)


def unanswered(instrument_code: str, answers: Mapping[str, Answer]) -> tuple[ReviewItem, ...]:
    """Return the questions without an answer; a no or a not-applicable without a note is none."""
    return tuple(item for item in items(instrument_code) if not _answered(answers.get(item.code)))


def failed(instrument_code: str, answers: Mapping[str, Answer]) -> tuple[ReviewItem, ...]:
    """Return the questions answered with no: each is a defect to cure, to cut or to reject for."""
    return tuple(item for item in items(instrument_code) if item.code in answers and answers[item.code].value == "no")


def _answered(answer: Answer | None) -> bool:
    return answer is not None and answer.value in ANSWERS and (answer.value == "yes" or bool(answer.note.strip()))


ITEMS: Mapping[str, ReviewItem] = MappingProxyType(
    {
        code: ReviewItem(code, row["question"], row["source"], row.get("reason", ""))
        for code, row in tables.read("review").items()
    }
)
