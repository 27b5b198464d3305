"""What runs beside the case: preservations and letters."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from cases.actions.letters import UNSENT
from cases.dossier import Dossier
from cases.models import Case, LapseReason, Letter, LetterState, Preservation
from cases.queries.case_page import CasePage
from cases.rules.clocks import CLOCKS
from cases.rules.preservations import release_wanted
from cases.views.panels.entries import Entry, Mark, Words, links
from cases.views.words import clock_words, day_words


def preservations(user: User, page: CasePage) -> list[Entry]:
    """Return the holds on data."""
    return [
        Entry(
            title=clock_words(row.rule),
            mark=_hold_mark(row, page.dossier),
            lines=list(_hold_lines(row)),
            links=links(user, page.case, number, *_hold_acts(row)),
        )
        for number, row in enumerate(page.dossier.preservations, start=1)
    ]


def _hold_mark(row: Preservation, dossier: Dossier) -> Mark:
    if row.released_at:
        return "", _("Released"), "minus"
    if row.lapsed_because == LapseReason.EXEMPT:
        return "bad", _("Exempt: confirm the release"), "clock"
    if row.lapsed_at:
        others = any(one.pk != row.pk and not one.lapsed_at and not one.released_at for one in dossier.preservations)
        if release_wanted(row.ends_date, today=dossier.today, other_holds=others):
            return "bad", _("Time over: release it"), "clock"
        return "warn", _("Time over: another hold keeps the data"), "clock"
    if row.asked_again_at:
        return "warn", _("Asked again: for counsel"), "gavel"
    return ("good", _("Kept"), "check") if row.confirmed_at else ("warn", _("Not confirmed"), "clock")


def _hold_lines(row: Preservation) -> Iterator[str | Promise]:
    yield _("From %(first)s, %(last)s") % {"first": day_words(row.starts_date), "last": _last(row)}
    if row.lapsed_because and not row.released_at:
        yield row.get_lapsed_because_display()
        yield _("Nothing is deleted before a person ends it.")
    if row.asked_again_at:
        yield _("It was prolonged once: a further request is a new letter, and counsel says what becomes of it.")
    if row.reason:
        yield row.reason


def _last(row: Preservation) -> str:
    return _("through %(last)s") % {"last": day_words(row.ends_date)} if row.ends_date else _("as long as necessary")


def _hold_acts(row: Preservation) -> Iterator[str]:
    if row.released_at:
        return
    if not row.confirmed_at:
        yield "confirm-hold"
    if row.ends_date and row.lapsed_because != LapseReason.EXEMPT:
        yield "extend-hold"
        if row.rule in CLOCKS and (extension := CLOCKS[row.rule].extension) and extension.confirmation:
            yield "confirm-request"
    if row.asked_again_at:
        yield "decide-further-request"
    yield "release-hold"


def letters(user: User, page: CasePage) -> list[Entry]:
    """Return the letters to the agency, and its replies."""
    return [
        Entry(
            title=letter.get_kind_display(),
            mark=_letter_mark(letter),
            lines=[line for line in (letter.text, _whither(letter), letter.reply) if line],
            links=[*links(user, page.case, number, *_letter_acts(letter)), *_travels(page.case, letter, number)],
        )
        for number, letter in enumerate(page.dossier.letters, start=1)
    ]


def _letter_mark(letter: Letter) -> tuple[str, Words, str]:
    if letter.uncertain_at:
        return "warn", _("Perhaps gone, perhaps not"), "notice"
    if letter.failed_at:
        return "warn", _("Not delivered"), "notice"
    return "warn" if letter.state in UNSENT else "", letter.get_state_display(), "notice"


def _whither(letter: Letter) -> str:
    """Return how it went, or is to go."""
    if letter.state == LetterState.READY:
        return f"{letter.get_way_display()}: {letter.recipient}"
    return letter.sent_how


def _travels(case: Case, letter: Letter, number: int) -> Iterator[tuple[Words, str]]:
    """Yield where it says how a letter travelled that somebody let go."""
    if letter.released_at:
        yield _("How it travelled"), reverse("notifications:staff_letter", args=[case.reference, number])


def _letter_acts(letter: Letter) -> Iterator[str]:
    if letter.state == LetterState.DRAFTED:
        yield from ("send-letter", "letter-sent", "drop-letter")
    elif letter.state == LetterState.READY and not letter.uncertain_at:
        yield "take-back-letter"
