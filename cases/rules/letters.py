"""Which letter follows from what failed in legal review, and a text for it that counsel goes over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cases.rules.grounds import GROUNDS
from cases.rules.instruments import Instrument
from cases.rules.review import ReviewItem, failed

ANNEX_III = "annex_iii"
REJECTION = "rejection"
# Where several questions failed, the gravest decides the letter, and the letter names them all.
GRAVEST_FIRST = (REJECTION, "mlat_redirect", "deficiency", "narrowing")
OPENING = {
    REJECTION: "We cannot comply with your request for the following reasons.",
    "mlat_redirect": "We cannot answer your request directly. Please send it by the way that the law provides.",
    "deficiency": "We cannot act on your request as it stands. Please correct the following and send it again.",
    "narrowing": "We can answer a part of your request only. What follows is beyond what we may give.",
}
CLOSING = {
    "deficiency": "Until then the data are preserved as far as the law asks for it.",
    "narrowing": "Tell us within your time for an answer if you disagree; we answer the rest meanwhile.",
}
# Not why: whoever forged it would learn what to do better. Not that anything was found, or that anybody is known.
TO_FORGER = "We do not act on this request, and we give no further information about it."

TO_GOVERNMENT = (
    "We have received legal process under 18 USC 2703 about a customer who is a national or resident of your country."
    "\n\n"
    "18 USC 2703(h)(5) lets us tell you the fact of this process. We say nothing here of the customer, of the "
    "authority that issued it, or of its matter. Please write to us under our reference."
)


@dataclass(frozen=True)
class LetterOffer:
    """The letter to draft: its kind, the questions that failed, and the reasons that Annex III knows for them."""

    kind: str
    items: tuple[ReviewItem, ...]
    reasons: tuple[str, ...]

    @property
    def ground(self) -> str:
        """The ground of the gravest question, out of data/grounds.toml."""
        return min(self.items, key=lambda item: GRAVEST_FIRST.index(item.letter)).ground


def letter_for(instrument: Instrument, answers: Mapping[str, str], country: str = "") -> LetterOffer | None:
    """Return the letter for what failed, or None where nothing did. `answers` maps an item's code to the answer.

    A certificate of the e-Evidence Regulation is answered by its own form, whatever failed.

    Law: Reg. (EU) 2023/1543 Art. 10(6), (8), Annex III; Reg. (EU) 2022/2065 Arts. 9(2), 10(2); practice.
    """
    defects = failed(instrument.code, answers, country)
    if not defects:
        return None
    gravest = min((item.letter for item in defects), key=GRAVEST_FIRST.index)
    reasons = tuple(dict.fromkeys(reason_of(item) for item in defects if reason_of(item)))
    return LetterOffer(instrument.answer_form or gravest, defects, reasons)


def reason_of(item: ReviewItem) -> str:
    """Return the reason that Annex III Section D knows for a question that failed; empty where it knows none."""
    return item.reason or GROUNDS[item.ground].annex_iii


def text_of(offer: LetterOffer, *, reference: str, agency_reference: str, notes: Mapping[str, str]) -> str:
    """Return the letter's text: an opening, one paragraph for each question that failed, a closing.

    Annex III is no letter but a form: cases.rules.annex_iii. `notes`: by a question's code, what was found. In
    English, for counsel to go over before it leaves.
    """
    lines = [_references(reference, agency_reference), "", OPENING[offer.kind], ""]
    for number, item in enumerate(offer.items, start=1):
        note = notes.get(item.code, "").strip()
        lines.append(f"{number}. {_paragraph(item, note)}")
    if offer.kind in CLOSING:
        lines += ["", CLOSING[offer.kind]]
    return "\n".join(lines)


def text_of_receipt(*, reference: str, agency_reference: str, received_on: date) -> str:
    """Return a letter that says when a request came, in English; nothing of what is asked, or whether we act."""
    return (
        f"{_references(reference, agency_reference)}\n\n"
        f"We received your request on {received_on:%d %B %Y}. We review it now; this is no decision about it. "
        "Please give our reference when you write to us."
    )


def text_to_forger(*, reference: str, agency_reference: str) -> str:
    """Return a letter to whoever forged a request: nothing of how it showed, and of nobody whom it was about.

    In English, for counsel to go over before it leaves.
    """
    return f"{_references(reference, agency_reference)}\n\n{TO_FORGER}"


def text_to_government(*, reference: str) -> str:
    """Return a letter to a qualifying foreign government: that there is process, about its national or resident.

    No more than that may be said where an order not to tell is in force: not whose data, who asks, or what for. In
    English, for counsel to go over before it leaves.

    Law: 18 USC 2703(h)(5).
    """
    return f"Our reference {reference}\n\n{TO_GOVERNMENT}"


def _references(ours: str, theirs: str) -> str:
    return f"Our reference {ours}, your reference {theirs}" if theirs else f"Our reference {ours}"


def _paragraph(item: ReviewItem, note: str) -> str:
    words = [GROUNDS[item.ground].sentence, note, f"({item.source})"]
    return " ".join(word for word in words if word)
