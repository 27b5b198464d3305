"""A letter to an authority, let go by a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from cases.actions.letter_travel import is_proven, letter_doubted, letter_failed, letter_left, letter_problem
from cases.models import Case, Letter, LetterState
from cases.queries.installation import hold_in_force
from cases.rules.correspondence import needs_proof
from notifications import ledger_kinds as kinds
from notifications import paper
from notifications.languages import language_of_country
from notifications.letters import compose
from notifications.locks import locked_letter
from notifications.models import Message
from notifications.sheets import Sheet, letter_sheet
from notifications.states import Because, Way


@dataclass
class LetterErrand:
    """One letter of a case. An order not to tell a customer does not stop it: it goes to who brought the order."""

    letter: Letter
    travel: ClassVar[kinds.Travel] = kinds.LETTER

    @classmethod
    def locked(cls, letter_id: int) -> Self | None:
        """Return it under lock, None while anybody else holds its case or itself."""
        letter = locked_letter(letter_id)
        return cls(letter) if letter else None

    @classmethod
    def read(cls, letter_id: int) -> Self:
        """Return it for who holds its case's lock."""
        return cls(Letter.objects.select_related("case__agency", "case__keys").get(pk=letter_id))

    @property
    def case(self) -> Case:
        return self.letter.case

    @property
    def named(self) -> Mapping[str, int]:
        return {"letter": self.letter.pk}

    def ways(self) -> tuple[Way, ...]:
        way = Way(self.letter.way) if self.letter.way else None
        if way is None or (way == Way.EEVIDENCE and not settings.WRITDESK.eevidence_url):
            return ()
        return (way,)

    def made_of(self) -> tuple[object, ...]:
        return self.letter.released_at, self.letter.way, self.letter.recipient, self.letter.text

    def why_not(self, now: datetime) -> Because | None:
        if self.letter.state != LetterState.READY:
            return Because.NOT_PENDING
        if hold_in_force() or self.case.is_held:
            return Because.HELD
        if needs_proof(self.letter.kind) and not is_proven(self.case, now):
            return Because.UNPROVEN
        # Since a person let it go, the domain of the authority may have been corrected.
        return Because.UNPROVEN if letter_problem(self.case, self.letter) else None

    def address(self, message: Message, way: Way) -> None:
        message.way, message.recipient = way, self.letter.recipient
        message.template = "letter"
        message.language = language_of_country(self.case.agency_country)

    def compose(self, message: Message, now: datetime) -> EmailMultiAlternatives:
        mail = compose(message, self.letter)
        if message.way == Way.EMAIL and paper.is_possible():
            sheet = letter_sheet(message, self.letter, now)
            mail.attach(f"{self.case.reference}.pdf", paper.as_pdf(sheet.html), "application/pdf")
        return mail

    def sheet(self, message: Message, now: datetime) -> Sheet:
        return letter_sheet(message, self.letter, now)

    def posted(self, message: Message, *, posted_on: date, at: datetime, now: datetime) -> None:  # noqa: ARG002 - the moment says the day
        """A letter to an authority has left when it is posted, also one that was taken back too late."""
        if self.letter.state in (LetterState.READY, LetterState.DRAFTED, LetterState.DROPPED):
            self._left(message, at=at, now=now)

    def delivered(self, message: Message, *, at: datetime, now: datetime, confirmed: bool = False) -> None:  # noqa: ARG002 - nothing runs from a letter's delivery
        if self.letter.state == LetterState.READY:
            self._left(message, at=at, now=now)

    def _left(self, message: Message, *, at: datetime, now: datetime) -> None:
        how = f"{message.get_way_display()}: {message.recipient}"[:200]
        letter_left(self.case, self.letter, how=how, at=at, by=None, now=now)

    def failed(self, *, because: Because, now: datetime) -> None:
        if self.letter.state in (LetterState.READY, LetterState.SENT):
            letter_failed(self.case, self.letter, because=because, now=now)

    def doubted(self, *, now: datetime) -> None:
        if self.letter.state == LetterState.READY:
            letter_doubted(self.letter, now=now)
