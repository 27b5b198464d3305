"""Which words a mail is made of, and which versions of them there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from notifications.catalogue import MAILS, Mail
from notifications.languages import LANGUAGES
from notifications.wording_models import Wording, WordingState


@dataclass(frozen=True)
class Row:
    """A mail and, by language, the version in use (None: the built-in one) and whether another waits or broke."""

    mail: Mail
    languages: tuple[tuple[str, Wording | None, bool], ...]


def in_use(mail: str, language: str) -> Wording | None:
    """Return the operator's words for this mail in this language; None: the built-in ones."""
    return Wording.objects.filter(mail=mail, language=language, state=WordingState.APPROVED).first()


def versions(mail: str, language: str) -> QuerySet[Wording]:
    """Return every version of these words, the newest first."""
    return Wording.objects.filter(mail=mail, language=language).select_related("written_by", "approved_by")


def numbered(found: Iterable[Wording], wanted: str) -> Wording | None:
    """Return the version of this number, as an address gives it; None where there is none."""
    return next((one for one in found if str(one.number) == wanted), None)


def board() -> list[Row]:
    """Return every mail with the version in use in each language, by one query."""
    open_states = [WordingState.APPROVED, WordingState.PROPOSED]
    found = list(Wording.objects.filter(state__in=open_states).defer("text", "reason"))
    used = {(one.mail, one.language): one for one in found if one.state == WordingState.APPROVED}
    waiting = {(one.mail, one.language) for one in found if one.state == WordingState.PROPOSED}
    return [Row(mail, _by_language(mail.name, used, waiting)) for mail in MAILS.values()]


def _by_language(
    name: str, used: Mapping[tuple[str, str], Wording], waiting: set[tuple[str, str]]
) -> tuple[tuple[str, Wording | None, bool], ...]:
    return tuple((language, used.get((name, language)), (name, language) in waiting) for language in LANGUAGES)


def broken() -> list[Wording]:
    """Return the approved words that could not be used, so that mails left with the built-in ones."""
    return list(Wording.objects.filter(state=WordingState.APPROVED, broke_at__isnull=False).defer("text"))
