"""What the sender needs to know of whatever it carries."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar, Protocol

from django.core.mail import EmailMultiAlternatives

from cases.models import Case
from notifications.ledger_kinds import Travel
from notifications.models import Message
from notifications.sheets import Sheet
from notifications.states import Because, Way


class Errand(Protocol):
    """A notice or a letter, and its case. Whoever changes anything through it holds the case's lock."""

    travel: ClassVar[Travel]

    @property
    def case(self) -> Case:
        """The case that it is of."""

    @property
    def named(self) -> Mapping[str, int]:
        """What it is called in the ledger."""

    def ways(self) -> tuple[Way, ...]:
        """Return the ways by which it can leave now, the preferred one first; none where nobody can be reached."""

    def made_of(self) -> tuple[object, ...]:
        """Return what its words and its address follow from: once that changed, a mail made before is out of date."""

    def why_not(self, now: datetime) -> Because | None:
        """Return why it may not leave now, or None when it may."""

    def address(self, message: Message, way: Way) -> None:
        """Say in the message to whom it goes and what of the catalogue it is, as the case stands at this moment."""

    def compose(self, message: Message, now: datetime) -> EmailMultiAlternatives:
        """Return what leaves. Raises notifications.facts.MissingFact where it could not say all that it must."""

    def sheet(self, message: Message, now: datetime) -> Sheet:
        """Return what is printed and posted. Raises notifications.facts.MissingFact, as compose does."""

    def posted(self, message: Message, *, posted_on: date, at: datetime, now: datetime) -> None:
        """Note that it was put into the post that day, at that moment as far as we know."""

    def delivered(self, message: Message, *, at: datetime, now: datetime, confirmed: bool = False) -> None:
        """Note that it reached whom it was for at that moment."""

    def failed(self, *, because: Because, now: datetime) -> None:
        """Note that it failed for good: a person's work now."""

    def doubted(self, *, now: datetime) -> None:
        """Note that nobody knows whether it arrived."""
