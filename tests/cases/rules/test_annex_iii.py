"""Annex III, as it is drafted for counsel: whole, in the order of the form."""

from dataclasses import replace
from datetime import date

from cases.rules.annex_iii import Certificate, form_text
from cases.rules.instruments import instrument
from cases.rules.letters import LetterOffer, letter_for

CERTIFICATE = Certificate(
    title="European Production Order Certificate (EPOC)",
    our_reference="WD-1",
    agency_reference="7 Js 12/26",
    authority="Landgericht Köln",
    country="DE",
    received_on=date(2026, 9, 4),
    addressee="Example Network",
    contact="legal@example.com",
    is_preserved=True,
)
FORM = """\
Annex III to Regulation (EU) 2023/1543: information on the impossibility of executing a certificate

Section A: certificate concerned
European Production Order Certificate (EPOC)
Your reference: 7 Js 12/26
Our reference: WD-1

Section B: authorities and dates
Issuing authority: Landgericht Köln (DE)
Validating authority, where there is one: [to be filled in]
Date of issue: [to be filled in]
Date of receipt: 4 September 2026

Section C: addressee of the certificate
Service provider: Example Network
Contact: legal@example.com

Section D: reasons for non-execution
INCOMPLETE: The document is incomplete. (Reg. (EU) 2023/1543 Annex I)

Section E: conflicting law of a third country
None.

Section F: clarification sought
The document is not signed. Page 2 ends blank. (practice)

Section G: preservation
The data are preserved until you reply.

Section H: contact and signature
Service provider: Example Network
Contact: legal@example.com
Name, date and signature: [to be filled in]"""


def offer(**answers: str) -> LetterOffer:
    found = letter_for(instrument("eu_epoc"), answers)
    assert found
    return found


def test_the_form_says_what_is_on_record_and_marks_what_is_not() -> None:
    text = form_text(offer(epoc_sections="no", signed="no"), CERTIFICATE, {"signed": "Page 2 ends blank."})
    assert text == FORM


def test_what_nobody_knows_is_to_be_filled_in() -> None:
    bare = replace(CERTIFICATE, agency_reference="", addressee="", contact="", is_preserved=False)
    text = form_text(offer(epoc_sections="no"), bare, {})
    for missing in ("Your reference", "Service provider", "Contact", "Whether the data are preserved, and why not"):
        assert f"{missing}: [to be filled in]" in text
    assert "Section F: clarification sought\nNone." in text
