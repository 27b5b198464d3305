"""Legal review: what rules answered, what failed, the letter that follows, and every answer with its author."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import LetterKind, ReviewAnswer
from cases.queries.case_page import CasePage
from cases.rules.letters import REJECTION, letter_for
from cases.rules.review import ReviewItem, items
from cases.states import ASKABLE
from cases.views.acts import MOVES, WORK
from cases.views.panels.entries import Entry, Mark
from cases.views.words import moment_words


def review(user: User, page: CasePage) -> list[Entry]:
    """Return the letter to draft, what was answered with no, and what rules answered."""
    ordered = sorted(_answered(page), key=lambda pair: pair[1].answer != "no")
    shown = [(item, row) for item, row in ordered if row.answer == "no" or row.answered_by_id is None]
    return [*_offer(user, page), *(_entry(item, row, _answered_by_rule(row)) for item, row in shown)]


def answers(page: CasePage) -> list[Entry]:
    """Return every answer in the order of the checklist, with its note, who gave it and when."""
    return [_entry(item, row, _answered_by(page, row)) for item, row in _answered(page)]


def _answered(page: CasePage) -> list[tuple[ReviewItem, ReviewAnswer]]:
    case, rows = page.case, {row.item: row for row in page.dossier.review_rows}
    asked = items(case.instrument_code, case.agency_country)
    return [(item, rows[item.code]) for item in asked if item.code in rows]


def _entry(item: ReviewItem, row: ReviewAnswer, author: str) -> Entry:
    words = [row.note, author]
    if not item.verified:
        words.append(_("Not verified: counsel confirms it."))
    return Entry(
        title=_(item.question),
        mark=_mark(row.answer),
        lines=[" ".join(word for word in words if word)],
        rule=(item.source, item.reason if row.answer == "no" else ""),
    )


def _answered_by_rule(row: ReviewAnswer) -> str:
    return _("Answered by rule.") if row.answered_by_id is None else ""


def _answered_by(page: CasePage, row: ReviewAnswer) -> str:
    at = moment_words(row.answered_at)
    if row.answered_by_id is None:
        return _("Answered by rule, %(at)s.") % {"at": at}
    return _("Answered by %(who)s, %(at)s.") % {"who": page.people.get(row.answered_by_id, ""), "at": at}


def _mark(answer: str) -> Mark:
    marks: dict[str, Mark] = {
        "yes": ("good", _("Yes"), "check"),
        "no": ("bad", _("No"), "x"),
        "not_applicable": ("", _("Does not apply"), "minus"),
    }
    return marks[answer]


def _offer(user: User, page: CasePage) -> Iterator[Entry]:
    """Yield the letter that follows from what failed, while a letter can still be of use."""
    case = page.case
    offer = letter_for(case.instrument, page.dossier.review_answers, case.agency_country)
    if offer is None or case.state not in ASKABLE:
        return
    name = "reject" if offer.kind == REJECTION else "draft-letter"
    act = MOVES[name] if name in MOVES else WORK[name]
    yield Entry(
        title=_("What failed calls for: %(letter)s") % {"letter": LetterKind(offer.kind).label},
        mark=("warn", _("To be written"), "notice"),
        lines=[_("Reason of Annex III: %(code)s") % {"code": code} for code in offer.reasons]
        if case.instrument.answer_form
        else [],
        links=[(act.label, reverse("cases:act", args=[case.reference, name]))] if user.has_role(*act.who) else [],
    )
