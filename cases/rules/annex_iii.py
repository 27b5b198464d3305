"""The form by which a certificate that cannot be executed is answered, in the order of its sections.

Law: Reg. (EU) 2023/1543 Arts. 10(6), (8), 11(5), Annex III. Section E is cases.rules.art17's.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cases.rules.grounds import GROUNDS
from cases.rules.letters import LetterOffer, reason_of
from cases.rules.review import ReviewItem
from cases.rules.wording import long_date

TITLE = "Annex III to Regulation (EU) 2023/1543: information on the impossibility of executing a certificate"
TO_FILL_IN = "[to be filled in]"
NONE = "None."


@dataclass(frozen=True)
class Certificate:
    """What is on record of the certificate, of who sent it and of us; an empty text is not known."""

    title: str
    our_reference: str
    agency_reference: str
    authority: str
    country: str
    received_on: date
    addressee: str
    contact: str
    is_preserved: bool


def form_text(offer: LetterOffer, certificate: Certificate, notes: Mapping[str, str]) -> str:
    """Return the form with what is on record; what is not is marked as to be filled in.

    `notes`: by a question's code, what was found. In English, for counsel to go over before it leaves.
    """
    reasons = [item for item in offer.items if reason_of(item)]
    unclear = [item for item in offer.items if not reason_of(item)]
    sections: tuple[tuple[str, Iterable[str]], ...] = (
        ("A: certificate concerned", _certificate(certificate)),
        ("B: authorities and dates", _authorities(certificate)),
        ("C: addressee of the certificate", _addressee(certificate)),
        ("D: reasons for non-execution", [f"{reason_of(item)}: {_found(item, notes)}" for item in reasons]),
        ("E: conflicting law of a third country", ()),
        ("F: clarification sought", [_found(item, notes) for item in unclear]),
        ("G: preservation", _preservation(certificate)),
        ("H: contact and signature", [*_addressee(certificate), f"Name, date and signature: {TO_FILL_IN}"]),
    )
    return "\n\n".join(
        [TITLE, *("\n".join([f"Section {title}", *(list(lines) or [NONE])]) for title, lines in sections)]
    )


def _certificate(certificate: Certificate) -> Iterator[str]:
    yield certificate.title
    yield f"Your reference: {certificate.agency_reference or TO_FILL_IN}"
    yield f"Our reference: {certificate.our_reference}"


def _authorities(certificate: Certificate) -> Iterator[str]:
    yield f"Issuing authority: {certificate.authority} ({certificate.country})"
    yield f"Validating authority, where there is one: {TO_FILL_IN}"
    yield f"Date of issue: {TO_FILL_IN}"
    yield f"Date of receipt: {long_date(certificate.received_on)}"


def _addressee(certificate: Certificate) -> list[str]:
    return [f"Service provider: {certificate.addressee or TO_FILL_IN}", f"Contact: {certificate.contact or TO_FILL_IN}"]


def _preservation(certificate: Certificate) -> list[str]:
    if certificate.is_preserved:
        return ["The data are preserved until you reply."]
    return [f"Whether the data are preserved, and why not: {TO_FILL_IN}"]


def _found(item: ReviewItem, notes: Mapping[str, str]) -> str:
    words = [GROUNDS[item.ground].sentence, notes.get(item.code, "").strip(), f"({item.source})"]
    return " ".join(word for word in words if word)
